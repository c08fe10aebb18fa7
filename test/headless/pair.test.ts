import {describe, expect, test} from 'vitest';
import {createIdVerb} from '../../source/headless/identify.js';
import {createPairVerb, type PairOptions} from '../../source/headless/pair.js';
import type {TypedLines} from '../../source/headless/questions.js';
import {createWorld} from '../helpers/engine-under-test.js';
import {run} from './run.js';

const code = '314159';

/** A script that pairs with bob, who shows a code once it is there. */
async function pairing(
	options: Partial<PairOptions>,
	shows: 'shows' | 'types' | 'leaves' = 'shows',
	json = false,
) {
	const world = createWorld();
	const script = world.engine('script', {role: 'script'});
	const bob = world.engine('bob');
	await bob.listen();
	bob.engine.on(event => {
		const {type} = event;
		if (type === 'peer/connected' && shows === 'shows') {
			bob.dispatch({type: 'trust/showCode', peer: event.peer, code});
		} else if (type === 'peer/connected' && shows === 'leaves') {
			bob.dispatch({type: 'peer/disconnect', peer: event.peer});
		} else if (type === 'trust/codeOpened' && event.screen === 'theirs') {
			bob.dispatch({type: 'trust/enterCode', peer: event.peer, code});
		}
	});
	const {host, port} = bob;
	const verb = createPairVerb({target: {kind: 'peer', host, port}, ...options});
	return {bob, script, ...run(verb, script, {json})};
}

const typing =
	(...lines: Array<string | undefined>): TypedLines =>
	callback => {
		for (const line of lines) callback(line);
	};

describe('pair', () => {
	test('takes the code that is typed, and exits 0 once it is kept', async () => {
		const {
			code: exit,
			stdout,
			bob,
		} = await pairing({
			answers: typing('314 159'),
			petname: 'robert',
		});
		expect(await exit).toBe(0);
		expect(stdout()).toContain('robert is VERIFIED');
		await bob.until('trust/paired');
	});

	test('asks again for what is no code or a wrong one', async () => {
		const {code: exit, stderr} = await pairing({
			answers: typing('nonsense', '000000', code),
		});
		expect(await exit).toBe(0);
		expect(stderr()).toContain('six digits');
		expect(stderr()).toContain('2 attempts are left');
	});

	test('exits 4 after three wrong ones, and says what it can mean', async () => {
		const {
			code: exit,
			stderr,
			bob,
		} = await pairing({
			answers: typing('000000', '000001', '000002'),
		});
		expect(await exit).toBe(4);
		expect(stderr()).toContain('somebody is between you');
		expect(bob.of('trust/paired')).toEqual([]);
	});

	test('tries the code of the environment once', async () => {
		expect(await (await pairing({code})).code).toBe(0);
		const wrong = await pairing({code: '000000'});
		expect(await wrong.code).toBe(4);
		expect(wrong.bob.of('trust/codeTried')).toHaveLength(1);
	});

	test('exits 4 where nothing is typed', async () => {
		const {code: exit, stderr} = await pairing({answers: typing(undefined)});
		expect(await exit).toBe(4);
		expect(stderr()).toContain('No code was typed');
	});

	test('shows a code, on the terminal alone', async () => {
		const {
			code: exit,
			stderr,
			stdout,
			types,
		} = await pairing({makeCode: () => code}, 'types', true);
		expect(await exit).toBe(0);
		expect(stderr()).toContain('314 159');
		expect(stdout()).not.toContain(code);
		expect(types()).toContain('trust/paired');
	});

	test('exits 1 where nobody stays', async () => {
		const {code: exit} = await pairing({answers: typing(code)}, 'leaves');
		expect(await exit).toBe(1);
	});
});

test('id shows who we are, in groups of four', async () => {
	const script = createWorld().engine('script');
	const {code: exit, stdout} = run(createIdVerb(), script);
	expect(await exit).toBe(0);
	expect(stdout()).toMatch(/^([a-z0-9]{4} ){12}[a-z0-9]{4}\n$/);
});
