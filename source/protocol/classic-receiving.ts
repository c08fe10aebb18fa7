/**
 * The receiving side of the classic file assistant: collects name and size, then
 * gives on the bytes of the file. Decides when the header is whole; leaves
 * whether the file is wanted to others. Invariants: any split of the same bytes
 * gives the same steps; never more than the announced bytes are given on;
 * nothing is held but the header.
 */
import {limits} from '../limits.js';
import {classicSizeBytes} from './classic-file-assistant.js';
import {decodeClassicName, mayBeName} from './classic-name.js';

export type ClassicReceiverStep =
	/** Say yes with `take`; nothing else is given before that. */
	| {
			readonly kind: 'announced';
			readonly name: string;
			readonly sizeBytes: number;
	  }
	| {readonly kind: 'data'; readonly bytes: Uint8Array}
	/** All bytes are here. */
	| {readonly kind: 'complete'}
	/** It ended before that. */
	| {readonly kind: 'incomplete'}
	/** No file can come any more. */
	| {readonly kind: 'refused'; readonly why: ClassicRefusal};

export type ClassicRefusal =
	| {readonly code: 'classicHeaderMissing'}
	| {readonly code: 'classicNameUndecodable'; readonly name: Uint8Array}
	| {readonly code: 'classicSizeWrong'; readonly size: bigint};

export interface ClassicReceiver {
	receive(bytes: Uint8Array, atMs: number): ClassicReceiverStep[];
	/** When to call `quiet` if nothing comes before; undefined: not at all. */
	wakeAtMs(): number | undefined;
	quiet(atMs: number): ClassicReceiverStep[];
	/** The announced file is taken, and the answer sent: gives what came of it already. */
	take(): ClassicReceiverStep[];
	/** The sender sends nothing more. */
	end(): ClassicReceiverStep[];
	/** Bytes that came beyond the announced size. */
	beyondBytes(): number;
}

const none = new Uint8Array(0);

/** The prompt has been sent at `startedAtMs`. */
export function createClassicReceiver(startedAtMs: number): ClassicReceiver {
	let phase: 'header' | 'announced' | 'file' | 'over' = 'header';
	/** Room for the longest header; the first bytes are what is held. */
	let room: Uint8Array = none;
	let heldBytes = 0;
	let firstAtMs: number | undefined;
	let lastAtMs = startedAtMs;
	/** The line was quiet, and what is there may be a name whose size is still to come. */
	let isWaiting = false;
	let isEnded = false;
	let missingBytes = 0;
	let beyondBytes = 0;

	/** All that is held, given away. */
	const takeHeld = (): Uint8Array => {
		const held = room.subarray(0, heldBytes);
		room = none;
		heldBytes = 0;
		return held;
	};

	const refuse = (why: ClassicRefusal): ClassicReceiverStep[] => {
		phase = 'over';
		takeHeld();
		return [{kind: 'refused', why}];
	};

	const readHeader = (isLate: boolean): ClassicReceiverStep[] => {
		const held = room.subarray(0, heldBytes);
		const nameEnd = heldBytes - classicSizeBytes;
		// No text ends in a byte of 0, as every size that a file has does.
		if (nameEnd < 0 || (nameEnd === 0 && !isLate) || mayBeName(held)) {
			isWaiting = true;
			return isLate ? refuse({code: 'classicHeaderMissing'}) : [];
		}

		const {buffer, byteOffset, length} = held;
		const size = new DataView(buffer, byteOffset, length).getBigInt64(
			nameEnd,
			true,
		);
		if (size < 0n || size > BigInt(Number.MAX_SAFE_INTEGER)) {
			return refuse({code: 'classicSizeWrong', size});
		}

		const bytes = held.subarray(0, nameEnd);
		const name = decodeClassicName(bytes);
		if (name === undefined) {
			return refuse({code: 'classicNameUndecodable', name: bytes});
		}

		phase = 'announced';
		takeHeld();
		missingBytes = Number(size);
		return [{kind: 'announced', name, sizeBytes: missingBytes}];
	};

	const hold = (bytes: Uint8Array) => {
		const mostBytes = limits.classicTextBytes + classicSizeBytes;
		if (heldBytes + bytes.length > mostBytes) return false;
		if (room.length === 0) room = new Uint8Array(mostBytes);
		// A copy: a buffer of a socket may be filled again.
		room.set(bytes, heldBytes);
		heldBytes += bytes.length;
		return true;
	};

	const pass = (bytes: Uint8Array): ClassicReceiverStep[] => {
		const file = bytes.subarray(0, missingBytes);
		const steps: ClassicReceiverStep[] = [];
		beyondBytes += bytes.length - file.length;
		missingBytes -= file.length;
		if (file.length > 0) steps.push({kind: 'data', bytes: file});
		if (missingBytes === 0) {
			phase = 'over';
			steps.push({kind: 'complete'});
		} else if (isEnded) {
			phase = 'over';
			steps.push({kind: 'incomplete'});
		}

		return steps;
	};

	const wakeAtMs = () => {
		if (phase !== 'header') return undefined;
		if (firstAtMs === undefined) return startedAtMs + limits.classicAskMs;
		const quietAtMs = lastAtMs + limits.classicQuietMs;
		return isWaiting
			? Math.max(quietAtMs, firstAtMs + limits.classicHeaderMs)
			: quietAtMs;
	};

	return {
		receive(bytes, atMs) {
			if (bytes.length === 0 || isEnded) return [];
			switch (phase) {
				case 'header': {
					firstAtMs ??= atMs;
					lastAtMs = atMs;
					isWaiting = false;
					return hold(bytes) ? [] : refuse({code: 'classicHeaderMissing'});
				}

				case 'announced': {
					return hold(bytes) ? [] : refuse({code: 'classicHeaderMissing'});
				}

				case 'file': {
					return pass(bytes);
				}

				case 'over': {
					beyondBytes += bytes.length;
					return [];
				}
			}
		},
		wakeAtMs,
		quiet(atMs) {
			const dueAtMs = wakeAtMs();
			if (dueAtMs === undefined || atMs < dueAtMs) return [];
			if (firstAtMs === undefined) {
				return refuse({code: 'classicHeaderMissing'});
			}

			return readHeader(atMs - firstAtMs >= limits.classicHeaderMs);
		},
		take() {
			if (phase !== 'announced') return [];
			phase = 'file';
			return pass(takeHeld());
		},
		end() {
			if (isEnded) return [];
			isEnded = true;
			if (phase === 'header') return readHeader(true);
			return phase === 'file' ? pass(new Uint8Array()) : [];
		},
		beyondBytes: () => beyondBytes,
	};
}
