/** A code that nobody types, by the clock that people have: a file of its own, because it takes two minutes. */
import {expect, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {startShowing} from './speaker-flows/pairing.js';

test('a code of the program expires, and the speaker is told', async () => {
	const {console, flow} = await startShowing('pair-end-of-theirs');
	const waitMs = limits.pairingMs + 15_000;
	expect(await flow.told('ended', waitMs)).toBe('expired');
	await console.waitFor('has expired');
	await flow.finished();
}, 180_000);
