/** Peers that take their time, all at once: each is gone when its time is over, and a good one is served meanwhile. */
import {expect, onTestFinished, test} from 'vitest';
import {besiege} from '../helpers/besieged-program.js';
import {testFolder} from '../helpers/sockterm-program.js';

const script = 'patience.py';

/** It saw the end after so many seconds, give or take one. */
const after = (least: number, most: number) => {
	const seconds = Array.from(
		{length: most - least},
		(_, index) => least + index,
	);
	return new RegExp(`"after": (?:${seconds.join('|')})\\.`);
};

test('slow handshakes, HELLOs, tickets and readers', async () => {
	const program = await besiege(testFolder());
	onTestFinished(async () => program.stop());
	const peers = [
		['half-handshake', 'peer/refused handshakeTimedOut', after(9, 13)],
		['slow-handshake', 'peer/refused handshakeTimedOut', after(9, 13)],
		['early-data', 'peer/refused', after(0, 13)],
		['no-hello', 'peer/refused helloTimedOut', after(4, 8)],
		['slow-hello', 'peer/refused helloTimedOut', after(3, 8)],
		['no-ticket', 'chat/received', after(4, 8)],
		['slow-ticket', 'chat/received', after(4, 8)],
		['never-reads', 'peer/left', '"asked"'],
		['late-ticket', 'transfer/interrupted laneLost', '"late": []'],
	] as const;
	const attack = program.attackAtOnce(
		peers.map(([kind, told, seen]) => ({script, kind, told, seen})),
	);
	await program.listening.fact(
		'peer/connected',
		({name}) => name === 'never reads',
	);
	expect(await program.serve()).toBeLessThan(5_000);
	expect(await attack).toStrictEqual([]);
	await program.refusals();
});
