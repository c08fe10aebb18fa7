import {expect, test} from 'vitest';
import type {Command, ConversationKey} from '../../../source/engine/index.js';
import {connected, peerKey, stateOf} from '../../helpers/engine-state.js';
import {runTyped} from '../../helpers/typed-line.js';

const peerId = 'ab'.repeat(32) as never;
const state = stateOf([
	{...connected('bob'), peerId} as never,
	connected('sensor', {kind: 'raw', host: '10.0.0.7'}),
	connected('carol'),
	{
		type: 'trust/changed',
		book: {
			pins: [{peerId, petname: 'bob', addedAt: 86_400_000}],
			blockedKeys: [],
			blockedAddresses: ['10.0.0.9'],
		},
	},
]);
const bob = peerKey('peer:bob');
const carol = peerKey('peer:carol');
const sensor = peerKey('raw:sensor');
const run = (line: string, conversation: ConversationKey = 'all') =>
	runTyped(line, conversation, state);

test.each<[string, ConversationKey, Command]>([
	['/unpair bob', 'all', {type: 'trust/unpair', petname: 'bob'}],
	['/unpair BOB', 'all', {type: 'trust/unpair', petname: 'bob'}],
	['/unpair', bob, {type: 'trust/unpair', petname: 'bob'}],
	['/block carol', 'all', {type: 'trust/block', target: {peer: carol}}],
	['/block bob', 'all', {type: 'trust/block', target: {peerId}}],
	['/block', sensor, {type: 'trust/block', target: {peer: sensor}}],
	[
		'/block 10.0.0.0/8',
		'all',
		{type: 'trust/block', target: {address: '10.0.0.0/8'}},
	],
	[
		'/unblock 10.0.0.9',
		'all',
		{type: 'trust/unblock', target: {address: '10.0.0.9'}},
	],
	[
		'/trust bob accept 2GB 7',
		'all',
		{
			type: 'trust/autoAccept',
			petname: 'bob',
			caps: {bytes: 2e9, entries: 7, dayBytes: 2e10},
		},
	],
	[
		'/trust BOB accept',
		'all',
		{
			type: 'trust/autoAccept',
			petname: 'bob',
			caps: {bytes: 1e9, entries: 100, dayBytes: 1e10},
		},
	],
	['/trust bob accept OFF', 'all', {type: 'trust/autoAccept', petname: 'bob'}],
	['/connect Bob', 'all', {type: 'trust/dial', petname: 'Bob'}],
])('%s', (line, conversation, command) => {
	const {result, dispatched} = run(line, conversation);
	expect(result).toMatchObject({ok: true});
	expect(dispatched).toEqual([command]);
});

test('/pair opens the dialog, and takes no code', () => {
	expect(run('/pair', bob).ui).toEqual([
		`openOverlay {"kind":"pair","peer":"${bob}"}`,
	]);
	const {result, dispatched} = run('/pair bob 123456');
	expect(result).toMatchObject({ok: false});
	expect(JSON.stringify(result)).not.toContain('123456');
	expect(dispatched).toEqual([]);
});

test.each([
	['/pair', 'all', /Say which peer/],
	['/pair sensor', 'all', /no encrypted peer/],
	['/unpair carol', 'all', /not verified/],
	['/unpair nobody', 'all', /no peer/],
	['/trust carol accept', 'all', /carol is not verified/],
	['/trust nobody accept', 'all', /no peer/],
	['/trust bob off', 'all', /"off" is neither/],
	['/trust bob accept much', 'all', /"much" is not how much/],
	['/trust bob accept 2GB 99999', 'all', /is not how much/],
	['/block nobody', 'all', /no peer/],
] as const)('%s is refused with a sentence', (line, conversation, sentence) => {
	const {result} = run(line, conversation);
	expect(result.ok).toBe(false);
	expect('message' in result && result.message).toMatch(sentence);
});

test('/whois shows the key in groups of four', () => {
	const [notice = ''] = run('/whois bob').ui;
	expect(notice).toMatch(/bob: UNVERIFIED.*since 1970-01-0.*id [a-z0-9]{4} /);
	expect(run('/whois sensor').ui[0]).toMatch(/PLAIN.*no key/);
});

test('/trust alone, and /whois, say what is taken by itself', () => {
	expect(run('/trust bob').ui).toEqual([
		'notify "bob: nothing is taken by itself."',
	]);
	expect(run('/whois bob').ui[0]).toContain('nothing is taken by itself');
	const granted = [{at: Date.now(), bytes: 5_000_000}];
	const autoAccept = {bytes: 2e9, entries: 1, dayBytes: 2e10};
	const pins = [{peerId, petname: 'bob', addedAt: 1, autoAccept, granted}];
	const allowed = {
		...state,
		trust: {...state.trust, book: {...state.trust.book, pins}},
	};
	expect(runTyped('/whois bob', 'all', allowed).ui[0]).toContain(
		'up to 2 GB and 1 entry an offer are taken by themselves, 20 GB a day (5 MB so far)',
	);
});

test('/peers shows who is verified or blocked too, where there is anybody', () => {
	expect(run('/peers').ui).toEqual([
		'focusPane "peers"',
		'openOverlay {"kind":"pins"}',
	]);
});
