/** A message of several lines, from the composer to whoever gets it; lines that were typed, after a restart. */
import {existsSync, readFileSync, statSync} from 'node:fs';
import {createConnection} from 'node:net';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {
	startConsole,
	startListening,
	startPair,
	testFolder,
} from '../helpers/sockterm-program.js';

const altEnter = '\u001B\r';

test('to a sockterm peer it is one message on several rows, each behind the gutter', async () => {
	const {alice, bob} = await startPair();
	bob.write(`def f():${altEnter}    return 世界${altEnter}# end\r`);
	await bob.waitFor('✓');
	const screen = await alice.waitFor('# end');
	const rows = screen.split('\n');
	const first = rows.findIndex(row => row.includes('def f():'));
	expect(rows[first]).toMatch(/bob\s+> def f\(\):/);
	expect(rows[first + 1]).toMatch(/│\s+┊ {5}return 世界\s+│/);
	expect(rows[first + 2]).toMatch(/│\s+┊ # end\s+│/);
});

test('to a plain peer it is lines, with what ends them there', async () => {
	const alice = await startConsole();
	const client = createConnection({host: '127.0.0.1', port: alice.tcpPort});
	let received = '';
	client.setEncoding('utf8');
	const told = new Promise<void>(resolve => {
		client.on('data', (text: string) => {
			received += text;
			if (received.includes('three')) resolve();
		});
	});
	client.write('hello\n');
	await alice.waitFor('hello');
	alice.write('\u001B2/eol crlf\r');
	alice.write(`one${altEnter}two${altEnter}three\r`);
	await told;
	expect(received).toBe('one\r\ntwo\r\nthree\r\n');
	client.destroy();
});

test('a script gets its lines', async () => {
	const listening = await startListening();
	const bob = await startConsole({
		args: ['--connect', `127.0.0.1:${listening.tcpPort}`],
	});
	await bob.waitFor(/UNVERIFIED/);
	bob.write(`one${altEnter}two\r`);
	expect(await listening.fact('chat/received')).toMatchObject({
		text: 'one␊two',
		lines: ['one', 'two'],
	});
});

test('typed lines come back after a restart, for their owner alone; with --no-history none are kept', async () => {
	const home = testFolder();
	const first = await startConsole({home});
	first.enter('/nick someone');
	await first.waitFor(/sockterm\s+someone/);
	first.write('\u0003\u0003');
	await first.exit;
	const path = join(home, 'state', 'lines.json');
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(readFileSync(path, 'utf8')).toContain('/nick someone');
	const second = await startConsole({home});
	second.write('\u001B[A');
	await second.waitFor('› /nick someone');

	const other = testFolder();
	const without = await startConsole({home: other, args: ['--no-history']});
	without.enter('/nick nobody');
	await without.waitFor(/sockterm\s+nobody/);
	without.write('\u001B[A');
	await without.waitFor('› /nick nobody');
	without.write('\u0003\u0003\u0003');
	await without.exit;
	expect(existsSync(join(other, 'state', 'lines.json'))).toBe(false);
});
