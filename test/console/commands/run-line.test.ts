import {join} from 'node:path';
import {homedir} from 'node:os';
import {expect, test} from 'vitest';
import {registry} from '../../../source/console/commands/index.js';
import {otherNames} from '../../../source/console/commands/other-names.js';
import type {
	Command,
	ConversationKey,
	EngineState,
	RoomKey,
} from '../../../source/engine/index.js';
import {bindingsFor} from '../../../source/console/input/keymap.js';
import {
	connected,
	offered,
	peerKey,
	stateOf,
} from '../../helpers/engine-state.js';
import {runTyped} from '../../helpers/typed-line.js';

const state = stateOf([
	{
		type: 'listener/bound',
		listener: 'tcp-1' as never,
		kind: 'tcp',
		host: '::',
		port: 9090,
	},
	{
		type: 'listener/bound',
		listener: 'udp-1' as never,
		kind: 'udp',
		host: '::',
		port: 10_000,
	},
	connected('bob', {isDialled: true}),
	connected('bobby', {host: '10.0.0.6'}),
	connected('sensor', {kind: 'raw', host: '10.0.0.7'}),
	connected('gone', {kind: 'raw', host: '10.0.0.8'}),
	{type: 'peer/left', peer: peerKey('raw:gone')},
	offered('t1', 'bob', [{name: 'report.iso', sizeBytes: 2e9}]),
	offered('t2', 'bobby', [{name: 'photo.jpg', sizeBytes: 1e6}]),
	offered('t3', 'bob', [{name: 'mine.txt', sizeBytes: 10}], 'out'),
]);

const run = (
	line: string,
	conversation: ConversationKey = 'all',
	on: EngineState = state,
) => runTyped(line, conversation, on);

const bob = peerKey('peer:bob');
const sensor = peerKey('raw:sensor');

test.each<[string, ConversationKey, Command]>([
	[
		'hello /there',
		'all',
		{type: 'chat/send', conversation: 'all', text: 'hello /there'},
	],
	['hello', bob, {type: 'chat/send', conversation: bob, text: 'hello'}],
	['  kept  ', bob, {type: 'chat/send', conversation: bob, text: '  kept  '}],
	[
		'//etc/hosts',
		bob,
		{type: 'chat/send', conversation: bob, text: '/etc/hosts'},
	],
	[
		'/connect host',
		'all',
		{type: 'peer/dial', target: {kind: 'peer', host: 'host', port: 9090}},
	],
	[
		'/connect tcp://10.1.2.3:99',
		'all',
		{type: 'peer/dial', target: {kind: 'raw', host: '10.1.2.3', port: 99}},
	],
	[
		'/connect TLS://[::1]:99',
		'all',
		{type: 'peer/dial', target: {kind: 'peer', host: '::1', port: 99}},
	],
	[
		'/connect fe80::1',
		'all',
		{type: 'peer/dial', target: {kind: 'peer', host: 'fe80::1', port: 9090}},
	],
	[
		'/connect host 9191',
		'all',
		{type: 'peer/dial', target: {kind: 'peer', host: 'host', port: 9191}},
	],
	[
		'/CONNECT host',
		'all',
		{type: 'peer/dial', target: {kind: 'peer', host: 'host', port: 9090}},
	],
	[
		'/me waves',
		bob,
		{
			type: 'chat/send',
			conversation: bob,
			text: `* ${state.self.nick} waves`,
		},
	],
	['/disconnect', bob, {type: 'peer/disconnect', peer: bob}],
	['/disconnect SENS', 'all', {type: 'peer/disconnect', peer: sensor}],
	['/disconnect 10.0.0.7:9090', 'all', {type: 'peer/disconnect', peer: sensor}],
	['/close gone', 'all', {type: 'peer/forget', peer: peerKey('raw:gone')}],
	['/listen tcp 9091', 'all', {type: 'listener/open', kind: 'tcp', port: 9091}],
	[
		'/listen udp 127.0.0.1:0',
		'all',
		{type: 'listener/open', kind: 'udp', host: '127.0.0.1', port: 0},
	],
	[
		'/listen tcp [::1]:9091',
		'all',
		{type: 'listener/open', kind: 'tcp', host: '::1', port: 9091},
	],
	[
		'/unlisten 9090',
		'all',
		{type: 'listener/close', listener: 'tcp-1' as never},
	],
	[
		'/unlisten udp',
		'all',
		{type: 'listener/close', listener: 'udp-1' as never},
	],
	[
		'/msg bob  two  words "x"',
		'all',
		{type: 'chat/send', conversation: bob, text: 'two  words "x"'},
	],
	['/all hi', bob, {type: 'chat/send', conversation: 'all', text: 'hi'}],
	['/accept report', 'all', {type: 'transfer/accept', transfer: 't1' as never}],
	[
		'/decline bobby',
		'all',
		{type: 'transfer/decline', transfer: 't2' as never},
	],
	[
		'/cancel mine.txt',
		'all',
		{type: 'transfer/cancel', transfer: 't3' as never},
	],
	[
		'/udp 10.0.0.9:5353 a  b',
		'all',
		{type: 'datagram/send', host: '10.0.0.9', port: 5353, text: 'a  b'},
	],
	[
		'/udp [::1]:5353 x',
		'all',
		{type: 'datagram/send', host: '::1', port: 5353, text: 'x'},
	],
	[
		'/encoding gbk',
		sensor,
		{type: 'peer/setEncoding', peer: sensor, encoding: 'gbk'},
	],
	[
		'/encoding gbk sensor',
		'all',
		{type: 'peer/setEncoding', peer: sensor, encoding: 'gbk'},
	],
	['/nick  Ada Lovelace', 'all', {type: 'self/setNick', nick: 'Ada Lovelace'}],
	['/practice', 'all', {type: 'practice/start'}],
	['/clear', bob, {type: 'chat/clear', conversation: bob}],
	[
		'/send /tmp/a.txt',
		bob,
		{type: 'transfer/offer', peer: bob, paths: ['/tmp/a.txt']},
	],
	[
		'/send bob "/tmp/two words" /tmp/it\\ s',
		'all',
		{type: 'transfer/offer', peer: bob, paths: ['/tmp/two words', '/tmp/it s']},
	],
	[
		'/send bob ~/x ./y',
		'all',
		{
			type: 'transfer/offer',
			peer: bob,
			paths: [join(homedir(), 'x'), join(process.cwd(), 'y')],
		},
	],
])('%s', (line, conversation, command) => {
	const {result, dispatched} = run(line, conversation);
	expect(result).toEqual({ok: true, command});
	expect(dispatched).toEqual([command]);
});

