/** What can go wrong with bytes that are typed, repeated or kept, in Chinese. */
import type {ErrorDetails} from '../errors.js';
import {formatSize} from '../util/quantities.js';
import type {byteErrorSentences as english} from './en-byte-errors.js';
import type {Translated} from './translated.js';

const place = ({position}: ErrorDetails) =>
	typeof position === 'number' ? `第 ${position + 1} 个字符` : '有一个字符';

const text = (details: ErrorDetails, key: string, otherwise: string) =>
	String(details[key] ?? otherwise);

/** The character as well, where it is known. */
const placeOf = (details: ErrorDetails, key: string) => {
	const {[key]: shown} = details;
	return shown === undefined ? place(details) : `${place(details)} ${shown}`;
};

const bytes = (value: string | number | undefined) =>
	typeof value === 'number' ? formatSize(value) : '过多';

const seconds = (value: string | number | undefined) =>
	typeof value !== 'number'
		? '限定值'
		: value < 1000
			? `${value} ms`
			: `${Math.round(value / 1000)} s`;

export const byteErrorSentences: Translated<typeof english> = {
	badHexDigit: details =>
		`${placeOf(details, 'character')} 不是十六进制数字。字节请写成 0–9 和 a–f 的两位一组，例如 01 0d 0a；按 Alt-X 切到文本。`,
	halfByte: details =>
		`${placeOf(details, 'digit')} 只有半个字节。每个字节要两位，例如 0${text(details, 'digit', '1')}。`,
	badEscape: details =>
		`${place(details)}：${text(details, 'escape', '它')} 不是转义。可用的有 \\r \\n \\t \\0 \\\\ \\$ \\x0a \\u4f60 \\u{1f600}。`,
	unknownToken: details =>
		`${place(details)}：没有占位符 ${text(details, 'token', '（未注明）')}。可用的有 ${text(details, 'known', '$len $seq $ts')}；要写符号本身请用 \\$。`,
	unknownTokenFormat: details =>
		`${place(details)}：${text(details, 'token', '这个占位符')} 的格式是以下之一：${text(details, 'formats', '它自己的格式')}。用花括号与后文分开：\${seq}。`,
	lengthDoesNotFit: details =>
		`长度 ${bytes(details['lengthBytes'])} 放不下：这个 $len 最多表示 ${bytes(details['mostBytes'])}。请用更宽的，例如 $len:u32be。`,
	nothingToSend: () => '里面没有可发送的内容。请写一些字节。',
	onlyPlain: details =>
		`${text(details, 'name', '这个对端')} 是 sockterm：原样的字节只发给 PLAIN 连接。请给它发消息，或用 /send 发文件。`,
	badRepeat: details =>
		`不能这样重复：间隔为 ${seconds(details['leastMs'])} 至 ${seconds(details['mostMs'])}，次数为从 1 起的整数。例如 /repeat 500ms x10 ping。`,
	noRepeat: details =>
		`没有在向 ${text(details, 'name', '这个对端')} 重复发送。/repeat 1s TEXT 可以开始。`,
	rawFileBusy: details =>
		`已有文件正在发给 ${text(details, 'name', '这个对端')}。请等它结束，或用 /sendraw stop 停止。`,
	noRawFile: details =>
		`没有在向 ${text(details, 'name', '这个对端')} 发送文件的字节。/sendraw PATH 可以发送。`,
	notOneFile: details =>
		`${text(details, 'path', '它')} 是文件夹，而这里只能发送一个文件的字节。请指定其中的文件。`,
	noSuchSnippet: details =>
		`没有名为 ${text(details, 'name', '（未注明）')} 的片段。/snippet list 可查看。`,
	noSuchAddress: details =>
		`没有存为 ${text(details, 'name', '（未注明）')} 的地址。请检查拼写。`,
	badNotebookName: details =>
		`${text(details, 'name', '它') || '空白'} 不能作名字：要一个 1 至 ${text(details, 'most', '32')} 个字符、不含空格的词。请另选。`,
	notebookFull: details =>
		`最多保存 ${text(details, 'most', '有限')} 个。请删除一个不需要的。`,
	snippetTooLong: details =>
		`太长，无法保存：最多 ${text(details, 'most', '几千')} 个字符。请存成文件，再用 /sendraw 发送。`,
	workplaceUnusable: details =>
		`重启后要恢复的内容无法存入 ${text(details, 'path', '状态文件夹')}（${text(details, 'what', '原因未知')}）。请检查权限和磁盘空间。`,
	workplaceDamaged: details =>
		`存放重启后要恢复的内容的文件已损坏，现已移到 ${text(details, 'path', '别处')}。这次没有恢复：请重新打开需要的监听。`,
	notebookUnusable: details =>
		`存放片段和地址的文件 ${text(details, 'path', '（在状态文件夹中）')} 无法使用（${text(details, 'what', '原因未知')}）。请检查权限和磁盘空间。`,
	notebookDamaged: details =>
		`存放片段和地址的文件已损坏，现已移到 ${text(details, 'path', '别处')}。现在从空白开始；其中还能用的，请手工抄回。`,
	linesUnusable: details =>
		`存放输入过的行的文件 ${text(details, 'path', '（在状态文件夹中）')} 无法使用（${text(details, 'what', '原因未知')}）：本次输入的行不会保存。请检查权限和磁盘空间。`,
	linesDamaged: details =>
		`存放输入过的行的文件已损坏，现已移到 ${text(details, 'path', '别处')}。现在从空白开始。`,
};
