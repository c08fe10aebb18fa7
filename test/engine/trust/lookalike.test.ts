import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {toSafeText} from '../../../source/engine/sanitize.js';
import {looksLike, looksOf} from '../../../source/engine/trust/lookalike.js';
import {
	checkPetname,
	freePetname,
	isBlockedHost,
	withBlock,
	withoutBlock,
	withPin,
} from '../../../source/engine/trust/trust-book.js';
import {emptyTrustBook} from '../../../source/engine/trust/trust-commands.js';
import type {SocktermError} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {peerIdOf} from '../../helpers/engine-under-test.js';

describe('looksLike', () => {
	it.each([
		['bob', 'BOB'],
		['bob', 'b0b'],
		['bob', 'Воb'],
		['alice', 'a1ice'],
		['alice', 'AlIce'],
		['alice', 'аӏіϲе'],
		['paul', 'раυl'],
		['tim', 'tirn'],
		['will', 'vvill'],
		['dora', 'clora'],
		['andré', 'andre'],
		['Jörg', 'jorg'],
		['anna maria', 'anna-maria'],
		['bob', 'ｂｏｂ'],
		['bob', '𝐛𝐨𝐛'],
		['bob', 'b\u200Bob'],
		['bob', toSafeText('b\u200Bob', {joiners: false})],
		['bob', toSafeText('\u202Ebob', {joiners: false})],
		['bob', 'bob ✓ VERIFIED'],
		['bob', 'BLOCKED bob'],
		['老张', '老张 '],
	])('takes %s for %s', (one, other) => {
		expect(looksLike(one, other)).toBe(true);
		expect(looksLike(other, one)).toBe(true);
	});

	it.each([
		['bob', 'bobby'],
		['bob', 'rob'],
		['老张', '老李'],
		['bob', 'VERIFIED'],
		['verified', 'plain'],
		['…', '---'],
		['', ''],
	])('tells %s from %s', (one, other) => {
		expect(looksLike(one, other)).toBe(false);
	});

	it('is the same for what normalises to the same, and again', () => {
		fc.assert(
			fc.property(fc.string({unit: 'grapheme'}), name => {
				expect(looksOf(name.normalize('NFKD'))).toBe(looksOf(name));
				expect(looksOf(name.normalize('NFC'))).toBe(looksOf(name));
			}),
		);
	});
});

const book = withPin(emptyTrustBook, {
	peerId: peerIdOf('bob'),
	nick: 'bob',
	at: 1,
});
const codeOf = (run: () => unknown) => {
	try {
		run();
		return undefined;
	} catch (error) {
		return (error as SocktermError).info.code;
	}
};

test('a name made of a nick is always one that may be kept', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), nick => {
			const carol = peerIdOf('carol');
			checkPetname(book, freePetname(book, nick, carol), carol);
		}),
	);
	expect(freePetname(book, 'B0b', peerIdOf('carol'))).toBe('B0b-2');
	expect(freePetname(book, 'the other one', peerIdOf('carol'))).toBe(
		'the-other-one',
	);
});

test('a book is full at its limits', () => {
	const full = {
		...emptyTrustBook,
		pins: Array.from({length: limits.pins}, (_, index) => ({
			peerId: peerIdOf(String(index)),
			petname: `p${index}`,
			addedAt: 1,
		})),
		blockedAddresses: Array.from(
			{length: limits.blocked},
			(_, index) => `10.0.${index >> 8}.${index & 255}`,
		),
	};
	const add = {peerId: peerIdOf('new'), nick: 'zzz', at: 1};
	expect(codeOf(() => withPin(full, add))).toBe('tooManyPins');
	expect(codeOf(() => withBlock(full, {address: '::1'}))).toBe('tooManyPins');
	expect(withBlock(full, {address: '10.0.0.7'}).blockedAddresses).toHaveLength(
		limits.blocked,
	);
});

test('blocked addresses are ranges too', () => {
	const blocked = withBlock(book, {address: '10.0.0.0/8'});
	expect(isBlockedHost(blocked, '10.1.2.3')).toBe(true);
	expect(isBlockedHost(blocked, '11.1.2.3')).toBe(false);
	expect(isBlockedHost(blocked, 'nonsense')).toBe(false);
	expect(withoutBlock(blocked, {address: '10.0.0.0/8'})).toEqual(book);
	expect(withoutBlock(book, {address: '10.0.0.0/8'})).toBe(book);
});
