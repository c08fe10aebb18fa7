/** What is said of the classic file assistant, in Chinese. Errors are in `zh-classic-errors.ts`. */
import {formatSize} from '../util/quantities.js';
import type {
	classicInputStrings as englishInput,
	classicStrings as english,
	classicUsageStrings as englishUsage,
} from './en-classic.js';
import type {Translated} from './translated.js';

/** `0.3 秒`, `12 秒`, `2 分 5 秒`. */
export function lasted(ms: number): string {
	if (ms < 9_950) return `${(ms / 1000).toFixed(1)} 秒`;
	const seconds = Math.round(ms / 1000);
	return seconds < 120
		? `${seconds} 秒`
		: `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}

export const classicStrings: Translated<typeof english> = {
	waiting: address =>
		`正在 ${address} 等待经典文件助手的发送端 (PLAIN)：连进来的任何人都可以留下一个文件。`,
	coming: (name, file, sizeBytes) =>
		`${name} 正在发送 ${file} (${formatSize(sizeBytes)})。`,
	saved: ({file, sizeBytes, elapsedMs, digest}, folder) =>
		`已把 ${file} 保存到 ${folder}：${formatSize(sizeBytes)}，用时 ${lasted(elapsedMs)} (BLAKE3 ${digest})。`,
	/** The protocol has no answer that says so. */
	sent: ({file, sizeBytes, elapsedMs, digest}, name) =>
		`已把 ${file} 发给 ${name}：${formatSize(sizeBytes)}，用时 ${lasted(elapsedMs)} (BLAKE3 ${digest})。经典文件助手不会确认，请核对大小。`,
};

/** What is wrong on the command line. */
export const classicUsageStrings: Translated<typeof englishUsage> = {
	needsFile:
		'sockterm send --classic 需要一个文件：sockterm send --classic FILE --to HOST:PORT。',
	oneFile: '经典文件助手一次只收一个文件：其他文件请另用命令发送。',
	oneReceiver:
		'sockterm send --classic 只发给一个地址。每个 --to 请分别运行一次。',
	receiveAlone: flag => `--classic-receive 只接收文件：请去掉 ${flag}。`,
	needsTcp: '--classic-receive 监听 TCP 端口：请去掉 --no-tcp。',
};

/** What is wrong in the composer. */
export const classicInputStrings: Translated<typeof englishInput> = {
	usage: '请说明发到哪里、发什么：/send --classic host:port file。',
	oneFile: '经典文件助手一次只收一个文件。请逐个发送。',
};
