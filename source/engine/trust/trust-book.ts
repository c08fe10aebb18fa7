/**
 * Edits of what is known about keys: pins and blocks, as values. Decides what a
 * pet name may be. Invariants: a key has one pet name, and no two pet names look
 * alike, so that a name on the screen means one key.
 */
import {SocktermError, toErrorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {
	addressBytes,
	isInRange,
	parseAddressRange,
} from '../../util/address-range.js';
import {fromHex, toZBase32} from '../../util/bytes.js';
import type {PeerId} from '../ids.js';
import {areUsable} from './auto-accept.js';
import {readingsOf, shareOne} from './lookalike.js';
import {toSafeText} from '../sanitize.js';
import type {AutoAccept, Pin, TrustBook} from './trust-commands.js';

const fold = (name: string) => name.normalize('NFC').toLowerCase();

export const pinOf = (book: TrustBook, peerId: PeerId): Pin | undefined =>
	book.pins.find(pin => pin.peerId === peerId);

/** Throws noSuchPin. */
export function pinCalled(book: TrustBook, petname: string): Pin {
	const name = fold(petname.trim());
	const pin = book.pins.find(each => fold(each.petname) === name);
	if (!pin) throw new SocktermError('noSuchPin', {petname: shown(petname)});
	return pin;
}

/** The pin of another key whose name a name may be taken for. */
export const pinLike = (
	book: TrustBook,
	name: string,
	peerId: PeerId,
): Pin | undefined => {
	const theirs = readingsOf(name);
	return book.pins.find(
		pin => pin.peerId !== peerId && shareOne(readingsOfPin(pin), theirs),
	);
};

/** A peer that renames itself again and again is compared with a thousand pins each time. */
const pinReadings = new WeakMap<Pin, readonly string[]>();

function readingsOfPin(pin: Pin): readonly string[] {
	const known = pinReadings.get(pin) ?? readingsOf(pin.petname);
	pinReadings.set(pin, known);
	return known;
}

const shown = (petname: string) =>
	toSafeText(petname, {
		maxCharacters: limits.petnameCharacters,
		joiners: false,
	});

/** Throws badPetname, petnameTaken. */
export function checkPetname(
	book: TrustBook,
	petname: string,
	peerId: PeerId,
): void {
	const most = limits.petnameCharacters;
	const isWord = /^[^\s\p{C}]+$/u.test(petname) && petname.length <= most;
	if (!isWord || shown(petname) !== petname) {
		throw new SocktermError('badPetname', {petname: shown(petname), most});
	}

	const other = pinLike(book, petname, peerId);
	if (!other) return;
	throw new SocktermError('petnameTaken', {petname, name: other.petname});
}

/** Why a key cannot be called so: badPetname, petnameTaken. */
export function petnameProblem(
	book: TrustBook,
	petname: string,
	peerId: PeerId,
): ErrorInfo | undefined {
	try {
		checkPetname(book, petname, peerId);
		return undefined;
	} catch (error) {
		return toErrorInfo(error);
	}
}

/** What a key is called where nobody has said: as it calls itself, made one free word. */
export function freePetname(
	book: TrustBook,
	nick: string,
	peerId: PeerId,
): string {
	const word = toSafeText(nick.trim(), {joiners: false}).replaceAll(
		/[\s\p{C}…]+/gu,
		'-',
	);
	const isFree = (name: string) => !petnameProblem(book, name, peerId);

	// Room for a number behind it.
	const base = Array.from(word).slice(0, 20).join('').slice(0, 24);
	const candidates = [
		base,
		...Array.from({length: 9}, (_, index) => `${base}-${index + 2}`),
	];
	const key = toZBase32(fromHex(peerId)!);
	return candidates.find(each => isFree(each)) ?? key.slice(0, 16);
}

export interface NewPin {
	readonly peerId: PeerId;
	/** Missing: the one that it has, or one made of its nick. */
	readonly petname?: string;
	readonly nick: string;
	readonly at: number;
}

/** Throws badPetname, petnameTaken, tooManyPins. */
export function withPin(book: TrustBook, wanted: NewPin): TrustBook {
	const {peerId, nick, at} = wanted;
	const held = pinOf(book, peerId);
	const petname =
		wanted.petname ?? held?.petname ?? freePetname(book, nick, peerId);
	checkPetname(book, petname, peerId);
	if (held) {
		const pins = book.pins.map(pin =>
			pin === held ? {...held, petname, addedAt: at} : pin,
		);
		return {...book, pins};
	}

	if (book.pins.length >= limits.pins) {
		throw new SocktermError('tooManyPins', {most: limits.pins});
	}

	return {...book, pins: [...book.pins, {peerId, petname, addedAt: at}]};
}

/** The pin with what was learned about it; the same book where nothing is new. */
export function withPlace(
	book: TrustBook,
	peerId: PeerId,
	place: Pick<Pin, 'target' | 'host'>,
): TrustBook {
	const held = pinOf(book, peerId);
	if (!held) return book;
	const pin = {...held, ...place};
	if (JSON.stringify(pin) === JSON.stringify(held)) return book;
	return {...book, pins: book.pins.map(each => (each === held ? pin : each))};
}

/** Throws noSuchPin, badPetname, petnameTaken. */
export function withName(
	book: TrustBook,
	petname: string,
	to: string,
): TrustBook {
	const held = pinCalled(book, petname);
	checkPetname(book, to, held.peerId);
	const pins = book.pins.map(pin =>
		pin === held ? {...held, petname: to} : pin,
	);
	return {...book, pins};
}

/** Throws noSuchPin, badCaps. */
export function withAutoAccept(
	book: TrustBook,
	petname: string,
	caps: AutoAccept | undefined,
): TrustBook {
	const held = pinCalled(book, petname);
	if (caps && !areUsable(caps)) {
		const most = limits.entriesPerOffer;
		throw new SocktermError('badCaps', {name: shown(petname), most});
	}

	const {autoAccept: _before, ...rest} = held;
	const pin = caps ? {...rest, autoAccept: caps} : rest;
	return {...book, pins: book.pins.map(each => (each === held ? pin : each))};
}

export type Block = {readonly peerId: PeerId} | {readonly address: string};

/** Throws badRange, tooManyPins. */
export function withBlock(book: TrustBook, block: Block): TrustBook {
	const {blockedKeys, blockedAddresses} = withoutBlock(book, block);
	const most = limits.blocked;
	const full = () => new SocktermError('tooManyPins', {most});
	if ('peerId' in block) {
		if (blockedKeys.length >= most) throw full();
		return {...book, blockedKeys: [...blockedKeys, block.peerId]};
	}

	if (!parseAddressRange(block.address)) {
		throw new SocktermError('badRange', {range: block.address});
	}

	if (blockedAddresses.length >= most) throw full();
	return {...book, blockedAddresses: [...blockedAddresses, block.address]};
}

/** The same book where it was not blocked. */
export function withoutBlock(book: TrustBook, block: Block): TrustBook {
	const {blockedKeys, blockedAddresses} = book;
	if ('peerId' in block) {
		if (!blockedKeys.includes(block.peerId)) return book;
		const rest = blockedKeys.filter(each => each !== block.peerId);
		return {...book, blockedKeys: rest};
	}

	if (!blockedAddresses.includes(block.address)) return book;
	const rest = blockedAddresses.filter(each => each !== block.address);
	return {...book, blockedAddresses: rest};
}

/** Whether an address is kept out. */
export function isBlockedHost(book: TrustBook, host: string): boolean {
	if (book.blockedAddresses.length === 0) return false;
	const bytes = addressBytes(host);
	if (!bytes) return false;
	return book.blockedAddresses.some(text => {
		const range = parseAddressRange(text);
		return range !== undefined && isInRange(bytes, range);
	});
}
