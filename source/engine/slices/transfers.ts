import {limits} from '../../limits.js';
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

type Transfers = PersistentMap<TransferId, Transfer>;

/** Half-life of the smoothed rate. */
const rateHalfLifeMs = 1_500;

function progress(
	phase: TransferPhase,
	event: Extract<EngineEvent, {type: 'transfer/progressed'}>,
): TransferPhase {
	if (phase.kind !== 'active') return phase;
	const elapsedMs = event.at - phase.sampledAt;
	if (elapsedMs <= 0) {
		return {...phase, movedBytes: event.movedBytes, entry: event.entry};
	}

	const now = ((event.movedBytes - phase.movedBytes) * 1000) / elapsedMs;
	const weight = phase.rate === 0 ? 1 : 1 - 0.5 ** (elapsedMs / rateHalfLifeMs);
	return {
		...phase,
		movedBytes: event.movedBytes,
		entry: event.entry,
		rate: phase.rate + weight * (now - phase.rate),
		sampledAt: event.at,
		stalled: event.stalled,
	};
}

function withEntry(
	transfer: Transfer,
	index: number,
	phase: TransferEntry['phase'],
): Transfer {
	const entry = transfer.entries[index];
	return entry
		? {...transfer, entries: transfer.entries.with(index, {...entry, phase})}
		: transfer;
}

function finish(
	transfer: Transfer,
	event: Extract<EngineEvent, {type: 'transfer/finished'}>,
): Transfer {
	const {phase} = transfer;
	const active = phase.kind === 'active' ? phase : undefined;
	return {
		...transfer,
		phase: {
			kind: 'finished',
			at: event.at,
			startedAt: active?.startedAt,
			movedBytes: active?.movedBytes ?? 0,
			outcome: event.outcome,
		},
	};
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

	switch (event.type) {
		case 'transfer/offered': {
			const {transfer: id, peer, direction, trust, totalBytes, at} = event;
			const peerName = state.peers.get(peer)?.name;
			if (peerName === undefined) return transfers;
			return evict(
				transfers.set(id, {
					id,
					peer,
					peerName,
					direction,
					trust,
					entries: event.entries.map(entry => ({
						...entry,
						phase: entry.refused
							? {kind: 'failed', error: entry.refused}
							: {kind: 'waiting'},
					})),
					totalBytes,
					freeBytes: event.freeBytes,
					leftOut: event.leftOut ?? 0,
					offeredAt: at,
					phase: {kind: 'offered'},
				}),
			);
		}

		case 'transfer/accepted': {
			const {at} = event;
			return update(event.transfer, held => ({
				...held,
				phase: {
					kind: 'active',
					startedAt: at,
					sampledAt: at,
					movedBytes: 0,
					entry: 0,
					rate: 0,
					stalled: undefined,
				},
			}));
		}

		case 'transfer/progressed': {
			return update(event.transfer, held => ({
				...held,
				phase: progress(held.phase, event),
			}));
		}

		case 'transfer/entrySaved': {
			const {entry, savedAs, digest} = event;
			return update(event.transfer, held =>
				withEntry(held, entry, {kind: 'saved', savedAs, digest}),
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
