/**
 * Which unfinished transfers with verified peers go on by themselves after a restart.
 * Decides what is noted, for how long, and which program has it in hand. Leaves the
 * file to its port; without one nothing outlives the program. Invariants: a note is
 * about what somebody has accepted, and about one key; it goes when its transfer is
 * over; of several programs with one state one takes an offer up again.
 */
import {toErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {PeerId, TransferId} from '../ids.js';
import type {TransferOutcome} from '../events.js';
import type {CountRefusal} from '../sessions/refusals.js';
import {utf8Bytes} from '../../util/bytes.js';
import {
	noNotes,
	type IncomingNote,
	type OutgoingNote,
	type TransferNotes,
} from './transfer-note.js';

export interface TransferNotesKeeper {
	/** Resolves once what is kept is known, or known to be unreadable. Never rejects. */
	readonly loaded: Promise<void>;
	isLoaded(): boolean;
	approved(note: Omit<IncomingNote, 'at'>): void;
	/** What was approved of this very offer of this peer. */
	find(
		id: TransferId,
		peerId: PeerId,
		digest: () => string,
	): IncomingNote | undefined;
	sent(note: Omit<OutgoingNote, 'at' | 'owner'>): void;
	/** Takes in hand what is to be offered to this peer again, but for what `isLiving` here. */
	claim(
		peerId: PeerId,
		isLiving: (id: TransferId) => boolean,
	): Promise<readonly OutgoingNote[]>;
	/** It is over, or waits for its peer no longer. */
	ended(id: TransferId, outcome: TransferOutcome | undefined): void;
	forget(id: TransferId): void;
	/** Resolves when nothing is on its way to the disk. */
	settled(): Promise<void>;
}

/** It ended for want of the other side alone: it goes on when that is back. */
const isOpen = (outcome: TransferOutcome | undefined): boolean =>
	outcome?.kind === 'failed' &&
	(outcome.error.code === 'peerDidNotReturn' ||
		outcome.error.code === 'laneLost');

export function createTransferNotes(
	context: EngineContext,
	refuse: CountRefusal,
): TransferNotesKeeper {
	const port = context.ports.notes;
	const {clock} = context.ports;
	let notes = noNotes;
	let isLoaded = port === undefined;

	const isFresh = ({at}: {readonly at: number}) =>
		clock.now() - at < limits.partialMs;
	const fresh = ({incoming, outgoing}: TransferNotes): TransferNotes => ({
		incoming: incoming.filter(isFresh),
		outgoing: outgoing.filter(isFresh),
	});

	const load = async () => {
		try {
			if (port) notes = fresh(await port.load());
		} catch (error) {
			refuse(toErrorInfo(error));
		}

		isLoaded = true;
	};

	const loaded = load();
	let last = loaded;

	/** On what is kept at that moment: another program may have changed it. Never rejects. */
	const change = async (edit: (before: TransferNotes) => TransferNotes) => {
		if (!port) return;
		last = last.then(async () => {
			try {
				const before = fresh(await port.load());
				const after = edit(before);
				if (after !== before) await port.save(after);
				notes = after;
			} catch (error) {
				refuse(toErrorInfo(error));
			}
		});
		await last;
	};

	/** The newest, so many of them. */
	const added = <Kept extends IncomingNote | OutgoingNote>(
		held: readonly Kept[],
		note: Kept,
	): readonly Kept[] =>
		[...held.filter(({transfer}) => transfer !== note.transfer), note].slice(
			-limits.transfersNoted,
		);

	const forget = (id: TransferId) => {
		const isOther = ({transfer}: {readonly transfer: TransferId}) =>
			transfer !== id;
		const {incoming, outgoing} = notes;
		if ([...incoming, ...outgoing].every(isOther)) return;
		const without = (before: TransferNotes): TransferNotes => ({
			incoming: before.incoming.filter(isOther),
			outgoing: before.outgoing.filter(isOther),
		});
		// From now on, whenever the disk hears of it.
		notes = without(notes);
		void change(without);
	};

	return {
		loaded,
		isLoaded: () => isLoaded,
		approved(note) {
			if (!port || note.skip.length > limits.notedSkips) return;
			const kept = {...note, at: clock.now()};
			const withNote = (before: TransferNotes) => ({
				...before,
				incoming: added(before.incoming, kept),
			});
			notes = withNote(notes);
			void change(withNote);
		},
		find(id, peerId, digest) {
			const note = notes.incoming.find(({transfer}) => transfer === id);
			const isIts = note?.peerId === peerId && isFresh(note);
			return isIts && note.digest === digest() ? note : undefined;
		},
		sent(note) {
			const bytes = note.paths.reduce((sum, each) => sum + utf8Bytes(each), 0);
			if (!port || bytes > limits.notedPathBytes) return;
			const kept = {...note, at: clock.now(), owner: port.owner};
			const withNote = (before: TransferNotes) => ({
				...before,
				outgoing: added(before.outgoing, kept),
			});
			notes = withNote(notes);
			void change(withNote);
		},
		async claim(peerId, isLiving) {
			let claimed: readonly OutgoingNote[] = [];
			if (!port) return claimed;
			await change(before => {
				claimed = before.outgoing.filter(
					({peerId: its, owner, transfer}) =>
						its === peerId &&
						!isLiving(transfer) &&
						(owner === port.owner || port.isGone(owner)),
				);
				if (claimed.every(({owner}) => owner === port.owner)) return before;
				const outgoing = before.outgoing.map(note =>
					claimed.includes(note) ? {...note, owner: port.owner} : note,
				);
				return {...before, outgoing};
			});
			return claimed;
		},
		ended(id, outcome) {
			if (!isOpen(outcome)) forget(id);
		},
		forget,
		settled: async () => last,
	};
}
