/**
 * Who is who: what a proven key counts as, whom it may not be taken for, and who is
 * not let in. Decides by keys alone: names and addresses only make warnings.
 *
 * Invariants: a peer counts as VERIFIED only while its key is kept, and is told so
 * only once that is durable; a key that is not the expected one, or is blocked, is
 * refused before a byte of ours goes to it.
 */
import {
	errorInfo,
	SocktermError,
	toErrorInfo,
	type ErrorInfo,
} from '../../errors.js';
import {limitsFor, type PeerLimits} from '../../limits.js';
import {isLoopback} from '../../util/address.js';
import type {DialTarget} from '../commands.js';
import type {EngineContext, EngineOptions} from '../context.js';
import type {Trust, TrustWarning} from '../events.js';
import type {PeerId, SafeText} from '../ids.js';
import {
	judgeOffer,
	withGrant,
	type AskedOffer,
	type Verdict,
} from './auto-accept.js';
import {createPairings, type Pairings} from './pairings.js';
import type {PeerSession} from '../sessions/peer-session.js';
import type {PeerEntry, PeerTable} from '../sessions/peer-table.js';
import {toSafeText} from '../sanitize.js';
import {
	isBlockedHost,
	pinLike,
	pinOf,
	withPin,
	withPlace,
} from './trust-book.js';
import type {Pin} from './trust-commands.js';
import {createTrustKeeper, type TrustKeeper} from './trust-keeper.js';

/** What sessions ask before they begin. */
export interface TrustGate {
	/** Why a proven key is to hear nothing from us; undefined: it may. */
	refusal(
		peerId: PeerId,
		dialled?: {readonly target: DialTarget; readonly entry?: PeerEntry},
	): ErrorInfo | undefined;
	/** Why it is sent away once it has said who it is. */
	refusalAfterHello(peerId: PeerId, name: SafeText): ErrorInfo | undefined;
	/** What a session counts as, and its name on the screen. */
	standing(peerId: PeerId, nick: SafeText): {trust: Trust; name: SafeText};
	/** What a key may ask of us, as it counts at this moment. */
	limitsOf(peerId: PeerId): PeerLimits;
	/** Its row is there: what is to be said about it. */
	welcome(entry: PeerEntry, session: PeerSession): void;
}

export interface TrustKeeping extends TrustGate {
	readonly keeper: TrustKeeper;
	readonly pairings: Pairings;
	isBlockedHost(host: string): boolean;
	isVerified(peerId: PeerId): boolean;
	/** A peer calls itself something else. */
	renamed(entry: PeerEntry, session: PeerSession, nick: SafeText): void;
	/** Whether an offer is taken without asking; what is taken is counted, and that is durable. */
	judgeOffer(peerId: PeerId, offer: AskedOffer): Promise<Verdict>;
	/** Tells what the peers of the list count as now. */
	judge(): void;
}

/** What of a session is worth remembering for the next time. */
function placeOf({
	connection,
	target,
}: PeerSession): Pick<Pin, 'target' | 'host'> {
	const {host} = connection.remote;
	if (!target) return {host};
	return {host, target: {host: target.host, port: target.port}};
}

