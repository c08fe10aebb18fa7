/** What was said is there after a restart, is found, and is gone when it is cleared. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {startConsole, testFolder} from '../helpers/sockterm-program.js';

const quit = async (alice: Awaited<ReturnType<typeof startConsole>>) => {
	alice.enter('/quit');
	expect((await alice.exit).code).toBe(0);
};

test('two consoles talk, one starts again, finds 好世界, and clears it', async () => {
	const home = testFolder();
	const bob = await startConsole({name: 'bob'});
	const first = await startConsole({
		name: 'alice',
		home,
		args: ['--connect', `127.0.0.1:${bob.tcpPort}`],
	});
	await first.waitFor('to bob');
	await bob.waitFor('alice');
	first.enter('say 你好世界 once');
	await first.waitFor(/say 你好世界 once +✓/);
	await bob.waitFor('say 你好世界 once');
	bob.enter('and an answer');
	await first.waitFor('and an answer');
	await quit(first);

	const second = await startConsole({
		name: 'alice',
		home,
		args: ['--connect', `127.0.0.1:${bob.tcpPort}`],
	});
	await second.waitFor('to bob');
	const screen = await second.waitFor('this run begins');
	expect(screen).toMatch(/say 你好世界 once +✓/);
	expect(screen.indexOf('and an answer')).toBeLessThan(
		screen.indexOf('this run begins'),
	);

	second.enter('/search 好世界');
	await second.waitFor('“好世界” in the history');
	await second.waitFor('1 line');
	second.write('\r');
	await second.waitFor(text => !text.includes('in the history'));
	second.write('i');
	await second.waitFor('to bob › type');
	second.enter('/clear');
	await second.waitFor('everything that was said with bob');
	second.write('y');
	await second.waitFor('gone from the history');
	expect(second.text()).not.toContain('你好世界');
	second.enter('/search 好世界');
	await second.waitFor('is nowhere in the history');
	second.write('\u001B');
	await second.waitFor(text => !text.includes('is nowhere'));
	second.write('i');
	await second.waitFor('to bob › type');
	await quit(second);
	const file = readFileSync(join(home, 'state', 'history.db'));
	expect(file.includes('你好世界')).toBe(false);
	expect(file.includes('and an answer')).toBe(false);
});

test('with --no-history there is no file', async () => {
	const alice = await startConsole({args: ['--no-history']});
	alice.enter('/history');
	await alice.waitFor('No history is kept in this run');
	alice.write('q');
	await alice.waitFor(text => !text.includes('No history is kept'));
	await quit(alice);
	expect(() => readFileSync(join(alice.home, 'state', 'history.db'))).toThrow(
		'ENOENT',
	);
});
