/** Files from the speaker in Python to the program. */
import {randomBytes} from 'node:crypto';
import {
	existsSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {expect} from 'vitest';
import {startFlow} from '../../helpers/independent-speaker.js';
import {startConsole, startListening} from '../../helpers/sockterm-program.js';
import {
	digestOf,
	partsFolder,
	treeOf,
} from '../../helpers/transfer-invariants.js';
import {waitFor} from '../../helpers/wait-for.js';
import {startDialling} from './chat.js';

const MiB = 1024 * 1024;
type Flow = ReturnType<typeof startFlow>;

/** What is in a receive folder, without what is kept of broken transfers. */
const pathsIn = (folder: string) =>
	[...treeOf(folder, [partsFolder]).keys()].toSorted();

/** Every source is here with the digest that the speaker has worked out. */
async function expectSources(flow: Flow, received: string): Promise<void> {
	const sources = (await flow.told('sources')) as Record<string, string>;
	for (const [path, digest] of Object.entries(sources)) {
		expect(digestOf(join(received, path)), path).toBe(digest);
	}
}

/** Of files that are not whole yet. */
const partBytes = (parts: string) =>
	existsSync(parts)
		? readdirSync(parts)
				.filter(name => name.endsWith('.part'))
				.reduce((sum, name) => sum + statSync(join(parts, name)).size, 0)
		: 0;

const manyKinds = [
	'tree',
	'tree/a',
	'tree/a/one.txt',
	'tree/a/two.bin',
	'tree/hollow',
	'empty.txt',
	'piped.bin',
	'单个.txt',
].toSorted();

const accepting = async () => startListening(['--accept', 'all']);

export const sendingFlows: Record<string, () => Promise<void>> = {
	async 'tree, empty folder, empty file, stream and file, in pages'() {
		const listening = await accepting();
		const flow = startFlow('send-many-kinds', listening.tcpPort);
		expect(await flow.told('saved')).toHaveLength(6);
		flow.order('go');
		await flow.finished();
		await expectSources(flow, listening.received);
		expect(pathsIn(listening.received)).toEqual(manyKinds);
	},

	async 'the same from one that was dialled: its ticket, the lane of the program'() {
		const flow = startFlow('send-many-kinds');
		const console = await startDialling(flow);
		await console.waitFor('speaker offers tree/');
		console.enter('/accept');
		await flow.told('saved');
		await console.waitFor(/tree\/[^]*saved/);
		flow.order('go');
		await flow.finished();
		await expectSources(flow, console.received);
		expect(pathsIn(console.received)).toEqual(manyKinds);
	},

	async 'declined by itself'() {
		const listening = await startListening();
		const flow = startFlow('send-declined', listening.tcpPort);
		await flow.finished();
		expect(pathsIn(listening.received)).toEqual([]);
	},

	async 'withdrawn, and all that may cross it'() {
		const console = await startConsole({name: 'alice'});
		const flow = startFlow('send-withdrawn', console.tcpPort);
		await console.waitFor('second-thoughts.txt');
		flow.order('seen');
		await console.waitFor('never mind');
		await flow.finished();
		expect(pathsIn(console.received)).toEqual([]);
	},

	async 'paused by both sides, one after the other'() {
		const console = await startConsole({name: 'alice'});
		const flow = startFlow('send-paused', console.tcpPort);
		await console.waitFor('paused.bin');
		console.enter('/accept');
		expect(await flow.told('paused')).toBe('ours');
		await console.waitFor(/paused by/i);
		flow.order('seen');
		await flow.told('going');
		console.enter('/pause');
		await flow.told('pausedByThem');
		await console.waitFor('paused by you');
		console.enter('/resume');
		expect(await flow.told('saved')).toEqual(['paused.bin']);
		await flow.finished();
		await expectSources(flow, console.received);
	},

	async 'cancelled by the sender'() {
		const listening = await accepting();
		const flow = startFlow('send-cancelled', listening.tcpPort);
		await flow.told('half');
		await listening.fact('transfer/progressed');
		flow.order('seen');
		await flow.finished();
		await listening.fact('chat/received', ({text}) => text === 'no more of it');
		expect(pathsIn(listening.received)).toEqual([]);
	},

	async 'cancelled by the receiver'() {
		const console = await startConsole({name: 'alice'});
		const flow = startFlow('send-cancelled-by-them', console.tcpPort);
		await console.waitFor('half.bin');
		console.enter('/accept');
		await flow.told('half');
		await console.waitFor(/\d+ ?%/);
		console.enter('/cancel');
		await flow.finished();
		await console.waitFor('as you like');
		expect(pathsIn(console.received)).toEqual([]);
	},

	async 'changed, gone and wrong: they fail, and what follows is saved'() {
		const listening = await accepting();
		const flow = startFlow('send-what-changes', listening.tcpPort);
		expect(await flow.told('failed')).toMatch(/^[A-Za-z]{1,40}$/);
		await flow.finished();
		expect(pathsIn(listening.received)).toEqual(['good.txt']);
	},

	async 'resumed by blocks on the same session and on the next, with a gap'() {
		const listening = await accepting();
		const flow = startFlow('send-resumed', listening.tcpPort);
		await flow.told('sent');
		const parts = join(listening.received, partsFolder);
		await waitFor(() => partBytes(parts) >= 2 * MiB, 'two blocks on the disk');
		flow.order('they are there');
		expect(await flow.told('held')).toBe(2);
		// The second of four is left out: the first has changed, the others were not there.
		expect(await flow.told('moved')).toBe(2 * MiB + 4);
		await flow.finished();
		await expectSources(flow, listening.received);
		expect(pathsIn(listening.received)).toEqual(['first.txt', 'resumed.bin']);
	},

	async 'what is there already: the same, and another one of that size'() {
		const listening = await accepting();
		const text = randomBytes(20).toString('hex');
		writeFileSync(join(listening.received, 'same.txt'), text);
		writeFileSync(join(listening.received, 'other.txt'), 'A'.repeat(40));
		const flow = startFlow('send-what-is-there', listening.tcpPort);
		flow.order(text);
		flow.order('B'.repeat(40));
		expect(await flow.told('saved')).toEqual(['same.txt', 'other (1).txt']);
		await flow.finished();
		expect(pathsIn(listening.received)).toHaveLength(3);
		const kept = readFileSync(join(listening.received, 'other.txt'), 'utf8');
		expect(kept).toBe('A'.repeat(40));
		expect(digestOf(join(listening.received, 'other (1).txt'))).not.toBe(
			digestOf(join(listening.received, 'other.txt')),
		);
		expect(readdirSync(listening.received)).toContain('same.txt');
	},
};
