/**
 * Lines. Decides where they end: at LF, CRLF or CR as the framing says, after a
 * silence (a prompt has no ending), and by force at the limit. How bytes make
 * characters is told by `LineText`, so that nothing is cut inside one.
 *
 * Invariants: any split of the same bytes at the same time gives the same cuts;
 * time is linear in the bytes. Bytes of an unfinished line are looked at again
 * when it is cut without an ending: views of them are held until then, no copies.
 *
 * An ending behind a line that silence has ended is the head of the next one, as
 * is the LF of a CR that nobody waits for any more.
 */
import {concatBytes} from '../../util/bytes.js';
import {limits} from '../../limits.js';
import type {Framer} from '../framer.js';
import type {Cut, LineEnding} from '../framing.js';
import {utf8Tail} from '../utf8.js';
import {HeldContent} from './held-content.js';
import {findEnding, type CodeUnit, type LineText} from './line-endings.js';

const oneByte: CodeUnit = {bytes: 1, endian: 'big'};
const none = new Uint8Array(0);

class LinesFramer implements Framer {
	readonly #ending: LineEnding;
	readonly #unit: CodeUnit;
	readonly #incompleteTail: (bytes: Uint8Array) => number;
	/** The line so far: an ending that belongs to an older one, then content, then half an ending, then half a unit. */
	#head = 0;
	readonly #content = new HeldContent();
	#return = 0;
	#half: Uint8Array = none;
	/** What may come as the head: an ending after silence, the LF after a CR. */
	#late: 'ending' | 'lineFeed' | undefined;
	/** Silence has cut all but half a character. */
	#isTail = false;
	#lastAtMs = 0;

	constructor(ending: LineEnding, {unit, incompleteTail}: LineText) {
		this.#ending = ending;
		this.#unit = unit ?? oneByte;
		this.#incompleteTail = incompleteTail ?? (bytes => utf8Tail(bytes) ?? 0);
	}

