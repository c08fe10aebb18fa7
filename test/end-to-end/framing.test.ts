/** Where a message ends, as the real console shows it of what a real client has sent. */
import {expect, test} from 'vitest';
import {runPeer, startConsole} from '../helpers/sockterm-program.js';

test('three messages that stick together are one chunk, and three frames of one read; a character that was cut is whole', async () => {
	const alice = await startConsole();
	const client = runPeer('sticky_messages.py', ['127.0.0.1', alice.tcpPort]);
	await client.waitForLine('sent 3');
	await alice.waitFor('third');
	alice.write('\u001B2');
	await alice.waitFor('to 127.0.0.1');
	const rows = (text: RegExp) =>
		alice.screen().filter(row => text.test(row)).length;

	alice.enter('/framing chunks');
	await alice.waitFor('chunks');
	await expect.poll(() => rows(/first.*next.*third/)).toBe(1);

	alice.enter('/framing length u32be');
	await expect.poll(() => rows(/> first\s/)).toBe(1);
	expect(rows(/> next\s/)).toBe(1);
	expect(rows(/> third\s/)).toBe(1);

	alice.enter('/reads on');
	await expect.poll(() => rows(/> first .*r1 1\/3/)).toBe(1);
	expect(rows(/> next .*r1 2\/3/)).toBe(1);
	expect(rows(/> third .*r1 3\/3/)).toBe(1);

	client.process.stdin?.write('\n');
	await client.waitForLine('sent text');
	// It came in two reads, which the mark says, and one of them ends inside a character.
	await expect.poll(() => rows(/断.*r2-3/)).toBe(1);
	alice.enter('/reads off');
	await expect.poll(() => rows(/> 断开的字\s/)).toBe(1);
});
