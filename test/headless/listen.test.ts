import {describe, expect, test} from 'vitest';
import {createListenVerb} from '../../source/headless/listen.js';
import {createSayVerb} from '../../source/headless/say.js';
import {createSendVerb} from '../../source/headless/send.js';
import {createWorld} from '../helpers/engine-under-test.js';
import {encodeFrame} from '../../source/protocol/frame.js';
import {controlMessages} from '../../source/protocol/messages.js';
import {connectRaw, connectSpeaker, helloOf} from '../engine/speaker.js';
import {run, textsOf} from './run.js';

describe('listen', () => {
	const commands = [
		{type: 'listener/open', kind: 'tcp', port: 0},
		{type: 'listener/open', kind: 'udp', port: 0},
	] as const;

	test('tells what happens until it is interrupted', async () => {
		const world = createWorld();
		const listener = world.engine('listener');
		const {code, stdout, types, interrupt} = run(
			createListenVerb({commands, accept: 'none'}),
			listener,
			{json: true},
		);
		const {host, port} = await listener.until(
			'listener/bound',
			({kind}) => kind === 'tcp',
		);
		const bob = world.engine('bob');
		await run(
			createSayVerb({
				target: {kind: 'peer', host, port},
				texts: textsOf('hello'),
			}),
			bob,
		).code;
		await listener.until('peer/left');
		interrupt();
		expect(await code).toBe(130);
		expect(types().slice(0, 6)).toEqual([
			'self/changed',
			'listener/bound',
			'listener/bound',
			'peer/connected',
			'chat/received',
			'peer/left',
		]);
		expect(stdout()).toContain('"text":"hello"');
	});

	test.each<[string, {code: string}, string]>([
		['a code that is too long', {code: 'x'.repeat(41)}, '(badFields)'],
		['a code of control characters', {code: '\u001B[2J'}, '(badFields)'],
		['a code', {code: 'messageTooLong'}, 'it reported messageTooLong'],
		[
			'a word of every object',
			{code: 'constructor'},
			'it reported constructor',
		],
	])('says why a session ended with an error of %s', async (_, fields, why) => {
		const world = createWorld();
		const listener = world.engine('listener');
		const {code, stdout, stderr, interrupt} = run(
			createListenVerb({commands, accept: 'none'}),
			listener,
		);
		const {host, port} = await listener.until(
			'listener/bound',
			({kind}) => kind === 'tcp',
		);
		const mallory = await connectSpeaker(world.network('mallory'), {
			...listener,
			host,
			port,
		});
		mallory.say(helloOf());
		await listener.until('peer/connected');
		const payload = new TextEncoder().encode(JSON.stringify(fields));
		mallory.write(encodeFrame(controlMessages.error.type, payload));
		await listener.until('peer/left');
		interrupt();
		await code;
		const [line = ''] = stdout().match(/^mallory left.*$/m) ?? [];
		expect(line).toMatch(/^mallory left: /);
		expect(line).toContain(why);
		expect(stdout() + stderr()).not.toContain('\u001B');
	});

	test('as lines for people', async () => {
		const world = createWorld();
		const listener = world.engine('listener');
		const {code, stdout, interrupt} = run(
			createListenVerb({commands, accept: 'none'}),
			listener,
		);
		const {host, port} = await listener.until(
			'listener/bound',
			({kind}) => kind === 'tcp',
		);
		const {connection} = await connectRaw(world, {...listener, host, port});
		connection.write(new TextEncoder().encode('你好\n'));
		connection.end();
		await listener.until('peer/left');
		interrupt();
		await code;
		const lines = stdout().split('\n').slice(0, -1);
		expect(lines).toHaveLength(5);
		expect(lines[3]).toContain('你好');
	});

	test('a message of several lines: each behind who said it', async () => {
		const world = createWorld();
		const listener = world.engine('listener');
		const {code, stdout, interrupt} = run(
			createListenVerb({commands, accept: 'none'}),
			listener,
		);
		const {host, port} = await listener.until(
			'listener/bound',
			({kind}) => kind === 'tcp',
		);
		const bob = world.engine('bob');
		bob.dispatch({type: 'peer/dial', target: {kind: 'peer', host, port}});
		const {peer: conversation} = await bob.until('peer/connected');
		bob.dispatch({type: 'chat/send', conversation, text: 'one\ntwo'});
		await listener.until('chat/received');
		interrupt();
		await code;
		expect(stdout().split('\n').slice(3, -1)).toEqual([
			'bob > one',
			'bob > two',
		]);
	});

	test.each([
		['all', 'a.txt', 0],
		['none', 'a.txt', 3],
		['all', '.bashrc', 3],
	] as const)(
		'--accept %s: %s is answered with %i',
		async (accept, name, exit) => {
			const world = createWorld();
			const listener = world.engine('listener');
			const {interrupt, code} = run(
				createListenVerb({commands, accept}),
				listener,
			);
			const {host, port} = await listener.until(
				'listener/bound',
				({kind}) => kind === 'tcp',
			);
			const script = world.engine('script', {role: 'script'});
			script.files.put(name, new Uint8Array(5));
			const sending = run(
				createSendVerb({paths: [name], to: [{host, port}]}),
				script,
			);
			expect(await sending.code).toBe(exit);
			expect(listener.folder.saved.has(name)).toBe(exit === 0);
			interrupt();
			await code;
		},
	);

	test('exits 1 where nothing can be listened on, not where one of two can', async () => {
		const world = createWorld();
		const first = world.engine('first');
		const taken = world.engine('taken', {host: first.host});
		first.dispatch({type: 'listener/open', kind: 'tcp', port: 9090});
		first.dispatch({type: 'listener/open', kind: 'udp', port: 9090});
		await first.until('listener/bound', ({kind}) => kind === 'udp');
		const open = (...kinds: Array<'tcp' | 'udp'>) =>
			createListenVerb({
				accept: 'none',
				commands: kinds.map(kind => ({
					type: 'listener/open',
					kind,
					port: 9090,
				})),
			});
		expect(await run(open('tcp', 'udp'), taken).code).toBe(1);

		const other = world.engine('other', {host: first.host});
		const {listener} = first.of('listener/bound')[0]!;
		first.dispatch({type: 'listener/close', listener});
		await first.until('listener/closed');
		const {code, interrupt, stderr} = run(open('tcp', 'udp'), other);
		await other.until('listener/bound');
		await other.until('listener/failed');
		expect(stderr()).toContain('9090');
		interrupt();
		expect(await code).toBe(130);
	});
});
