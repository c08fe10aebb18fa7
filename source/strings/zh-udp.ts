/** What `sockterm udp` and the console's commands for groups and meters say, in Chinese. */
import type {MeterCounts} from '../engine/index.js';
import {formatDurationMs} from '../util/durations.js';
import type {
	datagramCommandStrings as englishCommands,
	udpStrings as english,
	udpUsageStrings as englishUsage,
} from './en-udp.js';
import type {Translated} from './translated.js';

const meterWords = (counts: MeterCounts): string => {
	const {received, missing, doubled, late, without, restarted, jitterMs} =
		counts;
	return [
		`有序号的 ${received}`,
		`缺失 ${missing}`,
		`重复 ${doubled}`,
		`迟到 ${late}`,
		...(restarted ? [`重新开始 ${restarted} 次`] : []),
		...(without > 0 ? [`无序号 ${without}`] : []),
		`抖动 ${jitterMs.toFixed(2)} ms`,
	].join('，');
};

export const udpStrings: Translated<typeof english> = {
	joined: (group, on) =>
		on === undefined ? `已加入 ${group}。` : `已在 ${on} 上加入 ${group}。`,
	notShown: count => `${count} 个数据报来得太快，只计数：每秒显示 200 个。`,
	noAnswer: (address, waitMs) =>
		`${formatDurationMs(waitMs)} 内 ${address} 没有应答。那边有程序在监听吗？UDP 不会告知。`,
	measured: (from, counts) => `${from}：${meterWords(counts)}`,
};

/** What is wrong on the command line. */
export const udpUsageStrings: Translated<typeof englishUsage> = {
	listenOrSend:
		'请说明做什么：sockterm udp listen [PORT] 或 sockterm udp send HOST:PORT TEXT。',
	needsTargetAndText:
		'sockterm udp send 需要地址和文本：sockterm udp send HOST:PORT TEXT，或用 - 从 stdin 逐行读取。',
	extra: operand =>
		`sockterm udp listen 只接受一个端口，不接受“${operand}”。加入组播组用 --join GROUP。`,
	needsPort: target =>
		`请说明 ${target} 的哪个端口：写 HOST:PORT，例如 ${target}:10000。`,
	onePort: '端口写了两次。只写一次：sockterm udp listen 5000。',
	countIsForText:
		'--count 重复同一段文本；从 stdin (-) 读取时每行只发一次。请去掉它，或给出文本。',
	hexOrEscapes: '--hex 和 --escapes 是同样字节的两种写法。请只用一种。',
	notForThis: (flag, verb) =>
		`${flag} 对 sockterm ${verb} 没有意义。请看 sockterm --help。`,
};

/** For the console. */
export const datagramCommandStrings: Translated<typeof englishCommands> = {
	sayGroupToLeave: joined =>
		joined.length === 0
			? '这里没有加入任何组。/join 239.1.2.3 可加入一个。'
			: `请说明哪个组：${joined.join('、')}。`,
	noMeter: '没有在测量。/meter u32be@0 读取每个数据报开头的序号。',
	meterIs: meter =>
		`正在测量 ${meter}。/meter off 停止，/meter ${meter} 重新开始。`,
	joined: udpStrings.joined,
	left: (group, on) =>
		on === undefined ? `已退出 ${group}。` : `已在 ${on} 上退出 ${group}。`,
	encodingIs: encoding =>
		`数据报以 ${encoding} 发送；收到的若不是 UTF-8，也按它读取。`,
};
