/** What is read while typing, in Chinese: commands, keys, dialogs. Part of the one table, `strings.input`. */
import type {inputStrings as english} from './en-input.js';
import type {Translated} from './translated.js';
import {byteStrings} from './zh-bytes.js';
import {classicInputStrings} from './zh-classic.js';
import {commandStrings} from './zh-commands.js';
import {composingStrings} from './zh-composing.js';
import {dialogStrings} from './zh-dialogs.js';
import {hintStrings} from './zh-hints.js';
import {listenerStrings} from './zh-listeners.js';
import {trustInputStrings} from './zh-pairing.js';
import {ruleStrings} from './zh-rules.js';
import {datagramCommandStrings} from './zh-udp.js';

const quoted = (text: string) => `“${text}”`;

const listed = (items: readonly string[]) => items.join('、');

export const inputStrings: Translated<typeof english> = {
	jump: {
		title: '转到会话',
		placeholder: '名字的一部分',
		none: '没有这样名字的会话。',
		howTo: '有新消息的排在前面。',
		unread: count => `${count} 条新`,
		noNews: '没有新消息。',
	},

	hints: hintStrings,

	commands: commandStrings,

	trust: trustInputStrings,

	pasteInPanes: '没有粘贴：窗格只接受单个按键。请按 i 输入，再粘贴一次。',

	lines: {
		unknownCommand: (name, near) =>
			[
				`没有命令 /${name}。`,
				near === undefined ? '/help 列出全部命令。' : `是不是 /${near}？`,
				'要发送以斜杠开头的内容，请输入 //。',
			].join(''),
	},

	addresses: {
		missing: '请说明连到哪里：host:port，例如 192.168.1.5:9090。',
		missingTarget: '请说明发到哪里：host:port，例如 192.168.1.5:10000。',
		noHost: text =>
			`${quoted(text)} 没有写主机。请写 host:port，例如 localhost${text}。`,
		noPort: host =>
			`请说明 ${host} 的哪个端口：写 host:port，例如 ${host.includes(':') ? `[${host}]` : host}:10000。`,
		badPort: port => `${quoted(port)} 不是端口。端口从 1 到 65535。`,
		bad: text =>
			`${quoted(text)} 不是地址。请写 host:port，例如 192.168.1.5:9090 或 [fe80::1]:9090。`,
		badListen: text =>
			`${quoted(text)} 不是可监听的端口。请写端口，例如 9090，或 address:port。`,
		unknownScheme: scheme =>
			`这里不能连接 ${scheme}://。另一个 sockterm 用 host:port，普通服务器用 tcp://host:port，TLS 服务器用 ssl://host:port。`,
		udpIsNoConnection: 'UDP 没有连接。请用 /udp host:port text 发送数据报。',
		onlyUdp: '数据报经 UDP 发到 host:port。要连接请用 /connect。',
	},

	peers: {
		missing: '请说明哪个对端：它的名字，或名字的开头。',
		sayWhich: '请说明哪个对端，或先打开它的对话。',
		unknown: word => `没有对端 ${quoted(word)}。/peers 可查看在线的对端。`,
		several: (word, count, names) =>
			`${quoted(word)} 可能是 ${count} 个对端：${listed(names)}${count > names.length ? ' …' : ''}。请多写几个字。`,
		alreadyGone: name => `${name} 已经离开。/close 可把它从列表中去掉。`,
		stillConnected: name => `${name} 已经连接。`,
		cameByItself: name =>
			`${name} 是主动连来的，只有它能重新连接。或用 /connect 加它的地址。`,
		disconnectFirst: name => `${name} 还连着。请先用 /disconnect。`,
	},

	transfers: {
		noOffer: '现在没有人要发送文件。',
		noneRunning: '现在没有进行中的传输。',
		nonePaused: '现在没有暂停的传输。',
		noneToPause: '现在没有可暂停的传输。',
		noneToRetry: '从这里发送的没有失败的。',
		noneToLimit: '现在没有可限速的传输。',
		intoWhere: '请说明存到哪个文件夹：/accept into ~/photos。',
		badLimit: text =>
			`${quoted(text)} 不是限速。请写每秒的大小，例如 20MB 或 500kB，或 off。`,
		limitIs: rate => `全部传输合计最多 ${rate}。`,
		noLimit: '没有限速。/limit 20MB 可设置。',
		badCount: text =>
			`${quoted(text)} 不是传输个数。请写从 1 起的数，例如 /parallel 3。`,
		sayCount: '请说明同时发送几个，例如 /parallel 3。',
		unknownView: text =>
			`没有 ${quoted(text)} 这种用法。可用：/transfers、/transfers failed、/transfers partial。`,
		unknown: word => `没有名为 ${quoted(word)} 的传输。/transfers 可查看。`,
		several: titles =>
			`有多个：${listed(titles.slice(0, 4))}${titles.length > 4 ? ' …' : ''}。请说明哪个文件。`,
	},

	...listenerStrings,

	messages: {
		empty: '请写要发送的内容。',
		sentTo: name => `已发给 ${name}。`,
		emptyDatagram: '请写要发送的内容。对话框（窗格中按 u）也能发送空的。',
	},

	datagrams: datagramCommandStrings,

	encoding: {
		sayWhich: '请说明哪种编码，例如 /encoding gbk 或 /encoding utf-8。',
		alwaysUtf8: name =>
			`${name} 是 sockterm，总是使用 UTF-8。编码只用于 PLAIN 对端。`,
	},

	nick: {
		current: nick => `别人看到你的名字是 ${nick}。`,
		changed: nick => `从现在起别人看到你的名字是 ${nick}。`,
		tooLong: most => `名字太长，最多 ${most} 个字符。`,
	},

	practice: {
		already: '练习对端已经在了：给它发消息，或发送文件。',
	},

	bytes: byteStrings,

	classic: classicInputStrings,

	...dialogStrings,
	...ruleStrings,

	composing: composingStrings,

	completion: {
		several: (names, count) =>
			`${names.join('  ')}${count > names.length ? `  … 共 ${count} 个` : ''}`,
	},
};
