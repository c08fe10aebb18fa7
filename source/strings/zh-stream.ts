/** Raw conversations as bytes, in Chinese: `strings.stream`. */
import type {streamStrings as english} from './en-stream.js';
import type {Translated} from './translated.js';

const quoted = (text: string) => `“${text}”`;

const grouped = (value: number) =>
	String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');

const bytes = (count: number) => `${grouped(count)} 字节`;

const endian = (isBig: boolean) => (isBig ? '大端' : '小端');

export const streamStrings: Translated<typeof english> = {
	bytes,
	at: offset => `位于 ${grouped(offset)}`,
	more: size => `还有 ${size}；用 /hex 查看全部`,

	/** How a frame ended, where that is worth a word. */
	endings: {
		whole: '',
		forced: '到上限处切断',
		quiet: '之后没有数据',
		end: '流已结束',
		lost: '不成帧',
	},

	reads: (first, last) =>
		first === last ? `第 ${first} 次读取` : `第 ${first} 至 ${last} 次读取`,
	readsShort: (first, last) =>
		first === last ? `r${first}` : `r${first}-${last}`,
	ofRead: (index, count) => `，${index}/${count}`,
	ofReadShort: (index, count) => ` ${index}/${count}`,

	/** At the lower edge of a raw conversation. */
	footer: {
		hex: '十六进制',
		reads: '读取',
		unfinishedOf: (held, all) => `已有 ${grouped(held)}，共 ${bytes(all)}`,
		unfinishedLine: held => `未完成的行 ${bytes(held)}`,
		unfinished: held => `未完成 ${bytes(held)}`,
		sent: (text, paceMs) => `${text}${paceMs > 0 ? ` 每 ${paceMs} ms` : ''}`,
		unfinishedShort: held => `未完 ${grouped(held)} B`,
		repeat: (sent, count, every) =>
			`重复 ${sent}${count === undefined ? '' : `/${count}`} 每 ${every}`,
		repeatShort: (sent, count) =>
			`重复 ${sent}${count === undefined ? '' : `/${count}`}`,
		file: (name, percent) => `${name} ${percent}`,
	},

	/** Why a lens does not fit here. */
	openRaw: '这只用于 PLAIN 对话：请先打开一个。',
	alwaysWhole: name =>
		`${name} 是 sockterm，它的消息本来就是完整的。分帧只用于 PLAIN 对端。`,
	hexOn: '现在以十六进制显示。按 h 或用 /hex 切回文本。',
	hexOff: '现在以文本显示。',
	readsOn: '标出每次读取：在哪里结束，里面有哪些帧。',
	readsOff: '不再标出读取。',
	sayOnOff: text => `${quoted(text)} 既不是 on 也不是 off。`,

	framing: {
		title: name => `${name} 的消息到哪里结束？`,
		sendingTitle: name => `发给 ${name} 的消息怎样封装？`,
		placeholder: '或自己输入，例如 length u32be',
		now: '当前',
		received: {
			chunks: '一次读到的就是一条消息',
			lines: {
				any: '以 LF、CRLF 或 CR 结束',
				lf: '以 LF 结束',
				crlf: '以 CRLF 结束',
				cr: '以 CR 结束',
			},
			delimiter: '以这些字节结束',
			length: (count, isBig, offset, countsItself) =>
				[
					offset > 0 ? `跳过 ${bytes(offset)}，` : '',
					count === 1
						? '1 字节表示长度'
						: `${count} 字节${endian(isBig)}表示长度`,
					countsItself ? '，包含长度自身' : '',
				].join(''),
			fixed: count => `每条消息固定 ${bytes(count)}`,
			idle: ms => `${ms} ms 没有数据即为一条`,
		},
		sent: {
			chunks: '原样发送输入的内容',
			lines: {
				any: '末尾加 LF',
				lf: '末尾加 LF',
				crlf: '末尾加 CRLF',
				cr: '末尾加 CR',
			},
			delimiter: '末尾加这些字节',
			length: (count, isBig, offset, countsItself) =>
				[
					'前面加长度，',
					count === 1 ? '1 字节' : `${count} 字节${endian(isBig)}`,
					offset > 0 ? `，再往前 ${bytes(offset)}填零` : '',
					countsItself ? '，包含长度自身' : '',
				].join(''),
			fixed: count => `只发送正好 ${bytes(count)}的消息`,
			idle: () => '原样发送输入的内容',
		},
		sendingSet: (name, text, words, paceMs) =>
			`发给 ${name} 的消息按 ${text} 封装：${words}${paceMs > 0 ? `，间隔至少 ${paceMs} ms` : ''}。`,
		saySending: '请说明怎样封装，例如 /framing send length u32be。',
	},

	encoding: {
		title: '它的文本用什么编码？',
		datagramsTitle: '数据报的文本用什么编码？',
		placeholder: '输入以筛选',
		none: '没有这个名字的编码。',
		nothingToShow: '还没有收到内容。',
	},

	eol: {
		say: '请说明发送的行怎样结尾：/eol lf、crlf、cr 或 none。',
		unknown: text => `${quoted(text)} 不是行结尾。请写 lf、crlf、cr 或 none。`,
	},

	pace: {
		say: '请说明两次发送的最短间隔，例如 /pace 20ms，或 /pace off。',
		bad: text =>
			`${quoted(text)} 不是时间。请写不超过 60s 的值，例如 20ms 或 1.5s，或 off。`,
	},

	copy: {
		unknown: text =>
			`没有 ${quoted(text)} 这种格式。可用：/copy hex、c、python、text。`,
		nothing: '这里没有可复制的消息。',
		tooLong: (size, most) =>
			`内容有 ${size}，而终端最多接收 ${most}。/export 可以全部写入文件。`,
		done: (what, as) => `已把 ${what}交给终端复制，格式：${as}。`,
		formats: {
			hex: '十六进制',
			c: 'C 数组',
			python: 'Python bytes',
			text: '文本',
		},
	},
};
