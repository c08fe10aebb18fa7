import {describe, expect, test} from 'vitest';
import type {RuleId, RuleOptions, Row} from '../../../source/engine/index.js';
import type {Connection} from '../../../source/engine/ports.js';
import {limits} from '../../../source/limits.js';
import {encodeText} from '../../../source/protocol/text-decoding.js';
import {ConnectionRecorder} from '../../helpers/connection-recorder.js';
import {
	createWorld,
	type EngineUnderTest,
	type World,
} from '../../helpers/engine-under-test.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const {signal} = new AbortController();
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const answers = (
	what: string,
	line: string,
	more: Partial<RuleOptions> = {},
): RuleOptions => ({
	match: {kind: 'contains', text: what},
	action: {kind: 'answer', line, notation: 'escapes'},
	dryRun: false,
	...more,
});

const add = (alice: EngineUnderTest, rule: RuleOptions, ref = 1) => {
	alice.dispatch({type: 'rule/add', rule, ref});
};

async function listening() {
	const world = createWorld();
	const alice = world.engine('alice');
	await alice.listen();
	return {world, alice};
}

/** A client that has said hello, and its row. */
async function talking(
	world: World,
	alice: EngineUnderTest,
	options: {
		readonly hello?: string;
		readonly onData?: (connection: Connection) => void;
	} = {},
) {
	const connected = alice.next('peer/connected');
	const connection = await world
		.network('client')
		.dial({host: alice.host, port: alice.port}, 'raw', signal);
	const recorder = new ConnectionRecorder(connection, () =>
		options.onData?.(connection),
	);
	connection.write(utf8(options.hello ?? 'hello\n'));
	const {peer} = await connected;
	await world.settle();
	return {connection, recorder, peer};
}

const rowsOf = (alice: EngineUnderTest, key: string): Row[] =>
	alice.engine
		.getState()
		.conversations.get(key as never)!
		.rows.slice(0);

const rulesOf = (alice: EngineUnderTest) =>
	alice.engine.getState().rules.values();

const first = 'rule:1' as RuleId;

