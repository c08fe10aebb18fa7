/** Commands about listeners, who may reach them, and saved addresses. */
import {expect, test} from 'vitest';
import type {
	Command,
	ConversationKey,
	EngineState,
} from '../../../source/engine/index.js';
import {completeLine} from '../../../source/console/input/completion.js';
import {connected, peerKey, stateOf} from '../../helpers/engine-state.js';
import {runTyped} from '../../helpers/typed-line.js';

const bound = (id: string, kind: 'tcp' | 'tls' | 'udp', port: number) =>
	({
		type: 'listener/bound',
		listener: id as never,
		kind,
		host: '::',
		port,
	}) as const;

const state = stateOf([
	bound('tcp:1', 'tcp', 9_090),
	{...bound('tcp:2', 'tcp', 9_091), host: '127.0.0.1'},
	bound('tls:3', 'tls', 9_443),
	bound('udp:4', 'udp', 9_091),
	connected('bob', {isDialled: true}),
	connected('sensor', {kind: 'raw', host: '10.0.0.7'}),
	{
		type: 'notebook/changed',
		notebook: {
			snippets: [],
			addresses: [
				{name: 'nas', target: {kind: 'raw', host: '10.0.0.2', port: 7}},
				{name: 'Nightly', target: {kind: 'rawTls', host: 'ci', port: 443}},
			],
		},
	},
]);

const bob = peerKey('peer:bob');
const sensor = peerKey('raw:sensor');

const run = (
	line: string,
	conversation: ConversationKey = 'all',
	on: EngineState = state,
) => runTyped(line, conversation, on);

const open = {type: 'listener/open', port: 9_100} as const;

test.each<[string, ConversationKey, Command]>([
	['/listen tcp 9100', 'all', {...open, kind: 'tcp'}],
	['/listen TLS 9100', 'all', {...open, kind: 'tls'}],
	['/listen udp eth0:9100', 'all', {...open, kind: 'udp', host: 'eth0'}],
	[
		'/listen tcp [fe80::1%eth0]:9100 --raw',
		'all',
		{...open, kind: 'tcp', host: 'fe80::1%eth0', raw: true},
	],
	[
		'/listen tcp 9100 --framing "fixed 4" --encoding gbk --idle 2m',
		'all',
		{
			...open,
			kind: 'tcp',
			framing: {kind: 'fixed', bytes: 4},
			encoding: 'gbk',
			idleMs: 120_000,
		},
	],
	[
		'/listen --allow=10.0.0.0/8,::1 tcp 9100 --allow fd00::/8 --deny 10.9.9.9',
		'all',
		{
			...open,
			kind: 'tcp',
			allow: ['10.0.0.0/8', '::1', 'fd00::/8'],
			deny: ['10.9.9.9'],
		},
	],
	[
		'/listen tcp 9100 --classic',
		'all',
		{...open, kind: 'tcp', purpose: {kind: 'classic'}},
	],
	[
		'/unlisten 9443',
		'all',
		{type: 'listener/close', listener: 'tls:3' as never},
	],
	[
		'/unlisten udp 9091',
		'all',
		{type: 'listener/close', listener: 'udp:4' as never},
	],
	[
		'/unlisten 127.0.0.1:9091',
		'all',
		{type: 'listener/close', listener: 'tcp:2' as never},
	],
	[
		'/allow 10.0.0.5',
		'all',
		{type: 'listener/setAccess', change: 'allow', ranges: ['10.0.0.5']},
	],
	[
		'/allow all',
		'all',
		{type: 'listener/setAccess', change: 'reset', ranges: []},
	],
	[
		'/deny 10.0.0.0/8 fd00::/8 tls 9443',
		'all',
		{
			type: 'listener/setAccess',
			change: 'deny',
			ranges: ['10.0.0.0/8', 'fd00::/8'],
			listener: 'tls:3' as never,
		},
	],
	['/kick sensor', 'all', {type: 'peer/kick', peer: sensor, forMs: 600_000}],
	['/kick', sensor, {type: 'peer/kick', peer: sensor, forMs: 600_000}],
	['/kick for 90s', bob, {type: 'peer/kick', peer: bob, forMs: 90_000}],
	[
		'/kick bob for 2 h',
		'all',
		{type: 'peer/kick', peer: bob, forMs: 7_200_000},
	],
	[
		'/connect NAS',
		'all',
		{type: 'peer/dial', target: {kind: 'raw', host: '10.0.0.2', port: 7}},
	],
	[
		'/connect ssl://example.org:443',
		'all',
		{
			type: 'peer/dial',
			target: {kind: 'rawTls', host: 'example.org', port: 443},
		},
	],
	[
		'/book save lab ssl://10.0.0.9:993',
		'all',
		{
			type: 'notebook/saveAddress',
			entry: {
				name: 'lab',
				target: {kind: 'rawTls', host: '10.0.0.9', port: 993},
			},
		},
	],
	['/book delete NAS', 'all', {type: 'notebook/deleteAddress', name: 'nas'}],
])('%s', (line, conversation, command) => {
	const {result, dispatched} = run(line, conversation);
	expect(result).toEqual({ok: true, command});
	expect(dispatched).toEqual([command]);
});

