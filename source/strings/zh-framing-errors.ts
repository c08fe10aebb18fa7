/** What can go wrong with framing, in Chinese. */
import type {ErrorDetails} from '../errors.js';
import {formatSize} from '../util/quantities.js';
import type {framingErrorSentences as english} from './en-framing-errors.js';
import type {Translated} from './translated.js';

const size = (details: ErrorDetails, key: string) => {
	const value = details[key];
	return typeof value === 'number' ? formatSize(value) : '上限';
};

const framings =
	'chunks、lines、lines crlf、delimiter 0d0a、delimiter "END"、length u32be、fixed 16 或 idle 50ms';

const parts: Readonly<Record<string, string>> = {
	kind: `请写 ${framings}。`,
	lines: '行以 any、lf、crlf 或 cr 结束，例如 lines crlf。',
	delimiter:
		'分隔符为 1 至 64 字节：十六进制 (delimiter 0d0a)、转义 (delimiter \\x03) 或文本 (delimiter "END")。',
	length:
		'长度写作 u8、u16be、i32le … 或 Python struct 的字母 (<I, >H, q)；包含自身时加 +self，前面有 4 字节（最多 4,096）时加 @4。',
	fixed: '固定大小为 1 至 1,048,576 字节，例如 fixed 16。',
	idle: '间隔为 1 ms 至 60 s，例如 idle 50ms。',
};

export const framingErrorSentences: Translated<typeof english> = {
	badFraming: details =>
		`${details['text'] ? `“${String(details['text'])}”` : '它'} 不是分帧方式。${parts[String(details['part'])] ?? parts['kind']}`,
	badPace: () => '两条消息的间隔为 0 至 60,000 ms。请写成 50ms 或 1s。',
	lengthAbsurd: details =>
		`声明的消息长 ${String(details['length'] ?? '未知')} 字节，显然不对（最多 ${size(details, 'limitBytes')}）。从那里起按收到的样子显示：请用 /framing 检查长度的宽度、字节序和偏移。`,
	delimiterUnseen: details =>
		`收到 ${size(details, 'limitBytes')} 还没有出现分隔符，所以在那里切开。请用 /framing 检查。`,
	frameTooLongToSend: details =>
		`消息有 ${size(details, 'lengthBytes')}，而前面的长度最多表示 ${size(details, 'limitBytes')}。请分几次发送，或用 /eol 选择更宽的长度。`,
	frameOfOtherSize: details =>
		`这里每条消息都是 ${size(details, 'sizeBytes')}，而这条是 ${size(details, 'lengthBytes')}。请修改它，或用 /eol 修改发送方式。`,
};
