/** What is read about listeners, who may reach them, and saved addresses, in Chinese: parts of `strings.input`. */
import type {listenerStrings as english} from './en-listeners.js';
import type {Translated} from './translated.js';

const quoted = (text: string) => `“${text}”`;

const listed = (items: readonly string[]) => items.join('、');

/** Values that could stand behind an option. */
const examples: Readonly<Record<string, string>> = {
	'--framing': 'lines',
	'--encoding': 'gbk',
	'--idle': '60s',
	'--allow': '10.0.0.0/8',
	'--deny': '10.0.0.5',
};

export const listenerStrings: Translated<typeof english> = {
	listeners: {
		sayKind:
			'请说明监听什么：/listen tcp 9090、/listen tls 9443 或 /listen udp 10000。',
		none: '现在没有监听。/listen tcp 9090 可打开一个端口。',
		unknown: what => `没有在监听 ${quoted(what)}。/listen 可查看打开的端口。`,
		several: names =>
			`有多个：${listed(names)}。请说明哪个，例如 ${names[0] ?? ''}。`,
		unknownOption: name =>
			`没有选项 ${name}。可用的有：--raw、--framing、--encoding、--idle、--allow、--deny、--classic。`,
		optionValue: (name, takesNone) =>
			takesNone
				? `${name} 单独使用，不带值。`
				: `请给出 ${name} 的值，例如 ${name} ${examples[name] ?? 'VALUE'}。`,
		badRange: text =>
			`${quoted(text)} 不是地址或网段。请写成 10.0.0.5 或 10.0.0.0/8 这样。`,
		badTime: text =>
			`${quoted(text)} 不是时间。请写成 60s、10m 或 500ms 这样。`,
		surplus: word =>
			`${quoted(word)} 是多余的。端口只写一次，例如 /listen tcp 127.0.0.1:9091。`,
		notForUdp: flag =>
			`${flag} 用于连接，而 UDP 没有连接。udp 只能用 --allow 和 --deny。`,
		title: '监听',
		everywhere: port => `端口 ${port}，所有地址`,
		connections: count => `${count} 个连接`,
		/** What a listener was asked to be beside its kind and port. */
		options: {
			raw: 'raw',
			framing: text => text,
			encoding: name => name,
			idle: time => `空闲 ${time} 后关闭`,
			allow: ranges => `只允许 ${listed(ranges)}`,
			deny: ranges => `禁止 ${listed(ranges)}`,
			classic: '经典文件助手',
			relay: target => `中继到 ${target}`,
		},
		add: '新增监听',
		placeholder: 'tcp 9091 --raw --framing "length u16be" --allow 10.0.0.0/8',
		howTo:
			'也可以用命令：/listen tcp|tls|udp [address:]port，以及 /unlisten。地址可以是网络接口名。',
	},

	access: {
		sayRange: command =>
			`请说明对象：/${command} 10.0.0.5、/${command} 10.0.0.0/8，只针对一个监听时后面加端口。`,
		badRange: text =>
			`${quoted(text)} 不是地址或网段。请写成 10.0.0.5 或 10.0.0.0/8 这样，后面可加监听的端口。`,
	},

	kick: {
		badTime: text =>
			`${quoted(text)} 不是时间。请写成 10m 这样：/kick NAME for 10m。`,
		refused: (host, time) =>
			`在 ${time} 内拒绝 ${host}。/allow ${host} 可提前放行。`,
	},

	book: {
		title: '已存的地址',
		none: '还没有保存地址。/book save NAME ADDRESS 保存一个；/book save NAME 保存当前对话的地址。',
		howTo: '/connect NAME 连接。/book delete NAME 删除一个。',
		unknown: word =>
			`没有 ${quoted(word)} 这种用法。可用：/book、/book save NAME [ADDRESS]、/book delete NAME。`,
		sayName: action =>
			`请说明名字：/book ${action} NAME${action === 'save' ? ' [ADDRESS]' : ''}。`,
		notThere: name => `没有存为 ${quoted(name)} 的地址。/book 可查看已有的。`,
		sayAddress: name =>
			`这个对话不是从这里连接的，请写出地址：/book save ${name} host:port。`,
	},
};
