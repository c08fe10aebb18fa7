/** What is read while a line is typed, in Chinese: `strings.input.composing`. */
import type {composingStrings as english} from './en-composing.js';
import type {Translated} from './translated.js';

export const composingStrings: Translated<typeof english> = {
	full: characters =>
		`这一行已满：最多 ${characters} 个字符，其余的没有放进来。`,
	recall: {
		label: '输入过的行',
		placeholder: '其中的文字；Ctrl-R 找更早的',
		nothing: '没有输入过这样的行。',
	},
	paste: {
		title: '粘贴',
		ask: (lines, characters) => `${lines} 行，${characters} 个字符。怎么处理？`,
		tooLong: characters =>
			`只放得下前 ${characters} 个字符，其余的会丢失：请改为发送文件。`,
		more: lines => `… 还有 ${lines} 行`,
		edit: '编辑',
		send: '原样发送',
		drop: '丢弃',
	},
};
