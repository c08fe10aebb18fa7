/** What is new in the engine's state since it was last looked at, as lines. Progress is not news; how something ended is. */
import {
	datagramBeginning,
	datagramFallback,
	type EngineState,
	type TransferId,
} from '../../engine/index.js';
import {limits} from '../../limits.js';
import {describeError, strings} from '../../strings/index.js';
import {formatAddress, formatListening} from '../../util/address.js';
import {formatSize} from '../../util/quantities.js';
import {transferTitle} from '../format/transfer-facts.js';
import {isWaitingOffer, transferStatus} from '../format/transfer-text.js';
import type {Theme} from '../theme.js';
import {linearLines, timeOf} from './linear-rows.js';

/** Phases of a transfer that are worth a line. */
const isNews: ReadonlySet<string> = new Set([
	'paused',
	'interrupted',
	'finished',
]);

export interface Announcements {
	/** Lines for what came since the last call. */
	next(state: EngineState): string[];
	/** Rows have other numbers than before and are no news. */
	renumbered(): void;
}

export function createAnnouncements(theme: () => Theme): Announcements {
	let nextRow = 0;
	let nextDatagram = 0;
	let isRenumbered = false;
	const phases = new Map<TransferId, string>();
	let listeners: EngineState['listeners'] | undefined;

	const newRows = (state: EngineState): string[] => {
		const rows = state.conversations.get('all')?.rows;
		if (!rows) return [];
		if (isRenumbered || rows.nextId < nextRow) nextRow = rows.nextId;
		isRenumbered = false;
		const lines: string[] = [];
		for (let id = Math.max(nextRow, rows.firstId); id < rows.nextId; id++) {
			const row = rows.at(id - rows.firstId)!;
			lines.push(...linearLines(row, state, theme()));
			const offer =
				row.kind === 'transfer' && state.transfers.get(row.transfer);
			if (offer && isWaitingOffer(offer)) lines.push(strings.linear.offerHow);
		}

		nextRow = rows.nextId;
		return lines;
	};

	const newDatagrams = (state: EngineState): string[] => {
		const {rows} = state.datagrams;
		const words = strings.linear;
		const lines: string[] = [];
		const from = Math.max(nextDatagram, rows.firstId);
		const to = Math.min(rows.nextId, from + limits.linearDatagrams);
		for (let id = from; id < to; id++) {
			const row = rows.at(id - rows.firstId)!;
			const most = limits.datagramPreviewBytes;
			const text = row.error
				? describeError(row.error)
				: datagramBeginning(row.bytes, datagramFallback(state), most).text;
			const say = row.direction === 'in' ? words.datagram : words.datagramTo;
			const head = say(
				formatAddress(row.address),
				formatSize(row.bytes.length),
			);
			lines.push(`${timeOf(theme(), row.at)}${head}: ${text}`);
		}

		const unsaid = rows.nextId - Math.max(to, nextDatagram);
		if (unsaid > 0) lines.push(words.moreDatagrams(unsaid));
		nextDatagram = rows.nextId;
		return lines;
	};

	const endedTransfers = (state: EngineState): string[] => {
		const lines: string[] = [];
		for (const transfer of state.transfers.values()) {
			const {id, phase} = transfer;
			const before = phases.get(id);
			phases.set(id, phase.kind);
			// Its row says how it began.
			if (before === undefined || before === phase.kind) continue;
			const hasStood = before === 'paused' || before === 'interrupted';
			if (!isNews.has(phase.kind) && !hasStood) continue;
			const {text} = transferStatus(transfer);
			lines.push(strings.linear.transfer(transferTitle(transfer), text));
		}

		return lines;
	};

	const newListeners = (state: EngineState): string[] => {
		if (state.listeners === listeners) return [];
		const known = listeners;
		listeners = state.listeners;
		const said = new Set<string>();
		for (const listener of state.listeners.values()) {
			if (known?.has(listener.id)) continue;
			const {kind} = listener;
			said.add(strings.linear.listening(kind, formatListening(listener)));
		}

		return [...said];
	};

	return {
		next(state) {
			return [
				...newListeners(state),
				...newRows(state),
				...newDatagrams(state),
				...endedTransfers(state),
			];
		},
		renumbered() {
			isRenumbered = true;
		},
	};
}
