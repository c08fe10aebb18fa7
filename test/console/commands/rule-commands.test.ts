import {describe, expect, test} from 'vitest';
import {completeLine} from '../../../source/console/input/completion.js';
import {
	noImpairment,
	type Command,
	type EventBody,
	type RuleMatch,
	type RuleOptions,
} from '../../../source/engine/index.js';
import {connected, peerKey, stateOf} from '../../helpers/engine-state.js';
import {runTyped} from '../../helpers/typed-line.js';

const bob = peerKey('raw:bob');
const carol = peerKey('peer:carol');
const relayed = peerKey('raw:relayed');

const rule = (id: string): EventBody => ({
	type: 'rule/changed',
	rule: {
		id: id as never,
		match: {kind: 'contains', text: 'PING'},
		action: {kind: 'note', text: 'x'},
		dryRun: false,
		enabled: true,
		hits: 3,
	},
});

const delay = {...noImpairment, delayMs: 50};

const state = stateOf([
	connected('bob', {kind: 'raw'}),
	connected('carol'),
	{
		...(connected('relayed', {kind: 'raw', host: '10.0.0.9'}) as Extract<
			EventBody,
			{type: 'peer/connected'}
		>),
		relay: {server: {host: '10.0.0.1', port: 80}},
	},
	rule('rule:1'),
	rule('rule:12'),
	{
		type: 'relay/impaired',
		peer: relayed,
		towards: 'client',
		impairment: delay,
	},
]);

const run = (line: string, conversation: string = bob) =>
	runTyped(line, conversation as never, state);

const added = (rule: Partial<RuleOptions>): Command => ({
	type: 'rule/add',
	rule: {
		match: {kind: 'contains', text: 'PING'},
		action: {kind: 'answer', line: 'PONG', notation: 'escapes'},
		dryRun: false,
		...rule,
	},
});

describe('a rule', () => {
	test.each<[string, Command]>([
		[
			'/rule when contains "PING" answer "PONG\\r\\n"',
			added({
				action: {kind: 'answer', line: 'PONG\\r\\n', notation: 'escapes'},
			}),
		],
		[
			'/rule when contains PING answer  PONG and "more" \\x00',
			added({
				action: {
					kind: 'answer',
					line: 'PONG and "more" \\x00',
					notation: 'escapes',
				},
			}),
		],
		[
			'/rule when contains "say \\"hi\\"" answer PONG',
			added({match: {kind: 'contains', text: 'say "hi"'}}),
		],
		[
			'/RULE WHEN Prefix /etc answer PONG',
			added({match: {kind: 'prefix', text: '/etc'}}),
		],
		[
			'/rule when /T=(\\d+) \\/x/ note "temperature $1"',
			added({
				match: {kind: 'expression', source: 'T=(\\d+) \\/x'},
				action: {kind: 'note', text: 'temperature $1'},
			}),
		],
		[
			'/rule when /ok/i answer PONG',
			added({match: {kind: 'expression', source: '(?i:ok)'}}),
		],
		[
			'/rule when hex:aa55 forward carol',
			added({
				match: {kind: 'bytes', bytes: [0xaa, 0x55]},
				action: {kind: 'forward', to: carol},
			}),
		],
		[
			'/rule when hex:"aa 55, 01" answer hex:06$1',
			added({
				match: {kind: 'bytes', bytes: [0xaa, 0x55, 1]},
				action: {kind: 'answer', line: '06$1', notation: 'hex'},
			}),
		],
		[
			'/rule dry for bob when contains PING answer PONG',
			added({dryRun: true, peer: bob}),
		],
		[
			'/rule on 1',
			{type: 'rule/setEnabled', rule: 'rule:1' as never, enabled: true},
		],
		[
			'/rule off #12',
			{type: 'rule/setEnabled', rule: 'rule:12' as never, enabled: false},
		],
		[
			'/rule dry 1',
			{type: 'rule/setDryRun', rule: 'rule:1' as never, dryRun: true},
		],
		[
			'/rule live 1',
			{type: 'rule/setDryRun', rule: 'rule:1' as never, dryRun: false},
		],
		['/rule delete 12', {type: 'rule/remove', rule: 'rule:12' as never}],
	])('%s', (line, command) => {
		const {dispatched, result} = run(line);
		expect(result).toEqual({ok: true, command});
		expect(dispatched).toEqual([command]);
	});

	test.each([
		['/rule nonsense', 'Say when and what'],
		['/rule when', 'Say what to look for'],
		['/rule when sounds like', 'Say what to look for'],
		['/rule when contains', 'Say what to look for'],
		['/rule when contains "x', 'still open'],
		['/rule when /x answer y', 'still open'],
		['/rule when /x/g answer y', 'only i'],
		['/rule when hex:aa5 answer y', 'are no bytes'],
		['/rule when hex: answer y', 'are no bytes'],
		['/rule when contains x', 'Say what to do then'],
		['/rule when contains x answer', 'Say what to do then'],
		['/rule when contains x shout y', 'Say what to do then'],
		['/rule when contains x answer "y" z', 'too much'],
		['/rule when contains x forward nobody', 'There is no peer'],
		['/rule for nobody when contains x note y', 'There is no peer'],
		['/rule delete', 'by its number'],
		['/rule delete 7', 'There is no rule “7”'],
		['/rule off 1 2', 'too much'],
	])('%s: %s', (line, sentence) => {
		const {result, dispatched} = run(line);
		expect(result).toMatchObject({
			ok: false,
			message: expect.stringContaining(sentence) as string,
		});
		expect(dispatched).toEqual([]);
	});

	test('an expression keeps its backslashes', () => {
		const [command] = run(String.raw`/rule when /a\/b\s"/ note x`).dispatched;
		const match: RuleMatch = {
			kind: 'expression',
			source: String.raw`a\/b\s"`,
		};
		expect(command).toMatchObject({rule: {match}});
	});

	test.each(['/rule', '/rule list'])('%s shows them', line => {
		expect(run(line).ui).toEqual(['openOverlay {"kind":"rules"}']);
	});
});

