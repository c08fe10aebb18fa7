/** The clipboard is the user's: nothing that a stranger sends gets there, and a copy goes out once, when it is asked for. */
import {once} from 'node:events';
import {connect} from 'node:net';
import {expect, test} from 'vitest';
import {sayOrder} from '../helpers/attack-orders.js';
import {runPeer, startConsole} from '../helpers/sockterm-program.js';
import {strayOutput} from '../helpers/terminal-output.js';

const escape = '\u001B';
const bell = '\u0007';
const stolen = Buffer.from('rm -rf ~').toString('base64');
/** Each way to begin it, each thing to ask for, each way to end it, and none. */
const attempts = [`${escape}]`, '\u009D', `${escape}${escape}]`].flatMap(
	begin =>
		[`52;c;${stolen}`, `52;;${stolen}`, '52;p;?', '052;c;!'].flatMap(body =>
			[bell, `${escape}\\`, '\u009C', ''].map(end => begin + body + end),
		),
);
const rounds = 40;
const copies = new RegExp(
	`(?:${escape}\\]|\u009D)0*52[^${bell}]*${bell}?`,
	'g',
);

test('only a copy that the user asks for goes out, however many are tried', async () => {
	const alice = await startConsole({name: 'alice'});
	const copied = () => alice.output().match(copies) ?? [];
	const speaker = runPeer('sockterm_speaker.py', [
		'127.0.0.1',
		alice.tcpPort,
		'--nick',
		'evil',
	]);
	await speaker.waitForLine('connected');
	for (const [number, text] of attempts.entries()) {
		speaker.write(sayOrder(text, number));
	}

	speaker.write(sayOrder('messages over', attempts.length));
	await alice.waitFor('evil messages over');

	const raw = connect({host: '127.0.0.1', port: alice.tcpPort, noDelay: true});
	raw.resume();
	await once(raw, 'connect');
	for (let round = 0; round < rounds; round++) {
		for (const text of attempts) raw.write(`${round} ${text}\n`);
	}

	// The last one ends in the middle of an attempt, and the next write has its rest.
	raw.write(`cut ${escape}]5`);
	raw.write(`2;c;${stolen}${bell}\n`);
	const last = 'flood over 你好';
	raw.write(`${last}\n`);
	await alice.waitFor(last);
	expect(copied()).toEqual([]);

	alice.write(escape);
	await alice.waitFor('i write');
	alice.write('y');
	await alice.waitFor('Gave the terminal');
	const own = Buffer.from(last).toString('base64');
	expect(copied()).toEqual([`${escape}]52;c;${own}${bell}`]);
	expect(strayOutput(alice.output(), {copies: true})).toEqual([]);
	raw.destroy();
});
