/** What strangers say, under a real terminal: nothing of it is obeyed, and the console goes on. */
import {expect, test} from 'vitest';
import {
	runPeer,
	startConsole,
	testFolder,
} from '../helpers/sockterm-program.js';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** Sequences of `TROUBLE` in `test/peers/hostile/common.py`, and what else a terminal would answer or obey. */
const forbidden = [
	'\u001B]0;stolen',
	'\u001B]0;t',
	'\u001B]52;',
	// A reset, control strings: never ours.
	'\u001Bc',
	'\u001BP',
	'\u001B_',
	'\u001B^',
	'\u001B[6n\u202E',
	'\u202E',
	'\u200B',
	'\u009B',
	'\u009D',
	'\u0301'.repeat(9),
	'\u{E0041}',
];

test('escapes in every field that a console shows', async () => {
	const console = await startConsole({name: 'alice'});
	const home = testFolder();
	writeFileSync(join(home, 'udp-port'), String(console.udpPort));
	const before = console.modes();
	const titles = [...console.titles()];
	const peer = runPeer('hostile/escapes.py', [
		'127.0.0.1',
		console.tcpPort,
		'--home',
		home,
	]);
	const kinds = [
		'nick',
		'later-nick',
		'only-trouble',
		'message',
		'many-marks',
		'error-code',
		'proto-error-code',
		'decline-code',
		'pause-code',
		'feature',
		'raw-line',
		'raw-protocol',
		'datagram',
	];
	for (const kind of kinds) {
		peer.write(`${kind}\n`);
		const line = await peer.waitForLine(`"done": "${kind}"`);
		expect(line).not.toContain('broken');
	}

	// Everything there is to see is drawn: the offer, conversations, peers, datagrams, in every width.
	peer.write('bad-offer\n');
	await peer.waitForLine('"shown": true');
	await console.waitFor('name␛');
	for (const [columns, rows] of [
		[80, 24],
		[60, 20],
		[120, 40],
	] as const) {
		console.resize(columns, rows);
		await console.waitFor('name␛');
	}

	peer.write('\n');
	await peer.waitForLine('"done": "bad-offer"');
	console.write('\u001B');
	console.enter('/peers');
	await console.waitFor('nick␛');

	const output = console.output();
	expect(forbidden.filter(sequence => output.includes(sequence))).toStrictEqual(
		[],
	);
	// Whether there is a caret is a matter of the overlay that is open.
	const {cursorVisible} = console.modes();
	expect(console.modes()).toStrictEqual({...before, cursorVisible});
	const isNew = (title: string) => !titles.includes(title);
	expect(console.titles().filter(isNew).join()).not.toContain('stolen');

	const good = runPeer('course_tcp_client.py', [
		'127.0.0.1',
		console.tcpPort,
		'still here',
	]);
	await good.exit;
	console.write('\u001B');
	await console.waitFor('still here');
});
