/** What settings are called and explained with, in Chinese. */
import type {settingStrings as english} from './en-settings.js';
import type {Translated} from './translated.js';

/** What may stand there. */
const allowedValues: Translated<typeof english.allowed> = kind => {
	switch (kind.type) {
		case 'choice': {
			return (kind.of ?? []).join('、');
		}

		case 'switch': {
			return 'true 或 false (on, off)';
		}

		case 'rate': {
			return '每秒字节数，例如 20MB、500kB 或 64KiB，或 off';
		}

		case 'size': {
			return '大小，例如 512MB 或 2GB';
		}

		case 'duration': {
			return '时间，例如 5s、500ms 或 2m';
		}

		case 'count': {
			return `1 至 ${kind.most ?? 0} 的整数`;
		}

		case 'port': {
			return '0（空闲的）至 65535 的端口，或 off';
		}

		case 'folder': {
			return '文件夹';
		}

		case 'encoding': {
			return '编码，例如 gbk、big5 或 shift_jis';
		}

		default: {
			return kind.mostCharacters === undefined
				? '文本'
				: `最多 ${kind.mostCharacters} 个字符的文本`;
		}
	}
};

const at = (file: string, line: number) => `${file} 第 ${line} 行：`;

export const settingStrings: Translated<typeof english> = {
	/** What each setting is for: one line in the file and in `/set`. */
	about: {
		name: '别人看到的名字。',
		dir: '收到的文件存到哪里。',
		'state-dir': '身份、已验证的对端、历史和日志。',
		tcp: '监听的 TCP 端口。',
		udp: '监听的 UDP 端口。',
		host: '只监听这个地址或网络接口。',
		backlog: '等待接受的连接数。',
		connections: '同时的 TCP 连接数，所有监听合计。',
		wait: '连接最多等多久。',
		encoding: '不用 UTF-8 的明文对端的编码。',
		limit: '每秒最多发送多少，全部传输合计。',
		'at-once': '同时发送几个传输，其余的排队。',
		'require-verified': '拒绝未验证的对端。',
		'no-plain': '拒绝明文连接，并回复一行说明。',
		history: '把对话内容保留在状态文件夹里。',
		'history-days': '保留多少天。',
		'history-size': '最多保留多少。',
		rooms: '已验证的对端之间的聊天室：/join #lab。',
		backfill: '聊天室里互相补上来之前说过的话。',
		theme: '颜色：auto 随终端取 dark 或 light；16 使用终端自己的调色板。',
		borders: '用什么画线。',
		lang: '句子的语言；auto 随 locale。',
		times: '每条消息前的时间。',
		'key-preset': '像另一个程序那样的按键。',
		mouse: '滚轮滚动，单击选择；按住 Shift 由终端选择文字。',
		bell: '别处（不是打开的对话里）有人说话时响铃。',
		linear: '逐行显示，不用分栏：适合读屏软件和串口线。',
		fresh: '启动时不恢复上次的监听、分帧和外观。',
	},
	/** Defaults that are no fixed value. */
	presets: {
		'default-name': '你的登录名',
		'default-host': '所有地址，IPv4 和 IPv6',
	},
	allowed: allowedValues,
	template: {
		head: path =>
			`sockterm 的设置。本文件：${path}\n去掉行首的 # 该行才生效。选项优先于环境变量 SOCKTERM_*，\n环境变量优先于本文件，本文件优先于默认值。在控制台中，/set 查看\n和修改设置，/set -save NAME 把一项写到这里。`,
		allowed: allowed => `可用：${allowed}。`,
		preset: preset => `默认：${preset}。`,
		restart: '下次启动时生效。',
	},
	keys: {
		at,
		noPlace: (place, places, nearest) =>
			`“${place}”没有按键。${nearest === undefined ? `可用：${places.join('、')}。` : `是不是 [keys.${nearest}]？`}`,
		noKey: key =>
			`“${key}”不是按键。请写成 ctrl+n、alt+1、shift+tab、pageup、f4 或单个字符。`,
		sameKey: (key, same) =>
			`终端把“${key}”当作 ${same} 发送：两者无法区分。请换一个键。`,
		isText: (key, place) =>
			`这样在 ${place} 里就无法输入“${key}”了。请用带 ctrl 或 alt 的键。`,
		twice: (key, place, before) =>
			`${place} 里的“${key}”在第 ${before} 行已有动作，以那行为准。`,
		noAction: (name, place, nearest) =>
			`${place} 的按键做不了“${name}”。${nearest === undefined ? '能做的见 docs/configuration.md。' : `是不是 ${nearest}？`}`,
		needed: (key, action, place) =>
			`“${key}”是 ${place} 里 ${action} 唯一的键。请先在上面的行里给 ${action} 另一个键。`,
	},
	title: '设置',
	origins: {
		set: '已设置',
		flag: '选项',
		environment: '环境变量',
		config: '文件',
		default: '默认',
	},
	kept: path => `文件：${path}`,
	howTo: '/set NAME VALUE 修改一项，/set -save NAME VALUE 同时写入文件。',
	is: (name, value, from) => `${name} 是 ${value}（${from}）。`,
	now: (name, value) => `${name} 现在是 ${value}。`,
	atStart: (name, value) =>
		`${name} 在启动时生效：请用 /set -save ${name} ${value} 写入，再重新启动。`,
	saved: (name, value, path) => `已把 ${name} = ${value} 写入 ${path}。`,
	savedForStart: (name, value, path) =>
		`已把 ${name} = ${value} 写入 ${path}，下次启动起有效。`,
	takenOut: (name, path) => `已在 ${path} 中注释掉 ${name}。`,
	sayName: '请说明哪项设置：/unset NAME。/set 可列出。',
	noSuch: (name, nearest) =>
		nearest === undefined
			? `没有设置“${name}”。/set 可列出。`
			: `没有设置“${name}”。是不是 ${nearest}？`,
	takes: (name, given, kind) =>
		`${name} 的值应为：${allowedValues(kind)}；不能是“${given}”。`,
	notSet: name =>
		`本次运行没有设置过 ${name}。/unset -save ${name} 可把它从文件中去掉。`,
	more: count => `（还有 ${count} 个类似的：/set 可查看全部。）`,
	problems: {
		unreadable: (file, what) =>
			`无法读取 ${file} 中的设置（${what}），现用默认值。请修好文件，或用 --config FILE 另指定一个。`,
		unwritable: (file, what) =>
			`无法写入 ${file}（${what}）。已设置的在本次运行结束前有效。`,
		tooLong: file =>
			`${file} 不是设置文件：它不是文件，或超过 1 MiB。现用默认值。`,
		missing: file =>
			`没有 ${file}。请去掉 --config，或带上它启动控制台：那会写入一个。`,
		syntax: (file, line) =>
			`${at(file, line)}这不是 TOML，已跳过。设置请写成 name = "text"、name = 5 或 name = true。`,
		unknown: (file, line, name, nearest) =>
			`${at(file, line)}没有设置“${name}”。${nearest === undefined ? '/set 可列出。' : `是不是 ${nearest}？`}`,
		value: (file, line, name, found, kind) =>
			`${at(file, line)}${name} 是“${found}”，应为：${allowedValues(kind)}。现用默认值。`,
		twice: (file, line, name, before) =>
			`${at(file, line)}${name} 在第 ${before} 行已有，以那行为准。`,
		keyShape: (file, line, name) =>
			`${at(file, line)}${name} 不是按键。请写一个表，里面是按键和动作：[keys.panes]，下面写 "ctrl+n" = "nextWithActivity"。`,
	},
};
