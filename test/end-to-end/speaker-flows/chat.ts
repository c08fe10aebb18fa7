/** HELLO, messages, names, pings and ends, and two connections at once, with the speaker in Python. */
import {expect} from 'vitest';
import {startFlow} from '../../helpers/independent-speaker.js';
import {
	homeFlags,
	runVerb,
	startConsole,
	startListening,
	testFolder,
} from '../../helpers/sockterm-program.js';

/** A console that dials a speaker which listens. */
export async function startDialling(flow: ReturnType<typeof startFlow>) {
	const port = await flow.told('listening');
	const console = await startConsole({
		name: 'alice',
		args: ['--connect', `127.0.0.1:${String(port)}`],
	});
	await console.waitFor('speaker');
	return console;
}

/** Goes to the conversation with the only peer. */
export async function openConversation(
	console: Awaited<ReturnType<typeof startConsole>>,
) {
	console.write('\u001B2');
	await console.waitFor('to speaker');
}

/** One message from a console that crosses; which of two connections stays is the other's order. */
async function crossed(flowName: string): Promise<void> {
	const home = testFolder();
	const id = runVerb(['id', ...homeFlags(home)], home);
	await id.exit;
	const flow = startFlow(flowName);
	flow.order(id.lines.join(''));
	const console = await startConsole({name: 'alice', home});
	flow.order(String(console.tcpPort));
	const port = await flow.told('listening');
	console.enter(`/connect 127.0.0.1:${String(port)}`);
	await console.waitFor('on what stays');
	await openConversation(console);
	console.enter('this way too');
	expect(await flow.told('message')).toBe('this way too');
	await flow.finished();
	expect(
		console
			.screen()
			.join('\n')
			.match(/on what stays/g),
	).toHaveLength(1);
}

const textsOf = (listening: Awaited<ReturnType<typeof startListening>>) =>
	listening.facts('chat/received').map(({text}) => text);

export const chatFlows: Record<string, () => Promise<void>> = {
	async 'the speaker dials: all that is small, and what a later version would say'() {
		const listening = await startListening();
		const flow = startFlow('everything-small', listening.tcpPort);
		await listening.fact('peer/renamed', ({name}) => name === 'renamed');
		flow.order('seen');
		await flow.finished();
		await listening.fact('peer/left');
		const texts = textsOf(listening);
		expect(texts).toHaveLength(2);
		expect(texts[0]).toContain('hi 你好');
		expect(texts[1]).toBe('as somebody else');
	},

	async 'the speaker is dialled: the same'() {
		const flow = startFlow('everything-small');
		const console = await startDialling(flow);
		await console.waitFor('renamed');
		flow.order('seen');
		await console.waitFor('as somebody else');
		await flow.finished();
		expect(console.screen().join('\n')).not.toContain('the same id again');
	},

	async 'a script says something, and goes in peace'() {
		const flow = startFlow('message-of-theirs');
		const port = await flow.told('listening');
		const say = runVerb(['say', '--to', `127.0.0.1:${String(port)}`, '你好']);
		expect(await flow.told('message')).toBe('你好');
		await flow.finished();
		expect((await say.exit).code).toBe(0);
	},

	async 'a person changes the name, and quits'() {
		const console = await startConsole({name: 'alice'});
		const flow = startFlow('nick-of-theirs', console.tcpPort);
		expect(await flow.told('nick')).toBe('alice');
		await console.waitFor('speaker');
		console.enter('/nick alicia');
		await console.waitFor('alicia');
		console.enter('/quit');
		await flow.finished();
	},

	async 'a long message from who is not verified: refused, and no more'() {
		const listening = await startListening();
		const flow = startFlow('long-message-of-ours', listening.tcpPort);
		expect(await flow.told('refused')).toBe('messageTooLong');
		await flow.finished();
		expect(textsOf(listening)).toEqual(['short']);
	},

	async 'long messages of the program: refused, then taken'() {
		const home = testFolder();
		const flow = startFlow('long-messages-of-theirs');
		const to = ['--to', `127.0.0.1:${String(await flow.told('listening'))}`];
		const pair = runVerb(['pair', ...to, ...homeFlags(home)], home);
		pair.write(`${String(await flow.told('code'))}\n`);
		expect((await pair.exit).code, pair.errors()).toBe(0);
		for (const [ended, code] of [
			['refused', 1],
			['taken', 0],
		] as const) {
			const say = runVerb(['say', ...to, ...homeFlags(home), '-'], home);
			say.write(`${'w'.repeat(30_000)}\n`);
			say.endInput();
			expect(await flow.told(ended)).toBe(30_000);
			expect((await say.exit).code, say.errors()).toBe(code);
		}

		await flow.finished();
	},

	async 'one that is quiet is asked, and its answer keeps it'() {
		const listening = await startListening();
		const flow = startFlow('ping-of-theirs', listening.tcpPort);
		await flow.finished();
		await listening.fact('peer/left');
	},

	async 'no common version: the dialler is told'() {
		const listening = await startListening();
		const flow = startFlow('no-common-version', listening.tcpPort);
		expect(await flow.told('error')).toBe('versionMismatch');
		await flow.finished();
		expect(listening.facts('peer/connected')).toEqual([]);
	},

	async 'no common version: the program is told'() {
		const flow = startFlow('no-common-version');
		const port = await flow.told('listening');
		const say = runVerb(['say', '--to', `127.0.0.1:${String(port)}`, 'hi']);
		await flow.finished();
		expect((await say.exit).code).toBe(1);
		expect(say.errors()).toMatch(/version/i);
	},

	async 'resent after a cut: shown once'() {
		const listening = await startListening();
		const flow = startFlow('resend-after-cut', listening.tcpPort);
		await listening.fact('chat/received', ({text}) => text === 'second');
		flow.order('both are here');
		await flow.finished();
		expect(textsOf(listening)).toEqual(['first', 'second']);
	},

	async 'the program resends after a cut'() {
		const flow = startFlow('resend-of-theirs');
		const console = await startDialling(flow);
		await flow.told('ready');
		await openConversation(console);
		console.enter('once is enough');
		expect(await flow.told('message')).toBe('once is enough');
		await flow.finished();
	},

	async 'two dialled from one side: the newer stays'() {
		const listening = await startListening();
		const flow = startFlow('newer-of-one-side', listening.tcpPort);
		await flow.finished();
		expect(textsOf(listening)).toEqual(['on the older', 'on the newer']);
	},

	'both dial, and the speaker is the lower': async () =>
		crossed('crossed-where-ours-stays'),
	'both dial, and the program is the lower': async () =>
		crossed('crossed-where-theirs-stays'),
};
