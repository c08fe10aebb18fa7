/** Every sentence and word of the display, in Chinese. */
import type {en} from './en.js';
import type {Translated} from './translated.js';
import {streamStrings} from './zh-stream.js';
import {transferStrings} from './zh-transfers.js';

const already = (count: number, existed: number) =>
	existed === 0
		? ''
		: existed === count
			? '（原已存在）'
			: `（其中 ${existed} 个原已存在）`;

export const zh: Translated<typeof en> = {
	appName: 'sockterm',

	header: {
		listening: (kind, where) => `${kind} ${where}`,
		notListening: (kind, port) => `${kind} :${port} 失败`,
		peers: count => `${count} 个对端`,
		news: (who, others) =>
			`新：${who.join('，')}${others > 0 ? ` 等，另有 ${others} 个` : ''}`,
	},

	trust: {
		PLAIN: 'PLAIN',
		UNVERIFIED: 'UNVERIFIED',
		VERIFIED: 'VERIFIED',
		BLOCKED: 'BLOCKED',
	},

	panes: {
		peers: '对端',
		conversation: '对话',
		transfers: '传输',
		datagrams: '数据报',
	},

	peers: {
		all: '全部',
		udp: 'UDP',
		silent: '未发言',
		dialing: '连接中',
		again: seconds => (seconds > 0 ? `${seconds} 秒后重连` : '连接中'),
		againShort: seconds => `${seconds} 秒`,
		left: '已离开',
		warning: {lookalike: '名字相似', otherKey: '密钥不同'},
		more: count => `还有 ${count} 个`,
	},

	conversation: {
		you: '我',
		everybody: '全部',
		toPeer: name => `发给 ${name}：`,
		toAll: '发给全部：',
		joined: name => `${name} 已加入`,
		from: address => `来自 ${address}`,
		certificate: fingerprint => `证书 SHA-256 ${fingerprint}`,
		left: name => `${name} 已离开`,
		cut: name => `与 ${name} 的连接已断开，正在重连`,
		times: (sentence, count) =>
			`${sentence}（已连续 ${count} 次，以上是最近一次。）`,
		below: count => `下方还有 ${count} 行`,
		nothingYet: '还没有消息。按 i 开始输入。',
	},

	transfer: transferStrings,

	stream: streamStrings,

	datagrams: {
		rate: perSecond => `${perSecond}/s`,
		arrived: (received, shown) => `收到 ${received}，显示 ${shown}`,
		dropped: (byUs, byKernel) =>
			`丢弃：本程序 ${byUs}，内核 ${byKernel ?? '?'}`,
		size: bytes => `${bytes} B`,
		empty: '(空)',
		none: port => [
			'还没有数据报。',
			port === undefined
				? '用 /listen udp 10000 开始接收。'
				: `发到 UDP 端口 ${port} 的内容显示在这里。`,
			'按 Esc 再按 u 发送一个。',
		],
	},

	firstRun: {
		nobody: '还没有人连接。',
		listening: '正在监听',
		tcp: 'TCP',
		udp: 'UDP',
		notListening: '没有监听任何端口。',
		next: '接下来可以',
		connect: ['Esc, c', '连接某台主机'],
		netcat: (host, port) => [`nc ${host} ${port}`, '在另一台机器上运行'],
		listen: ['/listen tcp 9090', '让别人能连进来'],
		practice: ['/practice', '和练习对端试一试'],
		help: ['/help', '全部命令和按键'],
	},

	composer: {
		to: name => `发给 ${name}`,
		toAll: count =>
			count === 0 ? '发给全部（还没有人）' : `发给全部 (${count})`,
		placeholder: '输入消息，或以 / 开头输入命令',
		placeholderShort: '消息或 /命令',
	},

	hints: {
		offersWaiting: count => `${count} 个邀请等待答复`,
		answeredBy: '：',
		inPanes: (accept, decline) => `${accept} 接受，${decline} 拒绝`,
		inComposer: (panes, accept) => `${panes} 再按 ${accept}，或 /accept`,
		quitAgain: '再按一次 Ctrl-C 退出。',
		severalOffers: '有多个邀请在等待：先在“传输”里选一个，再按 a 或 d。',
		noOffer: '没有等待答复的邀请。',
		noTransferSelected: '先选一个传输：按 Tab 到“传输”，再按 j 或 k。',
		notBegun: '它还没开始：a 接受，d 拒绝，x 取消。',
		alreadyOver: '这个传输已经结束。按 t 重发失败的部分。',
		onlyTheyGoOn: name =>
			`${name} 把它暂停了，只有 ${name} 能让它继续。按 x 取消。`,
		nothingToPause: '现在没有进行中的传输。',
		noPeerForFile: '先选择接收文件的对端：文件只能发给加密的对端。',
		rawTakesNoFiles: name =>
			`${name} 是 PLAIN 连接，不能接收文件：请按 c 连接另一个控制台。`,
		nobodyForFile: '现在没有人能接收文件：先按 c 连接另一个控制台。',
	},

	tooSmall: '窗口太小：至少要 20 × 5。',

	/** On the normal screen, after the console has closed. */
	summary: {
		saved: (count, where, existed) =>
			`${count} 个文件已保存到 ${where}${already(count, existed)}。`,
		delivered: (count, existed) =>
			`${count} 个文件已送达${already(count, existed)}。`,
		failed: count => `${count} 个文件失败：`,
		more: count => `还有 ${count} 个`,
		unfinished: count =>
			`还有 ${count} 个传输没有完成。已到达的部分会保留，重新发送时接着传。`,
	},
};
