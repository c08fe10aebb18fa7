/** Typing bytes, repeating them, keeping them, in Chinese: part of `strings.input`. */
import {formatSize} from '../util/quantities.js';
import type {byteStrings as english} from './en-bytes.js';
import type {Translated} from './translated.js';

const quoted = (text: string) => `“${text}”`;

export const byteStrings: Translated<typeof english> = {
	notations: {text: '文本', escapes: '转义', hex: '十六进制'},
	/** In a line that is empty still. */
	placeholders: {
		escapes: String.raw`带 \r\n \x00 \u4f60 的文本，和 $crc32 等占位符`,
		hex: '01 0d 0a，和 $crc16/modbus $len:u16be $seq 等占位符',
	},
	/** What a line says when the notation has changed. */
	switched: {
		text: '现在输入的是文本。',
		escapes: String.raw`现在输入的是带转义的文本，只发送这些：\r\n \x00 \u4f60 $crc32。Alt-X：十六进制。`,
		hex: '现在输入的是十六进制，只发送这些：01 0d 0a $crc16/modbus $len:u16be。Alt-X：文本。',
	},
	size: count => formatSize(count),
	choosePeer: '原样的字节只发给单个 PLAIN 连接：请先打开它的对话。',

	raw: '请说明发什么：/raw GET / HTTP/1.0\\r\\n\\r\\n',

	repeat: {
		say: '请说明间隔和内容：/repeat 500ms x10 ping。/repeat stop 停止。',
		badPeriod: text =>
			`${quoted(text)} 不是时间。请写 500ms、2s 或 1m 这样：/repeat 500ms ping。`,
		ended: (name, sent) => `已向 ${name} 重复发送 ${sent} 次。`,
		failed: (name, sent, why) => `向 ${name} 重复发送 ${sent} 次后停止。${why}`,
	},

	file: {
		say: '请说明哪个文件：/sendraw PATH。/sendraw stop 停止正在发送的。',
		sent: (file, size, name) => `已把 ${file}（${size}）的字节发给 ${name}。`,
		failed: (file, size, name, why) =>
			`${file} 没有完整发给 ${name}：只发了 ${size}。${why}`,
	},

	snippets: {
		title: '片段',
		none: '还没有片段。/snippet save NAME TEXT 保存一个。',
		howTo: '/snippet NAME 发送，/snippet key 3 NAME 放到 Alt-F3 上。',
		say: '请说明哪个：/snippet NAME、/snippet save NAME TEXT、/snippet list。',
		kept: name => `已保存 ${name}。/snippet ${name} 可发送。`,
		deleted: name => `已删除 ${name}。`,
		put: (name, key) => `${name} 已放到 Alt-F${key}。`,
		taken: name => `${name} 不再占用按键。`,
		sayName: '请说明名字：/snippet delete NAME。',
		saySave: '请说明名字和内容：/snippet save NAME TEXT。',
		sayKey: '请写 1 至 9 的按键或 none，再写名字：/snippet key 3 NAME。',
		reserved: name => `${quoted(name)} 是这个命令的保留词。请换个名字。`,
		noneOnKey: key =>
			`Alt-F${key} 上没有片段。/snippet key ${key} NAME 可放一个。`,
		onKey: key => `Alt-F${key}`,
	},
};