describe('a rule', () => {
	test('answers every message that matches, and counts', async () => {
		const {world, alice} = await listening();
		const {connection, recorder, peer} = await talking(world, alice);
		add(alice, answers('PING', 'PONG\\r\\n'));
		await alice.until('command/done');
		connection.write(utf8('PING one\nnothing\nPING two\n'));
		await recorder.until(({receivedBytes}) => receivedBytes === 12);
		expect(recorder.text()).toBe('PONG\r\nPONG\r\n');
		// One read, one count.
		expect(alice.of('rule/matched')).toMatchObject([{rule: first, hits: 2}]);
		expect(rulesOf(alice)).toMatchObject([{hits: 2, enabled: true}]);
		const written = rowsOf(alice, peer).filter(({kind}) => kind === 'written');
		expect(written).toMatchObject([{note: 'rule 1'}, {note: 'rule 1'}]);
	});

	test('sees messages that come in several reads, and the last one without its end', async () => {
		const {world, alice} = await listening();
		const {connection, recorder} = await talking(world, alice);
		add(alice, answers('PING', 'PONG'));
		await alice.until('command/done');
		connection.write(utf8('PI'));
		await world.settle();
		connection.write(utf8('NG\n... PING'));
		await recorder.until(({receivedBytes}) => receivedBytes === 4);
		await world.pass(limits.rawIdleMs * 3, 100);
		expect(recorder.text()).toBe('PONGPONG');
	});

	test('does not look at what was there before it', async () => {
		const {world, alice} = await listening();
		const {connection, peer} = await talking(world, alice, {
			hello: 'PING\n',
		});
		add(alice, answers('PING', 'PONG'));
		alice.dispatch({
			type: 'stream/setFraming',
			peer,
			framing: {kind: 'fixed', bytes: 2},
		});
		await world.settle();
		expect(alice.of('rule/matched')).toEqual([]);
		connection.write(utf8('PING'));
		await world.settle();
		// Cut into PI and NG.
		expect(alice.of('rule/matched')).toEqual([]);
	});

	test('has its captures in the encoding of the peer', async () => {
		const {world, alice} = await listening();
		const {connection, recorder} = await talking(world, alice);
		add(alice, {
			match: {kind: 'expression', source: '^我是(.+)$'},
			action: {kind: 'answer', line: '你好$1\\n', notation: 'escapes'},
			dryRun: false,
		});
		await alice.until('command/done');
		connection.write(encodeText('我是小明\n', 'gbk'));
		const answer = encodeText('你好小明\n', 'gbk');
		await recorder.until(({receivedBytes}) => receivedBytes === answer.length);
		expect(recorder.bytes()).toEqual(answer);
	});

	test('notes what it found', async () => {
		const {world, alice} = await listening();
		const {connection, peer} = await talking(world, alice);
		add(alice, {
			match: {kind: 'expression', source: 'T=(\\d+)'},
			action: {kind: 'note', text: 'temperature $1'},
			dryRun: false,
		});
		await alice.until('command/done');
		connection.write(utf8('T=23 \n'));
		await alice.until('rule/matched');
		expect(rowsOf(alice, peer)).toContainEqual(
			expect.objectContaining({
				kind: 'note',
				text: 'rule 1: temperature 23',
			}),
		);
	});

	test('forwards bytes to a plain peer, and text to an encrypted one', async () => {
		const {world, alice} = await listening();
		const from = await talking(world, alice);
		const to = await talking(world, alice);
		const bob = world.engine('bob');
		await bob.listen();
		alice.dispatch({
			type: 'peer/dial',
			target: {kind: 'peer', host: bob.host, port: bob.port},
		});
		const {peer: bobKey} = await alice.until(
			'peer/connected',
			({kind}) => kind === 'peer',
		);
		const match = {kind: 'bytes', bytes: [0xaa, 0x55]} as const;
		for (const key of [to.peer, bobKey]) {
			add(alice, {match, action: {kind: 'forward', to: key}, dryRun: false});
		}

		await world.settle();
		from.connection.write(Uint8Array.of(0x41, 0xaa, 0x55, 0x0a));
		await bob.until('chat/received');
		await to.recorder.saw('data');
		expect(to.recorder.bytes()).toEqual(Uint8Array.of(0x41, 0xaa, 0x55, 0x0a));
	});

	test('is for one peer where it says so', async () => {
		const {world, alice} = await listening();
		const one = await talking(world, alice);
		const other = await talking(world, alice);
		add(alice, answers('PING', 'PONG', {peer: one.peer}));
		await alice.until('command/done');
		other.connection.write(utf8('PING\n'));
		one.connection.write(utf8('PING\n'));
		await one.recorder.saw('data');
		await world.settle();
		expect(other.recorder.has('data')).toBe(false);
	});

	test('on a dry run says what it would do, and does nothing', async () => {
		const {world, alice} = await listening();
		const {connection, recorder, peer} = await talking(world, alice);
		add(alice, answers('PING', 'PONG\\r\\n', {dryRun: true}));
		await alice.until('command/done');
		connection.write(utf8('PING\n'));
		expect(await alice.until('rule/matched')).toMatchObject({
			dryRun: true,
			hits: 1,
		});
		await world.settle();
		expect(recorder.has('data')).toBe(false);
		const [note] = rowsOf(alice, peer).filter(({kind}) => kind === 'note');
		expect(note).toMatchObject({
			text: expect.stringMatching(/^rule 1 \(dry\) ⇠ PONG/) as string,
		});
		alice.dispatch({type: 'rule/setDryRun', rule: first, dryRun: false});
		await world.settle();
		connection.write(utf8('PING\n'));
		await recorder.saw('data');
	});

	test('switched off it rests, on again it goes on, and removed it is gone', async () => {
		const {world, alice} = await listening();
		const {connection, recorder} = await talking(world, alice);
		add(alice, answers('PING', 'PONG'));
		const say = async () => {
			connection.write(utf8('PING\n'));
			await world.settle();
			return recorder.receivedBytes;
		};

		await world.settle();
		expect(await say()).toBe(4);
		alice.dispatch({type: 'rule/setEnabled', rule: first, enabled: false});
		await world.settle();
		expect(await say()).toBe(4);
		alice.dispatch({type: 'rule/setEnabled', rule: first, enabled: true});
		await world.settle();
		expect(await say()).toBe(8);
		alice.dispatch({type: 'rule/remove', rule: first});
		await world.settle();
		expect(await say()).toBe(8);
		expect(rulesOf(alice)).toEqual([]);
		alice.dispatch({type: 'rule/remove', rule: first, ref: 9});
		expect((await alice.until('command/refused')).error.code).toBe(
			'noSuchRule',
		);
	});

	test('two programs that answer each other do not go on for ever', async () => {
		const {world, alice} = await listening();
		const {connection, recorder, peer} = await talking(world, alice, {
			onData(there) {
				there.write(utf8('PING\n'));
			},
		});
		add(alice, answers('PING', 'PONG\\n'));
		await alice.until('command/done');
		connection.write(utf8('PING\n'));
		await alice.until('stream/problem');
		await world.settle();
		const most = limits.ruleActionsPerSecond;
		expect(text(recorder.bytes())).toBe('PONG\n'.repeat(most));
		const problems = alice.of('stream/problem');
		expect(problems).toMatchObject([
			{peer, error: {code: 'ruleTooOften', details: {rule: '1'}}},
		]);
	});

	test('a flood is counted, acted on a little, and told once', async () => {
		const {world, alice} = await listening();
		const {connection, recorder} = await talking(world, alice);
		add(alice, answers('x', 'y'));
		await alice.until('command/done');
		connection.write(utf8('x\n'.repeat(5_000)));
		await alice.untilTrue(() => rulesOf(alice)[0]?.hits === 5_000);
		await world.settle();
		expect(recorder.receivedBytes).toBe(limits.ruleActionsPerSecond);
		expect(alice.of('stream/problem')).toHaveLength(1);
	});

	test('that cannot be done is told in the conversation', async () => {
		const {world, alice} = await listening();
		const {connection} = await talking(world, alice);
		const gone = await talking(world, alice);
		add(alice, {
			...answers('PING', ''),
			action: {kind: 'forward', to: gone.peer},
		});
		await alice.until('command/done');
		gone.connection.end();
		await alice.until('peer/left');
		connection.write(utf8('PING\n'));
		const {error} = await alice.until('stream/problem');
		expect(error.blame).toBe('user');
		expect((await alice.until('rule/matched')).error).toEqual(error);
	});

	test.each<[string, Partial<RuleOptions>]>([
		['badExpression', {match: {kind: 'expression', source: '(a'}}],
		['ruleEmpty', {match: {kind: 'contains', text: ''}}],
		['badEscape', {action: {kind: 'answer', line: '\\q', notation: 'escapes'}}],
		['nothingToSend', {action: {kind: 'answer', line: '', notation: 'hex'}}],
		['noSuchPeer', {action: {kind: 'forward', to: 'raw:99' as never}}],
	])('is refused where it makes no sense: %s', async (code, change) => {
		const {alice} = await listening();
		add(alice, answers('a', 'b', change), 7);
		const refused = await alice.until('command/refused');
		expect(refused).toMatchObject({ref: 7, error: {code}});
		expect(rulesOf(alice)).toEqual([]);
	});
});
