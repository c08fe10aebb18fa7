/** Events about one transfer, with their times, and what they are folded into. */
import {
	initialState,
	reduceAll,
	type EngineEvent,
	type EventBody,
	type PausedBy,
	type Stall,
	type TransferOutcome,
} from '../../../source/engine/index.js';
import {offered, peerConnected, transferId} from '../../helpers/fake-engine.js';

export const startAt = 1_700_000_000_000;
export const id = transferId('t1');

/** Events with their times, in ms since the beginning. */
export const fold = (...timed: readonly Timed[]) =>
	reduceAll(
		initialState,
		timed.map(([ms, body]): EngineEvent => ({...body, at: startAt + ms})),
	);

export const begun: readonly Timed[] = [
	[0, peerConnected('bob')],
	[0, offered('t1', {peer: 'bob', sizeBytes: 10_000_000})],
];
export type Timed = readonly [ms: number, body: EventBody];
/** An event about the transfer. */
export const say = <Type extends EventBody['type']>(
	ms: number,
	type: Type,
	rest: Omit<Extract<EventBody, {type: Type}>, 'type' | 'transfer'>,
): Timed => [ms, {type, transfer: id, ...rest} as unknown as EventBody];
export const accepted = (ms: number, skip: readonly number[] = []) =>
	say(ms, 'transfer/accepted', {skip});
export const started = (ms: number, movedBytes = 0) =>
	say(ms, 'transfer/started', {movedBytes});
export const progressed = (ms: number, movedBytes: number, stalled?: Stall) =>
	say(ms, 'transfer/progressed', {
		entry: 0,
		movedBytes,
		...(stalled ? {stalled} : {}),
	});
export const paused = (ms: number, by: PausedBy) =>
	say(ms, 'transfer/paused', {by});
export const wentOn = (ms: number) => say(ms, 'transfer/wentOn', {});
export const resumed = (ms: number, heldBytes: number) =>
	say(ms, 'transfer/resumed', {entry: 0, heldBytes});
export const finished = (ms: number, outcome: TransferOutcome) =>
	say(ms, 'transfer/finished', {outcome});
/** From 1 s on it moves. */
export const active = [accepted(500), started(1_000)] as const;

export const phaseOf = (...timed: readonly Timed[]) =>
	fold(...begun, ...timed).transfers.get(id)!.phase;