test.each<[string, ConversationKey, string]>([
	['/connect', 'all', 'openOverlay {"kind":"connect"}'],
	['/listen', 'all', 'openOverlay {"kind":"listeners"}'],
	['/limits', 'all', 'openOverlay {"kind":"limits"}'],
	['/help', 'all', 'openOverlay {"kind":"help"}'],
	['/udp', 'all', 'openOverlay {"kind":"datagram"}'],
	['/send', bob, 'openOverlay {"kind":"filePicker","peer":"peer:bob"}'],
	['/transfers', 'all', 'showTransfers "all"'],
	['/peers', 'all', 'focusPane "peers"'],
	['/quit', 'all', 'quit'],
	['/exit', 'all', 'quit'],
	['/bye', 'all', 'quit'],
])('%s acts on the console', (line, conversation, act) => {
	const {result, dispatched, ui} = run(line, conversation);
	expect(result).toEqual({ok: true});
	expect(dispatched).toEqual([]);
	expect(ui).toEqual([act]);
});

test('/help names a command, with or without its slash', () => {
	for (const line of ['/help udp', '/help /udp']) {
		expect(run(line).ui).toEqual([
			expect.stringMatching(/^notify "\/udp \[-x\|-e\] host:port text .+\."$/),
		]);
	}
});

test.each<[string, ConversationKey, RegExp]>([
	[
		'/conect host',
		'all',
		/no command \/conect\. Did you mean \/connect\?.*\/\//,
	],
	['/ignore bob', 'all', /no command \/ignore\. Did you mean \/block\?/],
	['/Hilight x', 'all', /Did you mean \/set bell mention\?/],
	['/qiut', 'all', /Did you mean \/quit\?/],
	['/trans', 'all', /Did you mean \/transfers\?/],
	['/etc/hosts', 'all', /no command \/etc\/hosts\. \/help lists them all/],
	['/', 'all', /There is no command/],
	['/help nothing', 'all', /no command \/nothing/],
	['/connect host:0', 'all', /“0” is no port/],
	['/connect host:http', 'all', /“http” is no port/],
	['/connect host:99999', 'all', /Ports go from 1 to 65535/],
	['/connect :9090', 'all', /names no host.*localhost:9090/],
	['/connect http://host', 'all', /http:\/\/ is nothing that can be dialled/],
	['/connect udp://host:1', 'all', /\/udp host:port/],
	['/connect [::1', 'all', /not an address/],
	['/connect a b c', 'all', /not an address/],
	['/disconnect', 'all', /Say which peer/],
	['/disconnect nobody', 'all', /no peer “nobody”/],
	['/disconnect gone', 'all', /left already/],
	['/msg bo hi', 'all', /could be 2 peers: bob \(10\.0\.0\.5:9090\), bobby/],
	['/msg bob', 'all', /Say what to send/],
	['/msg', 'all', /Say which peer/],
	['/reconnect bob', 'all', /is connected already/],
	['/reconnect gone', 'all', /connected to you/],
	['/close bob', 'all', /\/disconnect first/],
	['/listen 9090', 'all', /\/listen tcp 9090/],
	['/listen tcp', 'all', /no port to listen on/],
	['/listen tcp x', 'all', /“x” is no port/],
	['/unlisten', 'all', /several: tcp 9090, udp 10000/],
	['/unlisten 1', 'all', /Nothing listens on “1”/],
	['/accept', 'all', /several: report\.iso, photo\.jpg/],
	['/accept mine', 'all', /No such transfer/],
	['/udp host x', 'all', /which port on host/],
	['/udp host:1', 'all', /Say what to send/],
	['/udp tcp://host:1 x', 'all', /over UDP/],
	['/encoding', 'all', /Say which peer/],
	['/encoding gbk bob', 'all', /always writes UTF-8/],
	['/send x.txt', sensor, /sensor is a plain connection and takes no files/],
	['/send x.txt', 'all', /Say which peer/],
	[`/nick ${'x'.repeat(33)}`, 'all', /32 characters are the most/],
])(
	'%s is answered with a sentence and sends nothing',
	(line, conversation, sentence) => {
		const {result, dispatched, ui} = run(line, conversation);
		expect(result.ok || result.message).toMatch(sentence);
		expect(dispatched).toEqual([]);
		expect(ui).toEqual([]);
	},
);

