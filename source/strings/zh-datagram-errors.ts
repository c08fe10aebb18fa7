/** What can go wrong with datagrams beyond sending one, in Chinese: groups, interfaces, meters. */
import type {datagramErrorSentences as english} from './en-datagram-errors.js';
import {fact, type Sentence} from './error-facts.js';
import type {Translated} from './translated.js';
import {why} from './zh-error-facts.js';

const group = (details: Parameters<Sentence>[0]) =>
	fact(details, 'group', '该组');

export const datagramErrorSentences: Translated<typeof english> = {
	notMulticast: details =>
		`${fact(details, 'group', '它')} 不是组播地址。组播地址从 224.0.0.0 到 239.255.255.255，或以 ff 开头，例如 239.1.2.3 或 ff15::7。`,
	interfaceLacksFamily: details =>
		`网络接口 ${fact(details, 'name', '（所指定的）')} 没有 ${fact(details, 'family', '相应的')} 地址，无法经它到达 ${group(details)}。请给它一个地址，或换一个接口。`,
	interfaceGone: details =>
		`网络接口 ${fact(details, 'name', '（相应的）')} 已消失，不再经它收到 ${group(details)} 的内容。接口恢复后会重新加入。`,
	groupRefused: details =>
		`系统没有加入 ${group(details)}${why(details)}。请指明网络接口，例如 ${group(details)}%eth0。`,
	groupNotJoined: details =>
		`这里没有加入 ${group(details)}。已加入：${fact(details, 'joined', '无')}。`,
	badMeter: details =>
		`${fact(details, 'meter', '它')} 没有指明数据报里的序号。请写类型和位置：u8、u16be、u32le、u64be … 加 @ 和偏移（最大 ${fact(details, 'mostOffset', '一个数据报')}），例如 u32be@0。`,
};
