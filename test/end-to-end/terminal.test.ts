import {createServer} from 'node:net';
import {join} from 'node:path';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {
	runPeer,
	startConsole,
	testFolder,
} from '../helpers/sockterm-program.js';
import {cleanEnvironment, socktermScript} from '../helpers/programs.js';
import {openTerminal} from '../helpers/terminal.js';

describe('the screen', () => {
	test('re-flows from three columns to one and back, with straight borders', async () => {
		const alice = await startConsole({name: 'alice'});
		const client = runPeer('course_tcp_client.py', [
			'127.0.0.1',
			alice.tcpPort,
			'宽字符 wide text',
		]);
		await client.exit;
		await alice.waitFor('宽字符');

		/** The pane titles that stand side by side on the row of top borders. */
		const panesOf = (text: string) =>
			text
				.split('\n')
				.find(row => row.includes('╭'))
				?.match(/╭/g)?.length ?? 0;
		// Between two frames the screen is empty for a moment: the frame is waited for.
		const untilPanes = async (isRight: (count: number) => boolean) =>
			alice.waitFor(text => isRight(panesOf(text)));
		const settled = async (columns: number, rows: number) => {
			alice.resize(columns, rows);
			await alice.waitFor(text => {
				const lines = text.split('\n');
				const top = lines.find(line => line.includes('╭')) ?? '';
				// The panes fill the new width, and the last row is in use again.
				return (
					stringWidth(top) === columns && (lines.at(-1) ?? '').trim() !== ''
				);
			});
			for (const row of alice.screen()) {
				expect(stringWidth(row)).toBeLessThanOrEqual(columns);
			}
		};
		await untilPanes(count => count >= 3);
		await settled(80, 24);
		await untilPanes(count => count === 2);
		await alice.waitFor('宽字符');
		await settled(60, 20);
		await settled(50, 12);
		await settled(120, 40);
		await untilPanes(count => count >= 3);
		await alice.waitFor('宽字符');
		alice.resize(18, 4);
		await alice.waitFor(text => !text.includes('╭') && /\w{3}/.test(text));
		await settled(100, 30);
	});

	test('several keys in one read: typed, erased and submitted', async () => {
		const alice = await startConsole();
		alice.write('/nick carolx\u007F\u007Fyn\r');
		await alice.waitFor(/sockterm\s+caroyn/);
	});

	test('an unknown command is an error and leaves the line in the composer', async () => {
		const alice = await startConsole();
		alice.enter('/frobnicate now');
		await alice.waitFor(text => text.split('/frobnicate').length > 2);
	});
});

describe('bad input at the start', () => {
	test('a taken port: one sentence that names it, and the console goes on', async () => {
		const server = createServer();
		await new Promise<void>(resolve => {
			server.listen(0, '127.0.0.1', resolve);
		});
		const address = server.address();
		const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
		const home = testFolder();
		const terminal = openTerminal({
			command: process.execPath,
			args: [
				socktermScript,
				'--host',
				'127.0.0.1',
				'--tcp',
				String(port),
				'--udp',
				'0',
				'--state-dir',
				join(home, 'state'),
				'--dir',
				join(home, 'in'),
			],
			env: cleanEnvironment(home),
		});
		try {
			await terminal.waitFor(new RegExp(`${port} is taken`));
			await terminal.waitFor(/udp \S*:\d+/);
		} finally {
			await terminal.close();
			server.close();
		}
	});

	test('an unknown flag is a usage error on the normal screen', async () => {
		const home = testFolder();
		const terminal = openTerminal({
			command: process.execPath,
			args: [socktermScript, '--no-such-flag'],
			env: cleanEnvironment(home),
		});
		expect((await terminal.exit).code).toBe(2);
		expect(terminal.text()).toContain('--no-such-flag');
		expect(terminal.modes().alternateScreen).toBe(false);
		await terminal.close();
	});
});

describe('--practice', () => {
	test('shows a greeting, an echo, an offer and datagrams within ten seconds', async () => {
		const alice = await startConsole({args: ['--practice']});
		const before = Date.now();
		const left = () => Math.max(1, before + 10_000 - Date.now());
		await alice.waitFor(/practice/i, left());
		await alice.waitFor(/offer/i, left());
		await alice.waitFor(/127\.0\.0\.1:\d+\s+\d+ ?B/, left());
		alice.enter('/all can you hear me?');
		await alice.waitFor(
			text => text.split('can you hear me?').length > 2,
			left(),
		);
	});
});
