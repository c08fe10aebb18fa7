/**
 * The classic file assistant, both sides: one file over a bare connection, as
 * courses on sockets teach it. Decides where name and size end and which bytes
 * are the file; leaves the file, the disk and the clock to others (times are
 * passed in, in ms).
 *
 *   receiver ▶ 请输入文件名           prompt, GBK
 *   sender   ▶ name                  GBK, no terminator
 *            ▶ size                  i64, little-endian
 *   receiver ▶ 开始传输               answer, GBK
 *   sender   ▶ exactly `size` bytes, then its end
 *
 * Nothing ends the name, so time does: once the line is quiet the last 8 bytes
 * are the size. The machines are in `classic-receiving.ts` and
 * `classic-sending.ts`. Invariant: any split of the same bytes gives the same steps.
 */
import {limits} from '../limits.js';

/** 请输入文件名 */
export const classicPrompt = Uint8Array.from([
	0xc7, 0xeb, 0xca, 0xe4, 0xc8, 0xeb, 0xce, 0xc4, 0xbc, 0xfe, 0xc3, 0xfb,
]);
/** 开始传输 */
export const classicAnswer = Uint8Array.from([
	0xbf, 0xaa, 0xca, 0xbc, 0xb4, 0xab, 0xca, 0xe4,
]);

export const classicSizeBytes = 8;

/**
 * How many bytes to write next to a receiver that counts its reads: a multiple of what it
 * reads at once, except at the end of `leftBytes`, and at most `mostBytes` or one such read.
 */
export function classicPieceBytes(
	leftBytes: number,
	mostBytes: number = limits.classicWriteBytes,
): number {
	const {classicReadBytes: read, classicWriteBytes: longest} = limits;
	const whole = Math.floor(Math.min(mostBytes, longest) / read) * read;
	return Math.min(leftBytes, Math.max(read, whole));
}
