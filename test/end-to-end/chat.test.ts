import {describe, expect, test} from 'vitest';
import {
	runPeer,
	startConsole,
	startListening,
	startPair,
} from '../helpers/sockterm-program.js';

/** The row of the screen that holds the text. */
const rowWith = (screen: readonly string[], text: string) =>
	screen.find(row => row.includes(text)) ?? '';

describe('two consoles', () => {
	test('talk both ways, see ✓ when the other side has it, and see each other leave', async () => {
		const {alice, bob} = await startPair();

		bob.enter('hi, the build is up');
		await alice.waitFor('hi, the build is up');
		await bob.waitFor(/hi, the build is up.*✓/);

		alice.enter('sending it now 你好 😀');
		await bob.waitFor('sending it now 你好 😀');
		await alice.waitFor(/sending it now.*✓/);

		// Wide characters move no border: the right edge of the row is where it is elsewhere.
		const row = rowWith(bob.screen(), 'sending it now');
		expect(row).toMatch(/│\s*$|│.*│/);

		bob.enter('/quit');
		expect((await bob.exit).code).toBe(0);
		await alice.waitFor(/bob.*left/i);
	});

	test('find each other again after a cut, and a line typed meanwhile arrives once', async () => {
		const {alice, bob} = await startPair();
		const port = alice.tcpPort;
		alice.kill('SIGKILL');
		await alice.exit;
		// The countdown beside the name.
		await bob.waitFor(/alice\s+\d+ s/);
		bob.enter('typed while you were away');

		const again = await startConsole({
			name: 'alice',
			home: alice.home,
			tcp: port,
		});
		await again.waitFor('typed while you were away', 20_000);
		await bob.waitFor(/typed while you were away.*✓/);
		bob.enter('the next one');
		await again.waitFor('the next one');
		const copies = again
			.screen()
			.filter(row => row.includes('typed while you were away'));
		expect(copies).toHaveLength(1);
	});
});

describe('a console and a script', () => {
	test('an independent speaker of the protocol talks with the console', async () => {
		const alice = await startConsole({name: 'alice'});
		const speaker = runPeer('sockterm_speaker.py', [
			'127.0.0.1',
			alice.tcpPort,
			'--nick',
			'python',
		]);
		await speaker.waitForLine('"name": "hello"');
		await alice.waitFor('python');
		speaker.write('say hello from python\n');
		await alice.waitFor('hello from python');
		await speaker.waitForLine('"name": "ack"');

		alice.enter('/msg python and hello back');
		await speaker.waitForLine('and hello back');
		await alice.waitFor(/and hello back.*✓/);
		speaker.write('bye\n');
		await alice.waitFor(/python.*left/i);
	});

	test('two listeners and a message by id: the same id twice is shown once', async () => {
		const listening = await startListening();
		const speaker = runPeer('sockterm_speaker.py', [
			'127.0.0.1',
			listening.tcpPort,
		]);
		await speaker.waitForLine('"name": "hello"');
		speaker.write('frame 82 {"id":"one","text":"said once"}\n');
		speaker.write('frame 82 {"id":"one","text":"said once"}\n');
		speaker.write('frame 82 {"id":"two","text":"and the end"}\n');
		await listening.fact('chat/received', ({text}) => text === 'and the end');
		expect(
			listening.facts('chat/received').map(({text}) => text),
		).toStrictEqual(['said once', 'and the end']);
		// Both copies are acknowledged, or the sender would send it for ever.
		await speaker.waitForLine('"id": "two"');
		expect(
			speaker.lines.filter(line => line.includes('"id": "one"')),
		).toHaveLength(2);
	});
});
