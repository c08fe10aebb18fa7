import {expect, test} from 'vitest';
import {
	pairingInputs,
	type PairingTry,
} from '../../source/protocol/pairing-inputs.js';
import {toHex} from '../../source/util/bytes.js';
import {bytesOf} from './pairing-sides.js';

const side = (name: string) => ({
	peerId: bytesOf(name),
	hello: bytesOf(`hello of ${name}`, 100),
});
const attempt: PairingTry = {
	exporter: bytesOf('line'),
	typing: side('alice'),
	showing: side('bob'),
	code: '314159',
	round: 1,
	attempt: 1,
};
const written = (one: PairingTry) =>
	Object.values(pairingInputs(one)).map(part => toHex(part as Uint8Array));

/** Which of secret, channel, session and the data of both sides are others. */
test.each<[string, Partial<PairingTry>, string]>([
	['the code', {code: '314158'}, 'x....'],
	['the connection', {exporter: bytesOf('other line')}, '..x..'],
	['the round', {round: 2}, '..x..'],
	['the attempt', {attempt: 2}, '..x..'],
	['a key', {typing: {...attempt.typing, peerId: bytesOf('m')}}, '.x...'],
	[
		'the other key',
		{showing: {...attempt.showing, peerId: bytesOf('m')}},
		'.x...',
	],
	['a HELLO', {typing: {...attempt.typing, hello: bytesOf('m')}}, '...xx'],
	[
		'the other HELLO',
		{showing: {...attempt.showing, hello: bytesOf('m')}},
		'...xx',
	],
	['the roles', {typing: attempt.showing, showing: attempt.typing}, '.x.xx'],
])('%s is in what both must have the same', (_, change, others) => {
	const before = written(attempt);
	const after = written({...attempt, ...change});
	const marks = after.map((part, index) =>
		part === before[index] ? '.' : 'x',
	);
	expect(marks.join('')).toBe(others);
});

test('the data of the two sides are never the same', () => {
	const {initiatorData, responderData} = pairingInputs(attempt);
	expect(toHex(initiatorData)).not.toBe(toHex(responderData));
});
