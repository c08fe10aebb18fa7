/** Exports, the log, search and filter: what is said about them, in Chinese. */
import {formatSize} from '../util/quantities.js';
import type {
	keepErrorSentences as englishErrors,
	keepStrings as english,
} from './en-keep.js';
import {fact} from './error-facts.js';
import type {Translated} from './translated.js';
import {file, why} from './zh-error-facts.js';

const quoted = (text: string) => `“${text}”`;

export const keepErrorSentences: Translated<typeof englishErrors> = {
	exportExists: details => `${file(details)} 已存在，没有改动它。请换个名字。`,
	exportFailed: details =>
		`无法写入 ${file(details)}${why(details)}，没有保留任何内容。请检查文件夹和权限，或另选。`,
	nothingToExport: () =>
		'这里还没有可导出的内容。请等有了消息再试，或指定另一个对端。',
	exportNeedsBytes: () =>
		'抓包文件只含 PLAIN 对话和数据报的字节；加密对端的内容不以数据包形式出现。请改为导出文本、csv 或 ndjson。',
	logFailed: details =>
		`无法写入日志 ${file(details)}${why(details)}，现在不记录日志。请检查磁盘和权限，再用 /log FILE 开始。`,
	logBehind: details =>
		`这里缺 ${fact(details, 'lines', '一些')} 行：磁盘太慢，来不及写。请把日志放到更快的磁盘。`,
};

export const keepStrings: Translated<typeof english> = {
	export: {
		sayWhere:
			'请说明写到哪里：/export chat.txt，或以 .csv、.ndjson、.pcapng 结尾。',
		unknownFormat: path =>
			`从 ${quoted(path)} 的名字看不出格式。请用 .txt、.csv、.ndjson 或 .pcapng，或直接说明：/export csv ${path}。`,
		tooMany: '路径之后只要一个名字：某个对端、all 或 datagrams。',
		written: (path, items, sizeBytes) =>
			`已把 ${items} 行（${formatSize(sizeBytes)}）写入 ${path}。`,
		captured: (path, items, sizeBytes) =>
			`已把 ${items} 次读写（${formatSize(sizeBytes)}）写入 ${path}。`,
	},

	log: {
		is: path => `一切都会写入 ${path}。/log off 可停止。`,
		none: '没有记录日志。/log FILE 可开始。',
		started: path => `从现在起一切都会写入 ${path}。`,
		ended: '日志已关闭。',
	},

	search: {
		prompt: '查找于',
		placeholder: '文本、/表达式/ 或 hex:0d0a',
		found: (what, index, count) =>
			`${quoted(what)}：第 ${index} 处，共 ${count} 处。n 下一处，N 上一处，i 输入。`,
		wrapped: (what, index, count) =>
			`${quoted(what)}：第 ${index} 处，共 ${count} 处，已从另一端继续`,
		nothing: what => `这里没有 ${quoted(what)}。`,
		looking: what => `正在查找 ${quoted(what)}…`,
		noQuery: '还没有查找过：按 / 输入要查找的内容。',
		ended: '查找已结束。',
		halfByte: text =>
			`${quoted(text)} 不是十六进制字节。请写成两位一组，例如 hex:0d0a。`,
		tooLong: '要查找的内容太长。',
	},

	filter: {
		prompt: '只显示于',
		placeholder: 'in、out、peer:bob、文本、/表达式/、hex:0d0a；留空为全部',
		title: what => `只看 ${what}`,
		none: '现在显示全部。/filter TEXT 只显示含有它的。',
		is: what => `现在只显示 ${what}。/filter off 恢复显示全部。`,
		off: '已恢复显示全部。',
		nothing: '这里没有符合筛选的内容。',
		looking: '正在筛选这里的内容…',
		noPeer: '请说明哪个对端：/filter peer:bob。',
		inbound: '收到的',
		outbound: '发出的',
		peer: name => `${name} 的`,
	},

	datagramView: {
		paused: fresh => (fresh === '0' ? '已停住' : `已停住，新到 ${fresh}`),
		bySender: '按发送者',
		senders: count => `${count} 个发送者`,
		forgotten: count => `更早的 ${count} 个未保留`,
		count: (datagrams, bytes) => `${datagrams}  ${bytes}`,
		meter: ({missing, doubled, late, jitterMs}) =>
			`缺失 ${missing}  重复 ${doubled}  迟到 ${late}  抖动 ${jitterMs} ms`,
		meterShort: ({missing, doubled, late, jitterMs}) =>
			`缺 ${missing} 重 ${doubled} 迟 ${late} ${jitterMs} ms`,
	},
};