test('an empty line is nothing to send', () => {
	expect(run('')).toEqual({result: {ok: true}, dispatched: [], ui: []});
});

test('/accept takes the only offer; the only receiver is meant by /send', () => {
	const few = stateOf([
		connected('bob'),
		offered('t1', 'bob', [{name: 'a', sizeBytes: 1}]),
	]);
	expect(run('/accept', 'all', few).dispatched).toEqual([
		{type: 'transfer/accept', transfer: 't1'},
	]);
	expect(run('/send /x', 'all', few).dispatched).toEqual([
		{type: 'transfer/offer', peer: 'peer:bob', paths: ['/x']},
	]);
	expect(run('/accept', 'all', stateOf([])).result).toEqual({
		ok: false,
		message: 'Nobody is offering files now.',
	});
});

test('names, aliases and keys are each given once', () => {
	const names = registry.commands.flatMap(({name, aliases = []}) => [
		name,
		...aliases,
	]);
	expect(new Set(names).size).toBe(names.length);
	for (const {name, usage} of registry.commands)
		expect(usage.split(' ')[0]).toBe(name);
	for (const where of [
		'composer',
		'panes',
		'overlay',
		'offer',
		'partials',
		'picker',
		'field',
	] as const) {
		const keys = bindingsFor(where).flatMap(each => each.keys);
		expect(new Set(keys).size, where).toBe(keys.length);
	}
});

test.each<[string, ConversationKey]>([
	['/query bob', bob],
	['/window all', 'all'],
	// As Alt-1 … count them: All is the first.
	['/win 1', 'all'],
	['/win 2', bob],
	['/query sens', sensor],
])('%s opens that conversation', (line, key) => {
	const {result, ui} = run(line, sensor);
	expect(result.ok).toBe(true);
	expect(ui).toEqual([`focusConversation ${JSON.stringify(key)}`]);
});

test('/msg says so where what was said is not seen', () => {
	expect(run('/msg bob hi', sensor).ui).toEqual(['notify "Sent to bob."']);
	expect(run('/msg bob hi', bob).ui).toEqual([]);
	expect(run('/msg bob hi', 'all').ui).toEqual([]);
});

test('/nick says what others see from now on', () => {
	expect(run('/nick Ada').ui).toEqual([
		'notify "Others see you as Ada from now on."',
	]);
});

test('/query takes the beginning of a room, where one alone has it', () => {
	const joined = (room: RoomKey) =>
		({type: 'room/joined', room, restored: true, said: []}) as const;
	const inRooms = stateOf([joined('#lab'), joined('#lounge'), joined('#lou')]);
	const opened = (line: string) => run(line, 'all', inRooms).ui;
	expect(opened('/q #LA')).toEqual(['focusConversation "#lab"']);
	expect(opened('/q #lou')).toEqual(['focusConversation "#lou"']);
	expect(opened('/q #l')).toEqual([]);
});

test.each(['/query', '/query nobody', '/win 99', '/query #lab'])(
	'%s opens nothing, and says so',
	line => {
		const {result, ui} = run(line);
		expect(result.ok).toBe(false);
		expect(ui).toEqual([]);
	},
);

test('what other programs call it is named by a command that is there', () => {
	for (const [name, ours] of otherNames) {
		expect(registry.find(name), name).toBeUndefined();
		expect(registry.find(ours.split(' ')[0]!), ours).toBeDefined();
	}
});
