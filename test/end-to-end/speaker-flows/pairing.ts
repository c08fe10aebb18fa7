/** Six digits between the program and the speaker in Python. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect} from 'vitest';
import {startFlow} from '../../helpers/independent-speaker.js';
import {
	homeFlags,
	runVerb,
	startConsole,
	testFolder,
} from '../../helpers/sockterm-program.js';
import {openConversation} from './chat.js';

type Flow = ReturnType<typeof startFlow>;

/** `sockterm pair` with a speaker that listens, and where it keeps what it knows. */
async function startPairing(flow: Flow, args: readonly string[] = []) {
	const home = testFolder();
	const port = await flow.told('listening');
	const pair = runVerb(
		['pair', '--to', `127.0.0.1:${String(port)}`, ...args, ...homeFlags(home)],
		home,
	);
	const pins = () => {
		try {
			return readFileSync(join(home, 'state', 'trust.json'), 'utf8');
		} catch {
			return '';
		}
	};

	return {pair, pins, home};
}

/** Its exit code, and what it wrote where that is another one. */
async function expectCode(
	pair: ReturnType<typeof runVerb>,
	code: number,
): Promise<void> {
	const {code: ended} = await pair.exit;
	expect(ended, `${pair.lines.join('\n')}\n${pair.errors()}`).toBe(code);
}

async function shownCode(pair: ReturnType<typeof runVerb>): Promise<string> {
	const find = () => /\b(\d{3}) ?(\d{3})\b/.exec(pair.errors());
	await expect.poll(find, {timeout: 20_000}).not.toBeNull();
	const [, head, tail] = find()!;
	return `${head}${tail}`;
}

const untilAsked = async (pair: ReturnType<typeof runVerb>, times: number) =>
	expect
		.poll(() => pair.errors().match(/Code: /g)?.length, {timeout: 20_000})
		.toBe(times);

/** A console whose dialog shows a code to a speaker that has dialled. */
export async function startShowing(flowName: string) {
	const console = await startConsole({name: 'alice'});
	const flow = startFlow(flowName, console.tcpPort);
	await console.waitFor('speaker');
	await openConversation(console);
	console.enter('/pair');
	await console.waitFor('Verify speaker');
	await flow.told('shown');
	return {console, flow};
}

export const pairingFlows: Record<string, () => Promise<void>> = {
	async 'the speaker types: a wrong code, then the right one'() {
		const flow = startFlow('pair-typing');
		const {pair, pins} = await startPairing(flow, ['--show']);
		const code = await shownCode(pair);
		flow.order(code);
		await flow.told('verified');
		await flow.finished();
		await expectCode(pair, 0);
		expect(pins()).toContain('speaker');
		expect(pins()).not.toContain(code);
	},

	async 'the speaker types three wrong ones: burnt, and nobody is verified'() {
		const flow = startFlow('pair-typing-wrong');
		const {pair, pins} = await startPairing(flow, ['--show']);
		flow.order(await shownCode(pair));
		expect(await flow.told('ended')).toBe('burnt');
		await flow.finished();
		await expectCode(pair, 4);
		expect(pins()).not.toContain('speaker');
	},

	async 'the speaker shows: a wrong code is typed, then the right one'() {
		const flow = startFlow('pair-showing');
		const {pair, pins} = await startPairing(flow);
		await untilAsked(pair, 1);
		pair.write(`${String(await flow.told('other'))}\n`);
		await flow.told('wrong');
		await untilAsked(pair, 2);
		pair.write(`${String(await flow.told('code'))}\n`);
		await expectCode(pair, 0);
		await flow.finished();
		expect(pins()).toContain('speaker');
	},

	async 'the speaker shows, three wrong ones are typed'() {
		const flow = startFlow('pair-showing-wrong');
		const {pair, pins} = await startPairing(flow);
		for (const time of [1, 2, 3]) {
			await untilAsked(pair, time);
			pair.write(`${String(await flow.told('other'))}\n`);
		}

		await expectCode(pair, 4);
		await flow.finished();
		expect(pins()).not.toContain('speaker');
	},

	async 'the speaker shows one code after the other; the last is good'() {
		const home = testFolder();
		const console = await startConsole({name: 'alice', home});
		const flow = startFlow('pair-showing-again', console.tcpPort);
		const code = String(await flow.told('code'));
		await console.waitFor('speaker shows a code');
		await openConversation(console);
		console.enter('/pair');
		await console.waitFor('type the code that speaker shows');
		console.enter(code);
		await console.waitFor('speaker is VERIFIED');
		await flow.told('verified');
		flow.order('seen');
		await flow.finished();
	},

	async 'both show a code; that of the speaker is typed'() {
		const {console, flow} = await startShowing('pair-both-showing');
		await console.waitFor(/\d{3} \d{3}/);
		const digits = /(\d{3}) (\d{3})/.exec(console.screen().join('\n'))!;
		flow.order(`${digits[1]}${digits[2]}`);
		const code = String(await flow.told('code'));
		await console.waitFor('2 attempts left');
		await console.waitFor('type the code that speaker shows');
		console.enter(code);
		await flow.told('verified');
		await console.waitFor('speaker is VERIFIED');
		flow.order('seen');
		await flow.finished();
	},

	async 'the program takes its code back'() {
		const {console, flow} = await startShowing('pair-end-of-theirs');
		console.write('\u001B');
		expect(await flow.told('ended')).toBe('withdrawn');
		await console.waitFor('still here');
		await flow.finished();
	},
};
