/**
 * Messages with their length in front. Decides what the number means; one that
 * nobody can mean (negative, shorter than what it counts, beyond the limit) is
 * told once, and from there on no message can be found: what comes is lost.
 *
 * Invariants: any split of the same bytes gives the same cuts, up to what is
 * lost; nothing is allocated on the word of a length.
 */
import {limits} from '../../limits.js';
import type {Framer} from '../framer.js';
import type {Cut, Framing} from '../framing.js';

export type LengthFraming = Extract<Framing, {readonly kind: 'length'}>;

/**
 *   offset      size        field
 *   0           offset      anything
 *   offset      bytes       length, of what follows or, where it counts itself, of all
 *   + bytes                 the message
 */
export function createLengthFramer(framing: LengthFraming): Framer {
	const {bytes: size, endian, signed, countsItself, offset} = framing;
	const head = offset + size;
	const number = new DataView(new ArrayBuffer(8));
	/** Bytes of the message so far, and of its head among them. */
	let pending = 0;
	let headBytes = 0;
	/** What the message will have; known when its head is whole. */
	let whole: number | undefined;
	let isLost = false;
	let problem: ReturnType<Framer['problem']>;

	/** Exact also where only a bigint is. */
	const lengthOf = (): number | bigint => {
		const isLittle = endian === 'little';
		switch (size) {
			case 1: {
				return signed ? number.getInt8(0) : number.getUint8(0);
			}

			case 2: {
				return signed
					? number.getInt16(0, isLittle)
					: number.getUint16(0, isLittle);
			}

			case 4: {
				return signed
					? number.getInt32(0, isLittle)
					: number.getUint32(0, isLittle);
			}

			case 8: {
				return signed
					? number.getBigInt64(0, isLittle)
					: number.getBigUint64(0, isLittle);
			}
		}
	};

	const readLength = () => {
		const length = lengthOf();
		// What a number cannot say exactly is far beyond the limit.
		const total = Number(length) + (countsItself ? 0 : head);
		if (length >= 0 && total >= head && total <= limits.rawFrameBytes) {
			whole = total;
			return;
		}

		isLost = true;
		problem = {
			code: 'lengthAbsurd',
			details: {
				length: String(length),
				limitBytes: limits.rawFrameBytes,
				headBytes: head,
			},
		};
	};

	const lose = (more: number): Cut[] => {
		const content = pending + more;
		pending = 0;
		return content > 0 ? [{head: 0, content, tail: 0, ending: 'lost'}] : [];
	};

	return {
		push(bytes) {
			if (isLost) return lose(bytes.length);
			const cuts: Cut[] = [];
			for (let at = 0; at < bytes.length;) {
				if (whole === undefined) {
					const next = Math.min(bytes.length, at + head - headBytes);
					for (; at < next; at++, headBytes++, pending++) {
						if (headBytes < offset) continue;
						number.setUint8(headBytes - offset, bytes[at]!);
					}

					if (headBytes < head) break;
					readLength();
					if (isLost) return [...cuts, ...lose(bytes.length - at)];
				}

				const missing = whole! - pending;
				const step = Math.min(missing, bytes.length - at);
				pending += step;
				at += step;
				if (step < missing) break;
				cuts.push({head, content: whole! - head, tail: 0, ending: 'whole'});
				pending = 0;
				headBytes = 0;
				whole = undefined;
			}

			return cuts;
		},
		quietAfterMs: () => undefined,
		quiet: () => [],
		end() {
			if (pending === 0) return [];
			const known = whole === undefined ? 0 : head;
			const content = pending - known;
			pending = 0;
			headBytes = 0;
			whole = undefined;
			return [{head: known, content, tail: 0, ending: 'end'}];
		},
		unfinished: () =>
			whole === undefined ? {bytes: pending} : {bytes: pending, of: whole},
		problem() {
			const told = problem;
			problem = undefined;
			return told;
		},
	};
}
