/** Files from the program to the speaker in Python. */
import {randomBytes} from 'node:crypto';
import {mkdirSync, truncateSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {expect} from 'vitest';
import {startFlow} from '../../helpers/independent-speaker.js';
import {
	runVerb,
	startConsole,
	testFolder,
} from '../../helpers/sockterm-program.js';
import {digestOf} from '../../helpers/transfer-invariants.js';
import {startDialling} from './chat.js';

type Flow = ReturnType<typeof startFlow>;
const MiB = 1024 * 1024;

function fileOf(name: string, content: Uint8Array | string): string {
	const path = join(testFolder(), name);
	mkdirSync(dirname(path), {recursive: true});
	writeFileSync(path, content);
	return path;
}

/** `sockterm send` to a speaker that listens. */
async function startSending(flow: Flow, args: readonly string[]) {
	const port = await flow.told('listening');
	return runVerb(['send', ...args, '--to', `127.0.0.1:${String(port)}`]);
}

async function expectCode(
	child: ReturnType<typeof runVerb>,
	code: number,
): Promise<void> {
	const {code: ended} = await child.exit;
	expect(ended, `${child.lines.join('\n')}\n${child.errors()}`).toBe(code);
}

/** The speaker has worked out the digests of these files. */
const digestsOf = (paths: readonly string[]) =>
	Object.fromEntries(paths.map(path => [basename(path), digestOf(path)]));

export const receivingFlows: Record<string, () => Promise<void>> = {
	async 'a tree with an empty folder and an empty file'() {
		const tree = join(testFolder(), 'tree');
		mkdirSync(join(tree, 'hollow'), {recursive: true});
		mkdirSync(join(tree, 'deep', 'er'), {recursive: true});
		const one = join(tree, 'deep', 'er', 'one.bin');
		const empty = join(tree, 'empty.txt');
		writeFileSync(one, randomBytes(1_500_000));
		writeFileSync(empty, '');
		const flow = startFlow('take-tree');
		const send = await startSending(flow, [tree]);
		expect(await flow.told('folders')).toEqual(['tree/hollow']);
		const taken = (await flow.told('taken')) as Record<string, string>;
		expect(taken).toMatchObject({
			'tree/deep/er/one.bin': digestOf(one),
			'tree/empty.txt': digestOf(empty),
		});
		expect(Object.keys(taken)).toHaveLength(3);
		await expectCode(send, 0);
		await flow.finished();
	},

	async 'an offer in pages, and an answer in pages that wants three'() {
		const folder = join(testFolder(), 'many');
		mkdirSync(folder);
		const names = Array.from(
			{length: 900},
			(_, at) => `${String(at).padStart(3, '0')}-${'n'.repeat(80)}`,
		);
		for (const name of names) writeFileSync(join(folder, name), name);
		const flow = startFlow('take-some-of-many');
		const send = await startSending(flow, [folder]);
		expect(await flow.told('offered')).toBe(900);
		const taken = (await flow.told('taken')) as Record<string, string>;
		for (const [path, digest] of Object.entries(taken)) {
			expect(digestOf(join(dirname(folder), path))).toBe(digest);
		}

		await expectCode(send, 3);
		await flow.finished();
	},

	async 'a stream'() {
		const content = randomBytes(3_000_000);
		const flow = startFlow('take-stream');
		const send = await startSending(flow, ['-', '--as', 'piped.bin']);
		send.process.stdin.end(content);
		const taken = await flow.told('taken');
		expect(taken).toEqual({'piped.bin': digestOf(fileOf('x', content))});
		await expectCode(send, 0);
		await flow.finished();
	},

	async 'declined, with a code that nobody knows'() {
		const flow = startFlow('decline');
		const send = await startSending(flow, [fileOf('a.txt', 'a')]);
		await expectCode(send, 3);
		await flow.finished();
	},

	async withdrawn() {
		const flow = startFlow('withdrawn-by-them');
		const console = await startDialling(flow);
		console.enter(`/send speaker ${fileOf('a.txt', 'a')}`);
		await flow.told('offered');
		await console.waitFor('a.txt');
		console.enter('/cancel');
		await flow.told('withdrawn');
		console.enter('/quit');
		await flow.finished();
	},

	async 'resumed after a cut of the lane and of the session, with a gap'() {
		const first = fileOf('0-first.txt', 'first');
		const second = fileOf('1-second.bin', randomBytes(3 * MiB + 100));
		const flow = startFlow('take-resumed');
		const send = await startSending(flow, [first, second]);
		expect(await flow.told('moved', 30_000)).toBe(MiB + 100);
		expect(await flow.told('taken')).toEqual(digestsOf([first, second]));
		await expectCode(send, 0);
		await flow.finished();
	},

	async 'what is here already: the same, and another one of that size'() {
		const same = fileOf('0-same.txt', 'S'.repeat(50));
		const other = fileOf('1-other.txt', 'O'.repeat(50));
		const flow = startFlow('take-what-is-here');
		flow.order('S'.repeat(50));
		flow.order('X'.repeat(50));
		const send = await startSending(flow, [same, other]);
		expect(await flow.told('taken')).toEqual(digestsOf([other]));
		await expectCode(send, 0);
		await flow.finished();
	},

	async 'the receiver cannot write the first: ABORT, and the second comes'() {
		const first = fileOf('0-first.bin', randomBytes(60 * MiB));
		const second = fileOf('1-second.txt', 'second');
		const flow = startFlow('take-and-fail');
		const send = await startSending(flow, [first, second]);
		expect(await flow.told('stopped')).toMatch(/^[A-Za-z]{1,40}$/);
		expect(await flow.told('taken')).toEqual(digestsOf([second]));
		await expectCode(send, 1);
		await flow.finished();
	},

	async 'the source changes: ABORT instead of END'() {
		const path = fileOf('changing.bin', randomBytes(60 * MiB));
		const flow = startFlow('take-what-changes');
		const send = await startSending(flow, [path]);
		await flow.told('paused');
		truncateSync(path, MiB);
		flow.order('changed');
		expect(await flow.told('aborted')).toBe('sourceChanged');
		await expectCode(send, 1);
		await flow.finished();
	},

	async 'the speaker dials, and a person pauses and goes on'() {
		const path = fileOf('slow.bin', randomBytes(16 * MiB));
		const console = await startConsole({name: 'alice'});
		const flow = startFlow('take-paused-by-them', console.tcpPort);
		await console.waitFor('speaker');
		console.enter(`/send speaker ${path}`);
		await flow.told('begun');
		await console.waitFor(/\d+ ?%/);
		console.enter('/pause');
		await flow.told('paused');
		await console.waitFor('paused by you');
		console.enter('/resume');
		expect(await flow.told('taken', 30_000)).toEqual(digestsOf([path]));
		await console.waitFor(/slow\.bin[^]*(saved|delivered)/i);
		console.enter('/quit');
		await flow.finished();
	},

	async 'cancelled by the receiver'() {
		const flow = startFlow('take-cancelled');
		const path = fileOf('unloved.bin', randomBytes(60 * MiB));
		const send = await startSending(flow, [path]);
		await flow.told('cancelled');
		await expectCode(send, 1);
		expect(send.errors()).toContain('speaker cancelled');
		await flow.finished();
	},

	async 'cancelled by the sender'() {
		const path = fileOf('regretted.bin', randomBytes(60 * MiB));
		const console = await startConsole({name: 'alice'});
		const flow = startFlow('take-cancelled-by-them', console.tcpPort);
		await console.waitFor('speaker');
		console.enter(`/send speaker ${path}`);
		await flow.told('half');
		await console.waitFor(/\d+ ?%/);
		console.enter('/cancel');
		await flow.finished();
		await console.waitFor('as you like');
	},
};