	push(bytes: Uint8Array, atMs: number): Cut[] {
		if (bytes.length === 0) return [];
		const cuts = this.quiet(atMs);
		this.#lastAtMs = atMs;
		this.#isTail = false;
		const size = this.#unit.bytes;
		const input =
			this.#half.length > 0 ? concatBytes([this.#half, bytes]) : bytes;
		const end = input.length - (input.length % size);
		this.#half = end < input.length ? input.slice(end) : none;
		let start = 0;
		if (this.#return > 0 && end > 0) start = this.#settleReturn(input, cuts);
		while (start < end) {
			const found = findEnding(input, start, end, this.#ending, this.#unit);
			if (found === undefined) {
				this.#add(input, start, end, cuts);
				break;
			}

			const {at, length, isHalf} = found;
			if (isHalf) {
				this.#add(input, start, at, cuts);
				this.#return = length;
			} else if (
				this.#content.length === 0 &&
				(at > start || this.#late === undefined) &&
				at - start <= limits.rawLineBytes
			) {
				this.#cut(at - start, length, 'whole', cuts);
			} else {
				this.#add(input, start, at, cuts);
				const isLineFeed =
					length === size && input[at + this.#low()] === lineFeed;
				this.#endLine(length, cuts, isLineFeed);
			}

			start = at + length;
		}

		return cuts;
	}

	quietAfterMs(): number | undefined {
		if (this.#waitsForLineFeed()) return limits.rawReturnMs;
		if (this.#open() === 0) return undefined;
		return this.#isTail ? 2 * limits.rawIdleMs : limits.rawIdleMs;
	}

	quiet(atMs: number): Cut[] {
		const quietMs = atMs - this.#lastAtMs;
		const cuts: Cut[] = [];
		if (this.#waitsForLineFeed() && quietMs >= limits.rawReturnMs) {
			const tail = this.#return;
			this.#return = 0;
			this.#endLine(tail, cuts, false);
			this.#late = 'lineFeed';
		}

		if (this.#open() === 0) return cuts;
		if (!this.#isTail && quietMs >= limits.rawIdleMs) {
			const released = this.#content.release(line => this.#tailOf(line));
			if (released > 0) this.#cut(released, 0, 'quiet', cuts);
			this.#isTail = this.#open() > 0;
			if (!this.#isTail) this.#late = 'ending';
		}

		if (this.#isTail && quietMs >= 2 * limits.rawIdleMs) {
			this.#cutRest('quiet', cuts);
			this.#isTail = false;
			this.#late = 'ending';
		}

		return cuts;
	}

	end(): Cut[] {
		const cuts: Cut[] = [];
		if (this.#ending !== 'crlf' && this.#return > 0) {
			const tail = this.#return;
			this.#return = 0;
			this.#endLine(tail, cuts, false);
		}

		if (this.#open() > 0) this.#cutRest('end', cuts);
		return cuts;
	}

	unfinished(): {readonly bytes: number} {
		return {bytes: this.#head + this.#open()};
	}

	problem(): undefined {
		return undefined;
	}

	/** Of a unit, the byte that tells an ending. */
	#low(): number {
		return this.#unit.endian === 'little' ? 0 : this.#unit.bytes - 1;
	}

	#waitsForLineFeed(): boolean {
		return this.#return > 0 && this.#ending !== 'crlf';
	}

	/** A CR was the last unit of what came before; gives how much of this belongs to it. */
	#settleReturn(input: Uint8Array, cuts: Cut[]): number {
		const held = this.#return;
		const size = this.#unit.bytes;
		const isPair = findEnding(input, 0, size, 'lf', this.#unit)?.at === 0;
		this.#return = 0;
		if (isPair) {
			this.#endLine(held + size, cuts, false);
			return size;
		}

		if (this.#ending === 'crlf') {
			const lone = new Uint8Array(held);
			lone[this.#low()] = carriageReturn;
			this.#add(lone, 0, held, cuts);
		} else {
			this.#endLine(held, cuts, false);
		}

		return 0;
	}

	/** `isLineFeed`: a LF alone. */
	#endLine(length: number, cuts: Cut[], isLineFeed: boolean): void {
		const isLate =
			this.#late === 'ending' || (this.#late === 'lineFeed' && isLineFeed);
		if (this.#content.length === 0 && isLate) {
			this.#head += length;
			this.#late = undefined;
			return;
		}

		const content = this.#content.length;
		this.#content.clear();
		this.#cut(content, length, 'whole', cuts);
	}

	/** Holds content, as far as the limit allows. */
	#add(input: Uint8Array, start: number, end: number, cuts: Cut[]): void {
		if (start < end) this.#late = undefined;
		for (let at = start; at < end;) {
			if (this.#content.length === limits.rawLineBytes) this.#breakUp(cuts);
			const room = limits.rawLineBytes - this.#content.length;
			const next = Math.min(end, at + room);
			this.#content.add(input.subarray(at, next));
			at = next;
		}
	}

	#breakUp(cuts: Cut[]): void {
		const released = this.#content.release(line => {
			const tail = this.#tailOf(line);
			return tail < line.length ? tail : 0;
		});
		this.#cut(released, 0, 'forced', cuts);
	}

	#cutRest(ending: 'quiet' | 'end', cuts: Cut[]): void {
		const rest = this.#open();
		this.#content.clear();
		this.#return = 0;
		this.#half = none;
		this.#cut(rest, 0, ending, cuts);
	}

	#cut(
		content: number,
		tail: number,
		ending: Cut['ending'],
		cuts: Cut[],
	): void {
		cuts.push({head: this.#head, content, tail, ending});
		this.#head = 0;
		this.#late = undefined;
	}

	/** Bytes of the line so far. */
	#open(): number {
		return this.#content.length + this.#return + this.#half.length;
	}

	/** Half a character at the end, in whole units. */
	#tailOf(line: Uint8Array): number {
		const tail = this.#incompleteTail(line);
		return tail - (tail % this.#unit.bytes);
	}
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export function createLinesFramer(
	ending: LineEnding,
	text: LineText = {},
): Framer {
	return new LinesFramer(ending, text);
}
