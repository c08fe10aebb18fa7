/** What stands in the dialogs, in Chinese. Part of `strings.input`. */
import type {dialogStrings as english} from './en-dialogs.js';
import type {Translated} from './translated.js';
import {limitNames} from './zh-limits.js';

const quoted = (text: string) => `“${text}”`;

const freeHere = (free: string | undefined) =>
	free === undefined ? '' : `；本机剩余 ${free}`;

export const dialogStrings: Translated<typeof english> = {
	connectDialog: {
		title: '连接',
		ask: '连到哪里？',
		placeholder: 'host:port',
		explain: [
			'host 或 host:port：另一个 sockterm，加密（省略端口则为 9090）',
			'tcp://host:port：任意 TCP 服务器，PLAIN（不加密）',
		],
	},

	datagramDialog: {
		title: '发送数据报',
		target: '目标',
		text: '内容',
		targetPlaceholder: 'host:port',
		textPlaceholder: '要发送的内容；可以为空',
		explain: '它从这里打开的 UDP 端口发出，所以回复也会回到这里。',
	},

	offerDialog: {
		title: count =>
			count === 1 ? '接收这个文件吗？' : `接收这 ${count} 个文件吗？`,
		trust: {
			PLAIN: '未加密：途中任何人都能读到。',
			UNVERIFIED: '已加密，但还没有人核实过对方的身份。',
			VERIFIED: '',
			BLOCKED: '它的密钥变了：可能是别人。',
		},
		flagged: '有些程序会自动读取这种名字的文件。只有确实在等它时才接收。',
		total: (count, size, free) =>
			`${count} 个文件，共 ${size}${freeHere(free)}。`,
		marked: ({marked, all, size, hasStream, free}) => {
			const count = marked === all ? `${all}` : `${marked}/${all}`;
			return `${count} 个文件，${hasStream ? '至少 ' : ''}${size}${freeHere(free)}。`;
		},
		position: (position, count) => `${position}/${count}`,
		into: '存到',
		tooLittleSpace: '空间不够。请先腾出空间，或拒绝。',
		nothingToTake: '这些名字都无法安全写入，所以没有可接收的内容。',
		nothingMarked: '一个也没选：空格选中，d 全部拒绝。',
		/** Beside a name. */
		risky: '名字有风险',
		refused: '不安全，略去',
		arrived: '已经到达',
		unknownSize: '未知',
		presence: {
			partial: percent => `已有 ${percent}，接着传`,
			similar: '同名同大小：比较后若相同则跳过',
			taken: '名字已占用：将加编号',
		},
		riskyCount: count => `${count} 个名字有风险，排在最前。`,
		refusedCount: count => `${count} 个名字无法安全写入，已略去。`,
		folderPlaceholder: '文件夹，不存在则新建；留空则用默认的',
	},

	partials: {
		title: '中断传输留下的部分',
		none: '没有中断传输留下的部分。',
		held: (held, size, percent) => `${held} / ${size}，${percent}`,
		from: who => `来自 ${who}`,
		/** Where the key belongs to nobody who is known now. */
		unknownPeer: shortKey => `密钥 ${shortKey}`,
		deleted: (days, hours) =>
			days > 1
				? `${days} 天后删除`
				: hours > 1
					? `${hours} 小时后删除`
					: '即将删除',
		explain:
			'对方再次邀请同样的文件并被接受后，会接着传；在那之前一直占用空间。',
	},

	quitDialog: {
		title: '退出吗？',
		ask: running =>
			`还有 ${running} 个传输正在进行。已到达的部分会保留，重新发送时接着传。`,
		yes: '退出',
		no: '留下',
	},

	help: {
		title: '帮助',
		sections: {
			composer: '输入时',
			field: '编辑输入行',
			panes: '在窗格中（按 Esc 之后）',
			picker: '选择文件',
			offer: '答复邀请',
			partials: '中断传输留下的部分',
			listeners: '监听',
			overlay: '在窗口中阅读',
			commands: '命令',
		},
		more: position => `${position}，↑ ↓ PgUp PgDn`,
	},

	limits: {
		title: '限制',
		anybody: '任何人',
		verified: '已验证',
		names: limitNames,
	},

	picker: {
		title: '发送文件',
		filter: '查找',
		placeholder: '输入名字的一部分，或路径',
		reading: '正在读取文件夹…',
		empty: '这个文件夹是空的。',
		onlyHidden: '这里只有隐藏文件。按 . 显示。',
		noMatch: text => `这里没有名字含 ${quoted(text)} 的。`,
		folderUnreadable: path =>
			`无法打开 ${path}：没有读取权限。按 Backspace 回上级。`,
		folderMissing: path => `${path} 不存在。请检查拼写。`,
		notAFolder: path => `${path} 不是文件夹。`,
		folderFailed: (path, code) =>
			`无法打开 ${path} (${code})。按 Backspace 回上级。`,
		notAbove: '要选那个文件夹，先按 Backspace 回上级。',
		notAFile: name => `${name} 不是能发送的文件（是设备、管道或套接字）。`,
		marked: count => `已选 ${count} 个`,
		entries: count => `${count} 个条目`,
	},
};
