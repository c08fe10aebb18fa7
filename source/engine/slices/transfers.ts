/**
 * Transfers in the state: what each event does to the one that it names, and the queue, the
 * rate limit and the partials beside them. Phases are left to `transfer-phase.ts`; late news of
 * a transfer that is finished changes no phase, and of one that is not known nothing.
 */
import {limits} from '../../limits.js';
import {createImmutableList} from '../../util/immutable-list.js';
import type {PersistentMap} from '../../util/persistent-map.js';
import type {EngineEvent} from '../events.js';
import type {TransferId} from '../ids.js';
import {
	isRunning,
	type EngineState,
	type Transfer,
	type TransferEntry,
	type TransferPhase,
} from '../state.js';
import {
	begunOf,
	goOn,
	interrupt,
	pause,
	progress,
	resume,
	start,
} from './transfer-phase.js';

type Transfers = PersistentMap<TransferId, Transfer>;
type Event<Type extends EngineEvent['type']> = Extract<
	EngineEvent,
	{type: Type}
>;

function withEntry(
	transfer: Transfer,
	index: number,
	phase: TransferEntry['phase'],
): Transfer {
	const entry = transfer.entries.get(index);
	return entry
		? {...transfer, entries: transfer.entries.with(index, {...entry, phase})}
		: transfer;
}

/** Added up each time: sums above 2^53 are not exact, and what was subtracted from one might leave less than nothing. */
function wantedBytesOf(entries: Iterable<TransferEntry>): number {
	let bytes = 0;
	for (const {refused, phase, sizeBytes} of entries) {
		if (!refused && phase.kind !== 'skipped') bytes += sizeBytes;
	}

	return bytes;
}

function offer(
	state: EngineState,
	event: Event<'transfer/offered'>,
): Transfer | undefined {
	const {transfer: id, peer, direction, trust, totalBytes, at} = event;
	const peerName = state.peers.get(peer)?.name;
	if (peerName === undefined) return undefined;
	const entries = event.entries.map((entry): TransferEntry => ({
		...entry,
		phase: entry.refused
			? {kind: 'failed', error: entry.refused}
			: {kind: 'waiting'},
	}));
	return {
		id,
		peer,
		peerName,
		direction,
		trust,
		entries: createImmutableList(entries),
		totalBytes,
		wantedBytes: wantedBytesOf(entries),
		heldBytes: 0,
		freeBytes: event.freeBytes,
		folder: undefined,
		leftOut: event.leftOut ?? 0,
		rateLimit: undefined,
		offeredAt: at,
		byItself: event.byItself,
		phase: {kind: 'offered'},
	};
}

function accept(held: Transfer, event: Event<'transfer/accepted'>): Transfer {
	if (held.phase.kind === 'finished') return held;
	let {entries} = held;
	for (const index of event.skip) {
		const entry = entries.get(index);
		if (entry?.phase.kind !== 'waiting') continue;
		entries = entries.with(index, {...entry, phase: {kind: 'skipped'}});
	}

	return {
		...held,
		entries,
		wantedBytes: wantedBytesOf(entries),
		folder: event.folder,
		phase: {kind: 'queued', ...begunOf(held.phase)},
	};
}

function finish(
	transfer: Transfer,
	event: Event<'transfer/finished'>,
): Transfer {
	if (transfer.phase.kind === 'finished') return transfer;
	const {startedAt, movedBytes} = begunOf(transfer.phase);
	const {at, outcome} = event;
	return {
		...transfer,
		phase: {kind: 'finished', at, startedAt, movedBytes, outcome},
	};
}

/** The receive folder is another one: what was offered before stays with the one of then. */
function stayWhereTheyAre(transfers: Transfers, folder: string): Transfers {
	let kept = transfers;
	for (const transfer of transfers.values()) {
		if (transfer.direction === 'out' || transfer.folder !== undefined) continue;
		kept = kept.set(transfer.id, {...transfer, folder});
	}

	return kept;
}

/** Drops the oldest finished transfers beyond the limit. */
function evict(transfers: Transfers): Transfers {
	if (transfers.size <= limits.finishedTransfers) return transfers;
	const oldest = transfers.values().find(transfer => !isRunning(transfer));
	return oldest ? transfers.delete(oldest.id) : transfers;
}

export function reduceTransfers(
	state: EngineState,
	event: EngineEvent,
): Transfers {
	const {transfers} = state;
	const update = (id: TransferId, change: (held: Transfer) => Transfer) => {
		const held = transfers.get(id);
		return held ? transfers.set(id, change(held)) : transfers;
	};

	const move = (
		id: TransferId,
		step: (phase: TransferPhase) => TransferPhase,
	) => update(id, held => ({...held, phase: step(held.phase)}));

	switch (event.type) {
		case 'transfer/offered': {
			const offered = offer(state, event);
			return offered ? evict(transfers.set(offered.id, offered)) : transfers;
		}

		case 'self/changed': {
			const {receiveFolder} = state.self;
			return receiveFolder === '' || receiveFolder === event.receiveFolder
				? transfers
				: stayWhereTheyAre(transfers, receiveFolder);
		}

		case 'transfer/accepted': {
			return update(event.transfer, held => accept(held, event));
		}

		case 'transfer/started': {
			return move(event.transfer, phase => start(phase, event));
		}

		case 'transfer/resumed': {
			const {heldBytes} = event;
			return update(event.transfer, held => ({
				...held,
				heldBytes: held.heldBytes + heldBytes,
				phase: resume(held.phase, event, held.wantedBytes),
			}));
		}

		case 'transfer/progressed': {
			return move(event.transfer, phase => progress(phase, event));
		}

		case 'transfer/paused': {
			return move(event.transfer, phase => pause(phase, event));
		}

		case 'transfer/wentOn': {
			return move(event.transfer, goOn);
		}

		case 'transfer/interrupted': {
			// What was held is counted anew in the next attempt.
			return update(event.transfer, held => ({
				...held,
				heldBytes: 0,
				phase: interrupt(held.phase, event),
			}));
		}

		case 'transfer/limited': {
			const {transfer, bytesPerSecond} = event;
			return transfer === undefined
				? transfers
				: update(transfer, held => ({...held, rateLimit: bytesPerSecond}));
		}

		case 'transfer/entrySaved': {
			const {entry, savedAs, digest, existed = false} = event;
			return update(event.transfer, held =>
				withEntry(held, entry, {kind: 'saved', savedAs, digest, existed}),
			);
		}

		case 'transfer/entryFailed': {
			const {entry, error} = event;
			return update(event.transfer, held =>
				withEntry(held, entry, {kind: 'failed', error}),
			);
		}

		case 'transfer/finished': {
			return update(event.transfer, held => finish(held, event));
		}

		default: {
			return transfers;
		}
	}
}

export function reduceQueue(
	state: EngineState,
	event: EngineEvent,
): readonly TransferId[] {
	return event.type === 'transfer/queued' ? event.order : state.queue;
}

export function reduceRateLimit(
	state: EngineState,
	event: EngineEvent,
): number | undefined {
	return event.type === 'transfer/limited' && event.transfer === undefined
		? event.bytesPerSecond
		: state.rateLimit;
}

export function reducePartials(
	state: EngineState,
	event: EngineEvent,
): EngineState['partials'] {
	return event.type === 'transfer/partialsListed'
		? event.partials
		: state.partials;
}
