import {existsSync, readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {
	type Listening,
	runPeer,
	startListening,
} from '../helpers/sockterm-program.js';

/** Whatever a bad peer did, the next good one is served. */
async function expectStillServing(listening: Listening): Promise<void> {
	const client = runPeer('course_tcp_client.py', [
		'127.0.0.1',
		listening.tcpPort,
		'still serving',
	]);
	await client.exit;
	await listening.fact('chat/received', ({text}) => text === 'still serving');
}

describe('frames that no one should send', () => {
	test.each([
		'huge',
		'empty',
		'one-over',
		'no-json',
		'no-utf8',
		'unknown-critical',
		'second-hello',
	])('%s: that one session ends, with a code', async kind => {
		const listening = await startListening();
		const peer = runPeer('absurd_frame.py', [
			'127.0.0.1',
			listening.tcpPort,
			kind,
		]);
		await peer.waitForLine('"closed": true');
		expect(peer.lines.some(line => line.includes('"name": "error"'))).toBe(
			true,
		);
		await expectStillServing(listening);
	});

	test('before hello nothing is believed either', async () => {
		const listening = await startListening();
		const peer = runPeer('absurd_frame.py', [
			'127.0.0.1',
			listening.tcpPort,
			'--before-hello',
		]);
		await peer.waitForLine('"closed": true');
		await expectStillServing(listening);
	});
});

describe('names that no one should offer', () => {
	test('are refused or made visible, and nothing is written outside the folder', async () => {
		const listening = await startListening(['--accept', 'all']);
		const evil = [0, 7, 14].map(first =>
			runPeer('evil_names.py', [
				'127.0.0.1',
				listening.tcpPort,
				'--from',
				first,
				'--count',
				7,
			]),
		);
		const answers: string[] = [];
		for (const [index, peer] of evil.entries()) {
			for (
				let offer = index * 7;
				offer < Math.min(20, index * 7 + 7);
				offer++
			) {
				const id = offer.toString(16).padStart(32, '0');
				const line = await peer.waitForLine(`"transfer": "${id}"`);
				answers.push(/"name": "(\w+)"/.exec(line)?.[1] ?? line);
			}
		}
		// Only names that became harmless by being written differently are taken.
		const taken = [8, 12, 13, 14, 17, 18];
		expect(answers).toStrictEqual(
			answers.map((_, offer) => (taken.includes(offer) ? 'accept' : 'decline')),
		);
		await listening.fact('chat/received', ({text}) =>
			String(text).includes('evil message'),
		);
		await expectStillServing(listening);

		// Nothing of it is a control character, not even as a JSON escape.
		for (const line of listening.lines) {
			expect(line).not.toMatch(/\\u00[01][\da-f]|\\u007f|\\u00[89][\da-f]/i);
			expect(line).not.toMatch(/[\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
		}
		expect(
			existsSync(listening.received) ? readdirSync(listening.received) : [],
		).toStrictEqual([]);
		expect(readdirSync(listening.home).sort()).not.toContain('x');
	});
});

describe('connections that go nowhere', () => {
	test('half a TLS handshake holds nobody up and is closed in time', async () => {
		const listening = await startListening();
		const half = runPeer('half_tls.py', ['127.0.0.1', listening.tcpPort]);
		await half.waitForLine('connected');
		await expectStillServing(listening);
		const closed = await half.waitForLine('closed after', 20_000);
		expect(Number(closed.split(' ').at(-1))).toBeLessThan(15);
	});

	test('a client that never reads does not stop the others', async () => {
		const listening = await startListening();
		const slow = runPeer('slow_reader.py', ['127.0.0.1', listening.tcpPort]);
		await slow.waitForLine('connected');
		await listening.fact('chat/received', ({text}) => text === 'I never read');
		await expectStillServing(listening);
	});
});
