import {afterEach, expect, test} from 'vitest';
import {relaySpans} from '../../../source/console/format/relay-facts.js';
import {RulesOverlay} from '../../../source/console/overlays/rules-overlay.js';
import {createTheme} from '../../../source/console/theme.js';
import {
	noImpairment,
	type EngineState,
	type EventBody,
	type Rule,
} from '../../../source/engine/index.js';
import {connected, peerKey, stateOf} from '../../helpers/engine-state.js';
import {createDialogStage, expectWhole} from '../../helpers/shown-dialog.js';

const theme = createTheme({colour: false, ascii: false});
const width = 76;

const stage = createDialogStage(width);
afterEach(async () => stage.close());

const shown = async (state: EngineState, text: string) =>
	stage.show(
		<RulesOverlay
			theme={theme}
			width={width}
			height={30}
			state={state}
			onClose={stage.note('close')}
		/>,
		text,
	);

const rule = (number: number, change: Partial<Rule>): EventBody => ({
	type: 'rule/changed',
	rule: {
		id: `rule:${number}` as never,
		match: {kind: 'contains', text: 'PING'},
		action: {kind: 'answer', line: 'PONG\\r\\n', notation: 'escapes'},
		dryRun: false,
		enabled: true,
		hits: 0,
		...change,
	},
});

test('without rules it says how to make one', async () => {
	const terminal = await shown(stateOf([]), 'There are no rules');
	expect(terminal.text()).toContain('/rule when contains "PING"');
	expectWhole(terminal.text());
	terminal.write('\u001B');
	await stage.called('close');
});

test('every rule has its number, what it does, and its hits', async () => {
	const bob = peerKey('raw:bob');
	const state = stateOf([
		connected('bob', {kind: 'raw'}),
		rule(1, {hits: 1}),
		rule(2, {
			match: {kind: 'expression', source: 'T=(\\d+)'},
			action: {kind: 'note', text: 'temperature $1'},
			enabled: false,
			hits: 12,
		}),
		rule(5, {
			match: {kind: 'bytes', bytes: [0xaa, 0x55]},
			action: {kind: 'forward', to: bob},
			peer: bob,
			dryRun: true,
		}),
	]);
	const terminal = await shown(state, 'Rules');
	const text = terminal.text();
	expectWhole(text);
	expect(text).toMatch(/1 +on +contains “PING” → answer “PONG\\r\\n” +1 hit /);
	expect(text).toMatch(
		/2 +off +\/T=\(\\d\+\)\/ → note “temperature \$1” +12 hits/,
	);
	expect(text).toMatch(/5 +dry +hex aa 55 → forward to bob, only bob +0 hits/);
});

test('the title of a relay says where it leads, and what is done to it', () => {
	const relayed = peerKey('raw:relayed');
	const impaired = (
		towards: 'client' | 'server',
		changes: object,
	): EventBody => ({
		type: 'relay/impaired',
		peer: relayed,
		towards,
		impairment: {...noImpairment, ...changes},
	});
	const titleOf = (...events: EventBody[]) => {
		const state = stateOf([
			{
				...(connected('relayed', {kind: 'raw'}) as Extract<
					EventBody,
					{type: 'peer/connected'}
				>),
				relay: {server: {host: '10.0.0.1', port: 80}},
			},
			connected('bob', {kind: 'raw'}),
			...events,
		]);
		expect(relaySpans(state, peerKey('raw:bob'))).toEqual([]);
		return relaySpans(state, relayed)
			.map(([text]) => text)
			.join('');
	};

	expect(titleOf()).toBe(' ⇄ 10.0.0.1:80');
	const drop = {dropChance: 0.01};
	expect(titleOf(impaired('client', drop), impaired('server', drop))).toBe(
		' ⇄ 10.0.0.1:80  impaired: drop=1%',
	);
	expect(
		titleOf(impaired('client', drop), impaired('server', {rate: 10_000})),
	).toBe(' ⇄ 10.0.0.1:80  to the client: drop=1%  to the server: rate=10kB/s');
	expect(
		titleOf(impaired('server', {splitBytes: 3}), impaired('client', {})),
	).toBe(' ⇄ 10.0.0.1:80  to the server: split=3');
});
