/**
 * What a raw connection says, as events: one a read, with the frames that it
 * completes, and one where silence or the end completes some. Decides when
 * silence is looked at, and which encoding the other side uses; leaves the cuts
 * to the framer and the bytes to the state.
 *
 * Invariant: its framer stands where cutting all that the state holds would.
 */
import {errorInfo} from '../../errors.js';
import type {Framer} from '../../protocol/framer.js';
import {packCuts, type Cut} from '../../protocol/framing.js';
import {isStrict} from '../../protocol/text-decoding.js';
import {isAscii, utf8Tail} from '../../protocol/utf8.js';
import type {EngineContext} from '../context.js';
import type {PeerKey} from '../ids.js';
import {fallbackOf, recut} from './stream-cutting.js';

export interface StreamIntake {
	/** Its bytes are given away. */
	received(bytes: Uint8Array): void;
	/** Nothing more comes: what is unfinished is the last message. */
	ended(): void;
	/** The state cut all anew, as of `atMs`. */
	reframed(atMs: number): void;
	stop(): void;
}

const nothing = new Uint8Array(0);

/** For a peer whose stream is in the state. */
export function createStreamIntake(
	context: EngineContext,
	peer: PeerKey,
): StreamIntake {
	const {clock} = context.ports;
	let framer: Framer = framerOf(context, peer, clock.now());
	let lastAtMs = 0;
	let isEnded = false;
	/** What is unfinished is ASCII so far, which says nothing about an encoding. */
	let isPlain = true;
	let timer: {readonly atMs: number; readonly cancel: () => void} | undefined;

	const stop = () => {
		timer?.cancel();
		timer = undefined;
	};

	/** One timer, moved on by looking at the time of the last read when it fires. */
	const watch = () => {
		const afterMs = framer.quietAfterMs();
		if (afterMs === undefined) return;
		const now = clock.now();
		const atMs = Math.max(now + 1, lastAtMs + afterMs);
		if (timer && timer.atMs <= atMs) return;
		timer?.cancel();
		const cancel = clock.after(atMs - now, () => {
			timer = undefined;
			const firedAtMs = clock.now();
			tell(nothing, framer.quiet(firedAtMs), firedAtMs);
			watch();
		});
		timer = {atMs, cancel};
	};

	const tell = (
		bytes: Uint8Array,
		cuts: readonly Cut[],
		atMs: number,
		end: {readonly ended?: true} = {},
	) => {
		const {of} = framer.unfinished();
		if (bytes.length > 0 || cuts.length > 0 || end.ended) {
			context.emit(
				{
					type: 'stream/received',
					peer,
					bytes,
					cuts: packCuts(cuts),
					...(of === undefined ? {} : {unfinishedOf: of}),
					...end,
				},
				atMs,
			);
		}

		tellProblem();
		isPlain &&= isAscii(bytes);
		if (cuts.length === 0) return;
		if (!isPlain) learnEncoding(context, peer, cuts.length);
		isPlain = isAscii(bytes) || framer.unfinished().bytes === 0;
	};

	const tellProblem = () => {
		const problem = framer.problem();
		if (!problem) return;
		const error = errorInfo(problem.code, problem.details);
		context.emit({type: 'stream/problem', peer, error});
	};

	return {
		received(given) {
			const bytes = ownBytes(given);
			const atMs = clock.now();
			lastAtMs = atMs;
			tell(bytes, framer.push(bytes, atMs), atMs);
			watch();
		},
		ended() {
			stop();
			// The end is noticed again when the connection closes.
			if (isEnded || context.state().streams.get(peer)?.reads === 0) return;
			isEnded = true;
			const atMs = clock.now();
			const cuts = [...framer.quiet(atMs), ...framer.end()];
			tell(nothing, cuts, atMs, {ended: true});
		},
		reframed(atMs) {
			framer = framerOf(context, peer, atMs);
			lastAtMs = context.state().streams.get(peer)?.unfinished.lastAt ?? 0;
			tellProblem();
			watch();
		},
		stop,
	};
}

/** A framer that stands behind all that is held. */
function framerOf(context: EngineContext, peer: PeerKey, atMs: number): Framer {
	const state = context.state();
	const stream = state.streams.get(peer);
	if (!stream) throw new Error(`${peer} has no stream`);
	return recut(stream, stream.framing, fallbackOf(state, peer), atMs).framer;
}

/** A window of a larger memory would take all of that to another thread. */
function ownBytes(bytes: Uint8Array): Uint8Array {
	return bytes.buffer.byteLength === bytes.length
		? new Uint8Array(bytes.buffer)
		: Uint8Array.from(bytes);
}

/** What is typed goes out in the encoding that the other side last used. */
function learnEncoding(
	context: EngineContext,
	peer: PeerKey,
	newest: number,
): void {
	const state = context.state();
	const fallback = fallbackOf(state, peer);
	const rows = state.conversations.get(peer)?.rows;
	if (!rows || isStrict(fallback)) return;
	const isChunks = state.streams.get(peer)?.framing.kind === 'chunks';
	let left = newest;
	for (let index = rows.length - 1; index >= 0 && left > 0; index--) {
		const row = rows.at(index)!;
		if (row.kind !== 'frame') continue;
		left--;
		if (isAscii(row.bytes)) continue;
		const isUtf8 = isChunks
			? utf8Tail(withoutRest(row.bytes)) !== undefined
			: utf8Tail(row.bytes) === 0;
		const encoding = isUtf8 ? 'utf-8' : fallback;
		if (encoding !== (state.peers.get(peer)?.encoding ?? 'utf-8')) {
			context.emit({type: 'peer/encodingChanged', peer, encoding});
		}

		return;
	}
}

/** Without what a read begins with of a character that began in the one before. */
function withoutRest(bytes: Uint8Array): Uint8Array {
	let start = 0;
	while (start < 3 && bytes[start]! >> 6 === 0b10) start++;
	return bytes.subarray(start);
}