test('/book save NAME saves the address of the open conversation', () => {
	const {target} = state.peers.get(bob)!;
	expect(run('/book save bobs', bob).dispatched).toEqual([
		{type: 'notebook/saveAddress', entry: {name: 'bobs', target}},
	]);
});

test('/book shows what is saved', () => {
	expect(run('/book').ui).toEqual(['openOverlay {"kind":"book"}']);
});

test('who is kicked is told for how long', () => {
	expect(run('/kick sensor for 10m').ui).toEqual([
		expect.stringMatching(/10\.0\.0\.7 is refused for 10 min\./),
	]);
});

test.each<[string, ConversationKey, RegExp]>([
	['/listen 9090', 'all', /Say what to listen on/],
	['/listen tcp', 'all', /no port to listen on/],
	['/listen tcp 9100 9101', 'all', /“9101” is too much/],
	['/listen tcp 9100 --fast', 'all', /no option --fast/],
	['/listen tcp 9100 --idle', 'all', /Say what --idle is to be/],
	['/listen tcp 9100 --raw=1', 'all', /--raw stands alone/],
	['/listen tcp 9100 --idle soon', 'all', /“soon” is no time/],
	['/listen tcp 9100 --allow eth0', 'all', /“eth0” is no address or range/],
	['/listen tcp 9100 --framing words', 'all', /words/],
	['/listen udp 9100 --raw', 'all', /--raw is for connections/],
	['/unlisten tcp', 'all', /several: tcp 9090, tcp 9091/],
	['/unlisten 1', 'all', /Nothing listens on “1”/],
	['/allow', 'all', /Say whom: \/allow 10/],
	['/deny', 'all', /Say whom: \/deny 10/],
	['/deny all', 'all', /“all” is no address or range/],
	['/deny 10.0.0.1 9999', 'all', /Nothing listens on “9999”/],
	['/kick nobody', 'all', /no peer “nobody”/],
	['/kick bob for ever', 'all', /“ever” is no time/],
	['/kick', 'all', /Say which peer/],
	['/book add x', 'all', /“add” is none of these/],
	['/book save', 'all', /under which name/],
	['/book save x', sensor, /not dialled from here/],
	['/book save x udp://h:1', 'all', /no connections over UDP/],
	['/book delete x', 'all', /No address is saved as “x”/],
	['/connect ftp://h', 'all', /ftp:\/\/ is nothing/],
])('%s: %s', (line, conversation, sentence) => {
	const {result, dispatched} = run(line, conversation);
	expect(dispatched).toEqual([]);
	expect(result).toEqual({
		ok: false,
		message: expect.stringMatching(sentence) as unknown,
	});
});

test.each([
	['/connect n', ['nas', 'Nightly']],
	['/book delete Ni', ['Nightly']],
	['/listen tcp 9100 --f', ['--framing']],
	['/unlisten tl', ['tls']],
	['/kick bob f', ['for']],
])('Tab behind %j', async (text, candidates) => {
	const completed = await completeLine({text, caret: text.length}, {state});
	expect(completed?.candidates).toEqual(candidates);
});
