/** Bad senders against `receive`: one that asks a person who says nothing, and one that takes what it is offered. */
import {existsSync, mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {findBadOutput} from '../helpers/harmless-output.js';
import {parseFact} from '../helpers/sockterm-side.js';
import {
	homeFlags,
	runPeer,
	runVerb,
	startConsole,
	testFolder,
} from '../helpers/sockterm-program.js';
import {partsFolder, snapshotOf} from '../helpers/transfer-invariants.js';

async function startReceiving() {
	const outer = testFolder();
	const home = join(outer, 'one', 'two', 'home');
	mkdirSync(home, {recursive: true});
	const receiving = runVerb(
		[
			'receive',
			'--json',
			'--tcp',
			'0',
			'--host',
			'127.0.0.1',
			...homeFlags(home),
			'--yes',
		],
		home,
	);
	const line = await receiving.waitForLine('listener/bound');
	const around = ['one/two/home/received', 'one/two/home/state'];
	const before = snapshotOf(outer, around);
	const folder = join(home, 'received');
	return {
		receiving,
		home,
		port: Number(parseFact(line)?.['port']),
		/** Sentences about what must not be, and files that came. */
		look() {
			return {
				wrong: findBadOutput(receiving.lines, receiving.errors()),
				around: snapshotOf(outer, around).filter(
					path => !before.includes(path),
				),
				files: existsSync(folder)
					? readdirSync(folder).filter(name => name !== partsFolder)
					: [],
			};
		},
	};
}

const nothing = {wrong: [], around: [], files: []};

test('before anybody has answered: nothing is written', async () => {
	const console = await startConsole({name: 'alice'});
	const around = ['received', 'state'];
	const before = snapshotOf(console.home, around);
	const peer = runPeer('hostile/data_before_accept.py', [
		'127.0.0.1',
		console.tcpPort,
		'--home',
		console.home,
	]);
	const seen = async (kind: string) => {
		const from = peer.lines.length;
		peer.write(`${kind}\n`);
		await peer.waitForLine(`"done": "${kind}"`);
		return peer.lines.slice(from).join('\n');
	};

	for (const [kind, expected] of [
		['guessed-lane', /"lane": \[\].*"alive": true/s],
		['id-as-ticket', /"lane": \[\]/],
		['data-on-the-session', /"alive": true/],
		['own-accept', /"alive": true.*"alive": true/s],
		['own-lane', /"name": "error".*"closed": true/s],
		['made-again', /"alive": true.*"alive": true/s],
	] as const) {
		const said = await seen(kind);
		expect(said).toMatch(expected);
		expect(said).not.toContain('"name": "accept"');
		expect(readdirSync(console.received)).toStrictEqual([]);
		expect(snapshotOf(console.home, around)).toStrictEqual(before);
	}

	await console.waitFor('eager.txt');
});

describe('with --yes', () => {
	test.each([
		['lane_frames.py', 'wrong-digest', 1, 'digestMismatch'],
		['lane_frames.py', 'beyond-size', 1, 'dataBeyondSize'],
		['lane_frames.py', 'overlap', 1, 'offsetOutOfOrder'],
		['lane_frames.py', 'early-end', 1, 'gapNotHeld'],
		['lane_frames.py', 'other-entry', 1, 'entryNotAccepted'],
		['lane_frames.py', 'skipped-entry', 1, 'entryNotAccepted'],
		['lane_frames.py', 'long-frame', 1, 'frameTooLong'],
		['offers.py', 'other-name', 1, 'offer changed'],
		['offers.py', 'other-size', 1, 'offer changed'],
		['offers.py', 'more-entries', 1, 'offer changed'],
	])('%s %s: exit code %i, %s', async (script, kind, code, said) => {
		const {receiving, home, port, look} = await startReceiving();
		const peer = runPeer(`hostile/${script}`, [
			'127.0.0.1',
			port,
			kind,
			'--home',
			home,
		]);
		await peer.exit;
		const end = await receiving.exit;
		expect(receiving.lines.join('\n')).toContain(said);
		expect(look()).toStrictEqual(nothing);
		expect(end.code, receiving.errors()).toBe(code);
	});
});
