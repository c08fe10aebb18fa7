/** What the practice peer says and sends, in Chinese. */
import type {practiceStrings as english} from './en-practice.js';
import type {Translated} from './translated.js';

export const practiceStrings: Translated<typeof english> = {
	greetings: [
		'你好！我是练习对端，就在你自己的程序里，用的是真实的套接字。',
		'随便输入点什么，我会原样回复。按 F4 给我发文件；我也会发给你一个。',
	],
	echo: text => `回复：${text}`,
	fileName: '欢迎.txt',
	fileText:
		'这个文件由练习对端经加密连接发来。\n它先用 BLAKE3 校验，然后才得到名字。\n',
	fileDone: '文件完整到达：BLAKE3 摘要一致。',
	datagrams: [
		'练习数据报 1/4',
		'练习数据报 2/4：你好',
		'练习数据报 3/4',
		'练习数据报 4/4：到此为止',
	],
};