export function createTrust(
	context: EngineContext,
	table: PeerTable,
	{autoAccept}: Pick<EngineOptions, 'autoAccept'>,
): TrustKeeping {
	const keeper = createTrustKeeper(context);
	const {book} = keeper;
	const nameOf = (pin: Pin) => toSafeText(pin.petname);

	const standing: TrustGate['standing'] = (peerId, nick) => {
		const pin = pinOf(book(), peerId);
		const name = pin ? nameOf(pin) : nick;
		if (book().blockedKeys.includes(peerId)) return {trust: 'BLOCKED', name};
		return {trust: pin ? 'VERIFIED' : 'UNVERIFIED', name};
	};

	const judge = () => {
		for (const entry of table.entries.values()) {
			const {key: peer, peerId} = entry;
			if (!peerId) continue;
			if (entry.keyChanged && pinOf(book(), peerId)) continue;
			entry.keyChanged = false;
			const {trust, name} = standing(peerId, entry.nick ?? entry.name);
			const shown = context.state().peers.get(peer);
			if (!shown || (shown.trust === trust && shown.name === name)) continue;
			entry.name = name;
			context.emit({type: 'trust/judged', peer, trust, name});
			if (trust === 'BLOCKED') entry.session?.close();
		}
	};

	/** Whom it could be taken for by its name, or else by where it is. */
	const doubleOf = (
		session: PeerSession,
		nick: SafeText,
	): {warning: TrustWarning; pin: Pin} | undefined => {
		const {peerId, target, connection} = session;
		const alike = pinLike(book(), nick, peerId);
		if (alike) return {warning: 'lookalike', pin: alike};
		const {host} = connection.remote;
		const before = book().pins.find(
			pin =>
				(pin.host === host && !isLoopback(host)) ||
				(target?.host === pin.target?.host &&
					target?.port === pin.target?.port &&
					target !== undefined),
		);
		return before && {warning: 'otherKey', pin: before};
	};

	const warn = (entry: PeerEntry, session: PeerSession, nick: SafeText) => {
		if (pinOf(book(), session.peerId)) return;
		const found = doubleOf(session, nick);
		if (!found) return;
		const {warning, pin} = found;
		const petname = nameOf(pin);
		const said = context.state().peers.get(entry.key)?.warning;
		// Names that change do not make the same warning worth saying again.
		if (said?.kind === warning && said.petname === petname) return;
		context.emit({type: 'trust/warned', peer: entry.key, warning, petname});
	};

	const keepPaired = async (
		entry: PeerEntry,
		session: PeerSession,
		petname: string | undefined,
	) => {
		const {peerId, hello} = session;
		const at = context.ports.clock.now();
		await keeper.change(before =>
			withPlace(
				withPin(before, {
					peerId,
					nick: hello.nick,
					at,
					...(petname === undefined ? {} : {petname}),
				}),
				peerId,
				placeOf(session),
			),
		);
		// Another program of ours may have unpaired it, or have written over it, meanwhile.
		await keeper.refresh();
		judge();
		const pin = pinOf(book(), peerId);
		if (!pin) {
			throw new SocktermError('unpairedMeanwhile', {name: entry.name});
		}

		context.emit({
			type: 'trust/paired',
			peer: entry.key,
			peerId,
			petname: nameOf(pin),
		});
	};

	const judgeAsked: TrustKeeping['judgeOffer'] = async (peerId, offer) => {
		let verdict: Verdict = {kind: 'ask'};
		if (!autoAccept) return verdict;
		try {
			// On what is kept at that moment: of two offers at once the second one counts the first.
			await keeper.change(before => {
				const pin = pinOf(before, peerId);
				const isBlocked = before.blockedKeys.includes(peerId);
				const trust = isBlocked ? 'BLOCKED' : pin ? offer.trust : 'UNVERIFIED';
				const caps = pin?.autoAccept ?? autoAccept.caps;
				const now = context.ports.clock.now();
				verdict = judgeOffer({...offer, trust}, caps, pin?.granted, now);
				if (!pin || verdict.kind === 'ask') return before;
				const counted = withGrant(pin, verdict.bytes, now);
				const pins = before.pins.map(each => (each === pin ? counted : each));
				return {...before, pins};
			});
		} catch (error) {
			return {kind: 'ask', why: toErrorInfo(error)};
		}

		return verdict;
	};

	const pairings = createPairings(context, (entry, session, petname) => {
		keepPaired(entry, session, petname).catch((error: unknown) => {
			context.emit({
				type: 'trust/pairingFailed',
				peer: entry.key,
				error: toErrorInfo(error),
			});
		});
	});

	return {
		keeper,
		pairings,
		standing,
		limitsOf: peerId => limitsFor(pinOf(book(), peerId) !== undefined),
		judge,
		judgeOffer: judgeAsked,
		refusal(peerId, dialled) {
			// Who was verified there is expected there again, however it was dialled.
			const {entry, target} = dialled ?? {};
			const held = entry?.peerId;
			const pinned = held && pinOf(book(), held) ? held : undefined;
			const expected = target?.expect ?? pinned;
			if (expected !== undefined && expected !== peerId) {
				const pin = pinOf(book(), expected);
				const name = pin ? nameOf(pin) : (entry?.name ?? '');
				return errorInfo('keyChanged', {name});
			}

			if (!book().blockedKeys.includes(peerId)) return undefined;
			const pin = pinOf(book(), peerId);
			const name = pin ? nameOf(pin) : peerId.slice(0, 8);
			return errorInfo('peerBlocked', {name});
		},
		refusalAfterHello: (peerId, name) =>
			context.choices.requireVerified && !pinOf(book(), peerId)
				? errorInfo('notVerified', {name})
				: undefined,
		welcome(entry, session) {
			const {peerId} = session;
			warn(entry, session, entry.nick ?? entry.name);
			// Paired, or blocked, by another program of ours.
			void keeper.refresh().then(judge);
			const place = placeOf(session);
			// Where it was is a hint: that it could not be kept harms nobody.
			if (withPlace(book(), peerId, place) === book()) return;
			keeper
				.change(before => withPlace(before, peerId, place))
				.catch(() => undefined);
		},
		isVerified: peerId => standing(peerId, toSafeText('')).trust === 'VERIFIED',
		isBlockedHost: host => isBlockedHost(book(), host),
		renamed(entry, session, nick) {
			entry.nick = nick;
			// What we call a verified one is not for it to change.
			if (pinOf(book(), session.peerId)) return;
			entry.name = nick;
			context.emit({type: 'peer/renamed', peer: entry.key, name: nick});
			warn(entry, session, nick);
		},
	};
}
