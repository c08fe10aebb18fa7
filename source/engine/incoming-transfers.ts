/**
 * Offers of others. Nothing is written and no memory is reserved before somebody
 * accepts; what was approved (names, sizes, count) is what is written.
 */
import {errorInfo, SocktermError, toErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import type {ControlMessage, OfferEntry} from '../protocol/messages.js';
import {acceptPages} from '../protocol/offer-pages.js';
import type {EngineContext} from './context.js';
import type {TransferId} from './ids.js';
import type {Lane} from './lane.js';
import {startLaneReceiver, type ReceivedEntry} from './lane-receiver.js';
import type {PeerSession} from './peer-session.js';
import type {PeerEntry} from './peer-table.js';
import type {CountRefusal} from './refusals.js';
import {toSafeText} from './sanitize.js';
import type {TransferBook} from './transfer-book.js';
import {laneLost, type TransferRecord} from './transfer-record.js';

export interface IncomingTransfers {
	offered(
		entry: PeerEntry,
		session: PeerSession,
		message: Extract<ControlMessage, {name: 'offer'}>,
	): Promise<void>;
	/** Throws noSuchTransfer. */
	accept(id: TransferId): void;
	/** Throws noSuchTransfer. */
	decline(id: TransferId): void;
	start(id: TransferId, lane: Lane): void;
	/** Forgets offers of which not every page has come. */
	sessionLost(session: PeerSession): void;
}

interface Offer {
	readonly record: TransferRecord;
	readonly entries: readonly ReceivedEntry[];
}

interface Pages {
	readonly session: PeerSession;
	entries: OfferEntry[];
	nameBytes: number;
}

const minuteMs = 60_000;
const encoder = new TextEncoder();

export function createIncomingTransfers(
	context: EngineContext,
	book: TransferBook,
	refuse: CountRefusal,
): IncomingTransfers {
	const {clock, receiveFolder} = context.ports;
	const offers = new Map<TransferId, Offer>();
	const unfinishedPages = new Map<string, Pages>();
	const offerTimes = new WeakMap<PeerSession, number[]>();

	/** Counts an offer; false when this session has made too many. */
	const isWithinLimits = (session: PeerSession): boolean => {
		const now = clock.now();
		const recent = (offerTimes.get(session) ?? []).filter(
			at => now - at < minuteMs,
		);
		recent.push(now);
		offerTimes.set(session, recent);
		let pending = 0;
		for (const {record} of offers.values()) {
			if (record.session === session && !record.isAccepted()) pending++;
		}

		return (
			recent.length <= limits.offersPerMinute && pending < limits.offersPending
		);
	};

	/** All entries of an offer once its last page is here. */
	const collect = (
		session: PeerSession,
		message: Extract<ControlMessage, {name: 'offer'}>,
	): OfferEntry[] | undefined => {
		const held = unfinishedPages.get(message.transfer);
		if (held && held.session !== session) {
			throw new SocktermError('protocolViolation', {what: 'foreign offer'});
		}

		const pages = held ?? {session, entries: [], nameBytes: 0};
		const {entries} = pages;
		for (const entry of message.entries) {
			entries.push(entry);
			for (const part of entry.path) {
				pages.nameBytes += encoder.encode(part).length;
			}
		}

		if (
			entries.length > limits.entriesPerOffer ||
			pages.nameBytes > limits.offerNameBytes
		) {
			throw new SocktermError('protocolViolation', {what: 'too many entries'});
		}

		if (!message.more) {
			unfinishedPages.delete(message.transfer);
			return entries;
		}

		let open = 0;
		for (const pages of unfinishedPages.values()) {
			if (pages.session === session) open++;
		}

		if (!held && open >= limits.offersPending) {
			throw new SocktermError('protocolViolation', {what: 'open offers'});
		}

		unfinishedPages.set(message.transfer, pages);
		return undefined;
	};

	const find = (id: TransferId): Offer => {
		const offer = offers.get(id);
		if (!offer) throw new SocktermError('noSuchTransfer', {transfer: id});
		return offer;
	};

	const decline = (id: TransferId) => {
		const {record} = find(id);
		if (record.isAccepted()) {
			throw new SocktermError('noSuchTransfer', {transfer: id});
		}

		record.session.send({name: 'decline', transfer: id});
		record.finish({kind: 'declined'});
	};

	return {
		async offered(entry, session, message) {
			const suggested = collect(session, message);
			if (!suggested) return;
			const id = message.transfer as TransferId;
			if (book.has(id) || suggested.length === 0) {
				throw new SocktermError('protocolViolation', {what: 'offer'});
			}

			if (!isWithinLimits(session)) {
				session.send({name: 'decline', transfer: id});
				refuse(errorInfo('tooManyOffers', {name: entry.name}));
				return;
			}

			const plans = receiveFolder.planNames(
				suggested.map(({kind, path}) => ({kind: kind ?? 'file', path})),
			);
			const record = book.add(
				{id, peer: entry.key, session, direction: 'in'},
				() => offers.delete(id),
			);
			offers.set(id, {
				record,
				entries: suggested.map(({kind, size, mtimeMs}, index) => {
					const plan = plans[index]!;
					return {
						kind: kind ?? 'file',
						path: plan.ok ? plan.path : undefined,
						sizeBytes: size,
						mtimeMs,
					};
				}),
			});
			const free = await receiveFolder.freeBytes().catch(toErrorInfo);
			if (record.isFinished()) return;
			if (typeof free !== 'number') refuse(free);

			context.emit({
				type: 'transfer/offered',
				transfer: id,
				peer: entry.key,
				direction: 'in',
				entries: suggested.map(({kind, path, size}, index) => {
					const plan = plans[index]!;
					const shown = plan.ok ? plan.path : path;
					return {
						name: toSafeText(shown.join('/'), {
							joiners: false,
							maxCharacters: limits.pathBytes,
						}),
						...(kind ? {kind} : {}),
						sizeBytes: size,
						...(plan.ok ? {flagged: plan.flagged} : {refused: plan.error}),
					};
				}),
				totalBytes: suggested.reduce((sum, {size}) => sum + size, 0),
				...(typeof free === 'number' ? {freeBytes: free} : {}),
				trust: 'UNVERIFIED',
			});
		},

		accept(id) {
			const {record, entries} = find(id);
			if (record.isAccepted()) return;
			const wanted: number[] = [];
			const skip: number[] = [];
			for (const [index, {path}] of entries.entries()) {
				(path === undefined ? skip : wanted).push(index);
			}

			if (wanted.length === 0) {
				decline(id);
				return;
			}

			for (const page of acceptPages(id, skip)) record.session.send(page);
			record.accept(wanted);
			if (record.session.direction === 'in') book.invite(record);
		},

		decline,

		sessionLost(session) {
			for (const [id, pages] of unfinishedPages) {
				if (pages.session === session) unfinishedPages.delete(id);
			}
		},

		start(id, lane) {
			const offer = offers.get(id);
			if (!offer?.record.isAccepted()) {
				lane.connection.destroy();
				return;
			}

			const {record, entries} = offer;
			const delivery = receiveFolder.openDelivery();
			const receiver = startLaneReceiver(lane, delivery, entries, {
				saved: record.saved,
				failed: record.failed,
				closed(error) {
					record.lose(laneLost(error));
				},
			});
			record.move(receiver, isFlushed => {
				if (isFlushed) lane.connection.end();
				else lane.connection.destroy();
			});
		},
	};
}
