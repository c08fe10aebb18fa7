/**
 * The built program against a speaker that was written in Python from docs/protocol.md alone:
 * every legal flow, and every frame in both directions. Both sides are looked at.
 */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {framesOf, framesOfAllFlows} from '../helpers/independent-speaker.js';
import {chatFlows} from './speaker-flows/chat.js';
import {pairingFlows} from './speaker-flows/pairing.js';
import {receivingFlows} from './speaker-flows/receiving.js';
import {roomFlows} from './speaker-flows/rooms.js';
import {sendingFlows} from './speaker-flows/sending.js';

describe.each([
	['control', chatFlows],
	['files of the speaker', sendingFlows],
	['files of the program', receivingFlows],
	['pairing', pairingFlows],
	['rooms', roomFlows],
])('%s', (_, flows) => {
	test.each(Object.entries(flows))('%s', async (_name, run) => run());
});

test('every frame of the document went both ways', () => {
	const document = readFileSync(
		fileURLToPath(new URL('../../docs/protocol.md', import.meta.url)),
		'utf8',
	);
	const all = framesOf(document).toSorted();
	expect(all).toHaveLength(37);
	expect([...framesOfAllFlows.sent].toSorted()).toEqual(all);
	// A hint, which sockterm takes and does not give.
	expect(document).toContain('sockterm\n  sends none');
	expect([...framesOfAllFlows.received].toSorted()).toEqual(
		all.filter(name => name !== 'DURABLE'),
	);
});
