/** How one transfer's phase follows from the one before: pure steps for the slice. */
import type {EngineEvent} from '../events.js';
import type {TransferPhase} from '../state.js';

type Event<Type extends EngineEvent['type']> = Extract<
	EngineEvent,
	{type: Type}
>;

/** Half-life of the smoothed rate. */
const rateHalfLifeMs = 1_500;

/** What is known of a transfer's way so far, in any phase. */
export function begunOf(phase: TransferPhase): {
	readonly startedAt: number | undefined;
	readonly movedBytes: number;
	readonly entry: number;
} {
	if (phase.kind === 'offered')
		return {startedAt: undefined, movedBytes: 0, entry: 0};
	const {startedAt, movedBytes} = phase;
	return {startedAt, movedBytes, entry: 'entry' in phase ? phase.entry : 0};
}

export function start(
	phase: TransferPhase,
	{at, movedBytes}: Event<'transfer/started'>,
): TransferPhase {
	if (phase.kind === 'finished') return phase;
	const {startedAt = at, entry} = begunOf(phase);
	return {
		kind: 'active',
		startedAt,
		movedBytes,
		entry,
		rate: 0,
		sampledAt: at,
		stalled: undefined,
	};
}

export function progress(
	phase: TransferPhase,
	event: Event<'transfer/progressed'>,
): TransferPhase {
	if (phase.kind !== 'active') return phase;
	const {at, movedBytes, entry, stalled} = event;
	const since = phase.stalled?.since ?? phase.sampledAt;
	return {
		...phase,
		movedBytes,
		entry,
		rate: rateAfter(phase, at - phase.sampledAt, movedBytes),
		sampledAt: at,
		stalled: stalled === undefined ? undefined : {why: stalled, since},
	};
}

/** The rate as it was where no time has passed: two samples at once, or a clock that was set back. */
function rateAfter(
	before: {readonly rate: number; readonly movedBytes: number},
	elapsedMs: number,
	movedBytes: number,
): number {
	const {rate} = before;
	if (elapsedMs <= 0) return rate;
	// Less than before where an entry was given up: nothing moves backwards for that.
	const now = (Math.max(0, movedBytes - before.movedBytes) * 1000) / elapsedMs;
	const weight = rate === 0 ? 1 : 1 - 0.5 ** (elapsedMs / rateHalfLifeMs);
	return rate + weight * (now - rate);
}

/** Counts bytes that the receiver had: across, but not moved, so that the rate stays. */
export function resume(
	phase: TransferPhase,
	{heldBytes}: Event<'transfer/resumed'>,
	wantedBytes: number,
): TransferPhase {
	if (phase.kind === 'finished' || phase.kind === 'offered') return phase;
	// What stands still may count some of it already: it says how far it is when it goes on.
	const movedBytes = Math.min(phase.movedBytes + heldBytes, wantedBytes);
	return {...phase, movedBytes};
}

export function pause(
	phase: TransferPhase,
	{at, by, error}: Event<'transfer/paused'>,
): TransferPhase {
	if (phase.kind === 'finished' || phase.kind === 'offered') return phase;
	const since = phase.kind === 'paused' ? phase.since : at;
	return {kind: 'paused', by, error, since, ...begunOf(phase)};
}

export function interrupt(
	phase: TransferPhase,
	{at, error, nextAt, asking}: Event<'transfer/interrupted'>,
): TransferPhase {
	if (phase.kind === 'finished' || phase.kind === 'offered') return phase;
	const since = phase.kind === 'interrupted' ? phase.since : at;
	return {
		kind: 'interrupted',
		error,
		nextAt,
		isAsking: asking === true,
		since,
		...begunOf(phase),
	};
}

/** What held it up is over: it waits for its turn, and for bytes. */
export function goOn(phase: TransferPhase): TransferPhase {
	return phase.kind === 'paused' || phase.kind === 'interrupted'
		? {kind: 'queued', ...begunOf(phase)}
		: phase;
}