describe('a relay', () => {
	const opened = (
		kind: 'raw' | 'rawTls',
		host: string,
		more: object = {},
	): Command => ({
		type: 'listener/open',
		kind: 'tcp',
		port: 9001,
		...more,
		purpose: {kind: 'relay', target: {kind, host, port: 80}},
	});

	test.each<[string, Command]>([
		['/relay 9001 example.org:80', opened('raw', 'example.org')],
		[
			'/relay 127.0.0.1:9001 [::1]:80',
			opened('raw', '::1', {host: '127.0.0.1'}),
		],
		['/relay 9001 h:80 --tls', opened('rawTls', 'h')],
		['/relay 9001 ssl://h:80', opened('rawTls', 'h')],
	])('%s', (line, command) => {
		expect(run(line).dispatched).toEqual([command]);
	});

	test.each([
		['/relay', 'Say on which port'],
		['/relay 9001', 'Say on which port'],
		['/relay x h:80', 'no port to listen on'],
		['/relay 9001 h:x', 'is no port'],
		['/relay 9001 udp://h:80', 'carries bytes'],
		['/relay 9001 tls://h:80', 'carries bytes'],
		['/relay 9001 h:80 more', 'too much'],
	])('%s: %s', (line, sentence) => {
		expect(run(line).result).toMatchObject({
			ok: false,
			message: expect.stringContaining(sentence) as string,
		});
	});
});

describe('in the conversation of a relayed connection', () => {
	const there = (line: string) => run(line, relayed);
	const impaired = (
		towards: 'client' | 'server',
		changes: object,
	): Command => ({
		type: 'relay/impair',
		peer: relayed,
		towards,
		impairment: {...noImpairment, ...changes},
	});

	test.each<[string, Command[]]>([
		[
			'/inject server GET  / HTTP/1.0\\r\\n',
			[
				{
					type: 'relay/inject',
					peer: relayed,
					towards: 'server',
					line: 'GET  / HTTP/1.0\\r\\n',
					notation: 'escapes',
				},
			],
		],
		[
			'/inject client hex:00 ff',
			[
				{
					type: 'relay/inject',
					peer: relayed,
					towards: 'client',
					line: '00 ff',
					notation: 'hex',
				},
			],
		],
		// What is not named stays.
		[
			'/impair drop=1% rate=10KB',
			[
				impaired('client', {delayMs: 50, dropChance: 0.01, rate: 10_000}),
				impaired('server', {dropChance: 0.01, rate: 10_000}),
			],
		],
		['/impair server split=3', [impaired('server', {splitBytes: 3})]],
		['/impair client delay=off join=1s', [impaired('client', {joinMs: 1000})]],
		['/impair off', [impaired('client', {}), impaired('server', {})]],
		[
			'/impair half-close client',
			[{type: 'relay/halfClose', peer: relayed, towards: 'client'}],
		],
		['/impair reset', [{type: 'relay/reset', peer: relayed}]],
	])('%s', (line, commands) => {
		expect(there(line).dispatched).toEqual(commands);
	});

	test('/impair alone tells what there is', () => {
		expect(there('/impair').ui).toEqual([
			'notify "To the client: delay=50ms. To the server: nothing."',
		]);
	});

	test.each([
		['/inject', 'Say to which side'],
		['/inject server', 'Say to which side'],
		['/inject both x', 'Say to which side'],
		['/impair lag=5', 'is no impairment'],
		['/impair delay=fast', 'delay=fast cannot be'],
		['/impair drop=101%', 'drop=101% cannot be'],
		['/impair half-close', 'Say which side'],
		['/impair reset drop=1%', 'stands alone'],
	])('%s: %s', (line, sentence) => {
		const {result, dispatched} = there(line);
		expect(result).toMatchObject({
			ok: false,
			message: expect.stringContaining(sentence) as string,
		});
		expect(dispatched).toEqual([]);
	});

	test.each(['/inject server x', '/impair off'])('%s elsewhere', line => {
		expect(run(line).result).toMatchObject({
			ok: false,
			message: expect.stringContaining('no relayed connection') as string,
		});
	});
});

test.each<[string, readonly string[]]>([
	['/rule w', ['when']],
	['/rule delete ', ['1', '12']],
	['/rule dry ', ['when', 'for', '1', '12']],
	['/rule for ', ['relayed', 'bob', 'carol']],
	['/rule when c', ['contains']],
	['/rule when contains x ', ['answer', 'note', 'forward']],
	['/rule when hex:aa a', ['answer']],
	['/rule when hex:aa forward c', ['carol']],
	['/impair h', ['half-close']],
	['/impair client delay=1 d', ['drop=']],
	['/inject s', ['server']],
	['/relay 9001 h:1 -', ['--tls']],
])('completes %s', async (text, candidates) => {
	const completed = await completeLine({text, caret: text.length}, {state});
	expect(new Set(completed?.candidates)).toEqual(new Set(candidates));
});
