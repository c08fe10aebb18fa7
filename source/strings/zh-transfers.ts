/** How transfers stand, in Chinese: `strings.transfer`. */
import type {transferStrings as english} from './en-transfers.js';
import type {Translated} from './translated.js';
import {lasted} from './zh-classic.js';

/** `8 秒`, `12 分钟`, `3 小时`: the longer it takes, the less it matters exactly. */
function lasting(seconds: number): string {
	if (seconds < 120) return `${seconds} 秒`;
	const minutes = Math.floor(seconds / 60);
	return minutes < 120 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时`;
}

export const transferStrings: Translated<typeof english> = {
	asks: 'a 接受，d 拒绝',
	/** In a conversation: what works whether one is typing or not. */
	asksInConversation: '/accept 或 /decline',
	waitingForAnswer: '等待答复',
	offeredBy: (name, what) => `${name} 想发送 ${what}`,
	andMore: (first, more) => `${first} 等，另有 ${more} 个`,
	folder: (folder, files) =>
		`${folder} (${files === 0 ? '空' : `${files} 个文件`})`,
	/** Nobody was asked. */
	byItself: {
		accepted: name => `已自动接受：已允许 ${name} 直接发送`,
		resumed: (name, direction) =>
			direction === 'in'
				? '自动继续：之前已接受'
				: `自动重新邀请：${name} 之前已接受`,
	},
	leftOut: count => `略去 ${count} 个条目（链接、设备、管道）`,

	/** In few words, for a conversation. */
	waiting: '等待中',
	interrupted: '已中断',
	stopped: '已暂停',

	/** For its card. */
	inQueue: place => `等待中，排在第 ${place} 位`,
	beginning: '正在开始',
	inTheirQueue: name => `在 ${name} 那边排队`,
	of: (moved, total) => `${moved} / ${total}`,
	/** A stream, whose size nobody knows. */
	soFar: moved => `已传 ${moved}`,
	unknownSize: '大小未知',
	eta: time => `剩余 ${time}`,
	limit: rate => `限速 ${rate}`,
	wasHere: size => `其中 ${size} 原已存在`,
	/** Why nothing moves; `seconds` since the last byte. */
	stalled: {
		receiver: seconds => `已 ${lasting(seconds)}没有数据：接收方不再接收`,
		ownDisk: seconds => `已 ${lasting(seconds)}没有数据：本机磁盘太慢`,
		sender: (seconds, name) =>
			`已 ${lasting(seconds)}没有数据：${name} 没有发来内容`,
	},
	pausedByUs: '已由你暂停',
	pausedByPeer: name => `已由 ${name} 暂停`,
	diskFull: numbers =>
		`磁盘已满${numbers ? `：剩余 ${numbers.free}，需要 ${numbers.needed}` : ''}；有空间后继续`,
	theirDiskFull: name => `${name} 的磁盘已满；有空间后继续`,
	againIn: seconds =>
		seconds > 0
			? `连接已断开，${lasting(seconds)}后重试`
			: '连接已断开，正在重试',
	askedAgain: name => `${name} 已回来：等待答复`,
	untilBack: name => `连接已断开；${name} 回来后继续`,

	delivered: '已送达',
	/** Nobody confirms it. */
	sent: '已发送',
	tookTime: ms => lasted(ms),
	saved: '已保存',
	/** The same file was there: nothing was written. */
	existed: '相同的文件原已存在',
	severalSaved: (saved, existed, isOurs) =>
		`${saved} 个${isOurs ? '已送达' : '已保存'}${existed > 0 ? `，其中 ${existed} 个原已存在` : ''}`,
	notWanted: count => `${count} 个未接收`,
	savedAs: name => `另存为 ${name}`,
	savedIn: folder => `在 ${folder}`,
	digest: short => `b3 ${short}`,
	declinedByUs: '已拒绝',
	declinedByPeer: name => `${name} 已拒绝`,
	cancelledByUs: '已取消',
	cancelledByPeer: name => `${name} 已取消`,
	keptThere: '已到达的部分会保留：重新发送即可接着传',
	keptHere: name => `已到达的部分会保留：${name} 重新发送时接着传`,
	failed: '失败',
	partlySaved: (saved, failed) => `${saved} 个已保存，${failed} 个失败`,

	freeSpace: free => `本机剩余 ${free}`,
	tooLittleSpace: free => `本机只剩 ${free}`,
	none: ['还没有传输。', '按 F4，或 Esc 再按 f，发送文件。'],
	noneFailed: ['没有失败的传输。', '按 F 显示全部传输。'],
	/** At the pane's lower edge. */
	onlyFailed: '只看失败的，F 显示全部',
	limitOfAll: rate => `限速 ${rate}`,
};
