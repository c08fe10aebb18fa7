/**
 * One direction of a relay: takes what one side sends and writes it to the other.
 * Decides when the sender must wait, and passes on its end once everything before
 * it has gone; what is delayed, cut or lost on the way is `protocol/impairment.ts`.
 *
 * Invariants: what is held is bounded by the sender's waiting; the end never
 * overtakes a byte; after `stop` nothing is written.
 */
import {limits} from '../../limits.js';
import {
	createImpairer,
	noImpairment,
	type Impairment,
	type ImpairmentCounts,
} from '../../protocol/impairment.js';
import type {Clock, Connection} from '../ports.js';

export interface RelayPipe {
	/** Bytes for the other side; `flushed` once the system has taken them, or they were dropped on purpose. */
	push(bytes: Uint8Array, flushed?: () => void): void;
	/** Nothing more comes. */
	end(): void;
	/** The sink takes more again. */
	drained(): void;
	impair(impairment: Impairment): void;
	heldBytes(): number;
	/** More should wait for `drained` of the sink. */
	isFull(): boolean;
	counts(): ImpairmentCounts;
	stop(): void;
}

export interface RelayPipeOptions {
	readonly clock: Clock;
	readonly random: () => number;
	readonly sink: Connection;
	/** Makes the sender wait, or lets it go on. */
	readonly hold: (isHeld: boolean) => void;
}

const nothing = new Uint8Array(0);

export function createRelayPipe(options: RelayPipeOptions): RelayPipe {
	const {clock, sink} = options;
	const impairer = createImpairer(noImpairment, options.random);
	let isFull = false;
	let isHeld = false;
	let hasEnded = false;
	let isStopped = false;
	let cancel: (() => void) | undefined;
	/** Bytes that ever came, and who wants to know when those before a place are gone. */
	let cameBytes = 0;
	const awaited: Array<{
		readonly cameBytes: number;
		readonly flushed: () => void;
	}> = [];

	const holdSender = () => {
		const heldBytes = impairer.heldBytes();
		const isTooMuch = isHeld
			? heldBytes > limits.relayHeldBytes / 2
			: heldBytes > limits.relayHeldBytes;
		if (isHeld === (isFull || isTooMuch)) return;
		isHeld = !isHeld;
		options.hold(isHeld);
	};

	const tellFlushed = () => {
		const goneBytes = cameBytes - impairer.heldBytes();
		while (awaited[0] && awaited[0].cameBytes <= goneBytes) {
			// Behind the last of them in the queue of the sink.
			sink.write(nothing, awaited.shift()!.flushed);
		}
	};

	const flush = () => {
		cancel?.();
		cancel = undefined;
		if (isStopped) return;
		if (!isFull) {
			for (const bytes of impairer.take(clock.now())) {
				if (!sink.write(bytes)) isFull = true;
			}
		}

		if (awaited.length > 0) tellFlushed();
		const nextAtMs = impairer.nextAtMs();
		if (nextAtMs === undefined) {
			if (hasEnded) sink.endSending();
		} else if (!isFull) {
			cancel = clock.after(Math.max(0, nextAtMs - clock.now()), flush);
		}

		holdSender();
	};

	return {
		push(bytes, flushed) {
			if (isStopped || hasEnded) return;
			impairer.push(bytes, clock.now());
			cameBytes += bytes.length;
			if (flushed) awaited.push({cameBytes, flushed});
			flush();
		},
		end() {
			if (hasEnded) return;
			hasEnded = true;
			flush();
		},
		drained() {
			isFull = false;
			flush();
		},
		impair(impairment) {
			impairer.change(impairment, clock.now());
			flush();
		},
		heldBytes: () => impairer.heldBytes(),
		isFull: () => isFull,
		counts: () => impairer.counts(),
		stop() {
			isStopped = true;
			cancel?.();
		},
	};
}
