/** What the linear console says, in Chinese. */
import type {linearStrings as english} from './en-linear.js';
import type {Translated} from './translated.js';

export const linearStrings: Translated<typeof english> = {
	welcome: version =>
		`sockterm ${version}，逐行模式。输入一行即发送；/help 列出命令，/quit 退出。`,
	listening: (kind, where) => `正在监听：${kind} ${where}。`,
	talkingTo: (name, trust) =>
		trust === undefined
			? `你输入的内容发给${name}。`
			: `你输入的内容发给 ${name}，${trust}。`,
	everybody: '所有人',
	youTo: name => `你发给 ${name}`,
	peer: (name, trust) => `${name}（${trust}）`,
	datagram: (from, size) => `来自 ${from} 的数据报，${size}`,
	datagramTo: (to, size) => `发往 ${to} 的数据报，${size}`,
	moreDatagrams: count => `还有 ${count} 个数据报。`,
	unfinished: '未完',
	transfer: (title, status) => `${title}：${status}。`,
	noPeers: '没有人连接。',
	noTransfers: '没有传输。',
	quit: count => `有 ${count} 个传输正在进行。仍要退出吗？`,
	offerHow: '/accept 接收，/decline 拒绝；后面写名字表示是谁的。',
	pairHow: (name, code) =>
		`验证 ${name}：在对方那里输入代码 ${code}，或在这里输入 ${name} 显示的六位数字。空行停止。`,
	pairStopped: '验证已停止。',
	yes: 'y',
	askYes: '输入 y 表示是，其他任何内容表示否。',
	kept: '什么也没有做。',
	useCommand: command => `那是分栏界面的窗口。这里请用 ${command}。`,
};
