/** Settings in the console: `/set`, what it changes at once, and keys of presets and of the file. */
import {afterEach, describe, expect, test} from 'vitest';
import type {Command} from '../../source/engine/index.js';
import {defaultKeys, holdKeys} from '../../source/console/input/keymap.js';
import {
	createLiveSettings,
	presetSettings,
	type KeyChange,
	type LiveSettings,
} from '../../source/settings/index.js';
import {
	offered,
	peerConnected,
	received,
	started,
} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp;

afterEach(async () => {
	await app.close();
	holdKeys(defaultKeys);
});

interface Saved {
	readonly name: string;
	readonly value: string | undefined;
}

function settingsWith(
	options: {
		readonly problems?: readonly string[];
		readonly keys?: readonly KeyChange[];
		readonly failing?: string;
	} = {},
): LiveSettings & {readonly saved: Saved[]} {
	const saved: Saved[] = [];
	const {problems = [], keys: changes = [], failing} = options;
	const live = createLiveSettings({
		path: '~/c.toml',
		problems,
		keys: changes,
		initial: presetSettings().get,
		async save(name, value) {
			saved.push({name, value});
			return failing;
		},
	});
	return {...live, saved};
}

const type = (line: string) => app.write(`${line}\r`);

describe('/set', () => {
	test('lists every setting with where it was said, and what is wrong', async () => {
		app = await renderApp({
			settings: settingsWith({
				problems: ['c.toml, line 1: oh.', 'line 2: no.'],
			}),
		});
		await app.waitFor('c.toml, line 1: oh. (1 more like that');
		type('/set theme light');
		await app.waitFor('theme is light now.');
		type('/set');
		await app.waitFor('line 2: no.');
		app.write(keys.end);
		await app.waitFor(/theme\s+light\s+set/);
		await app.waitFor('~/c.toml');
	});

	test('shows one, as it is: also where another command changed it', async () => {
		app = await renderApp({settings: settingsWith()});
		type('/set name');
		await app.waitFor('name is alice');
		type('/set theme');
		await app.waitFor('theme is auto (default).');
		app.engine.emit({type: 'transfer/limited', bytesPerSecond: 4096} as never);
		type('/set limit');
		await app.waitFor('limit is 4096 (set).');
	});

	test('is told to the engine where it is the engine that does it', async () => {
		app = await renderApp({settings: settingsWith()});
		type('/set name bob the builder');
		type('/set limit = 20MB');
		type('/set at-once 5');
		type('/set limit off');
		await app.waitFor('limit is off now.');
		expect(app.engine.dispatched).toMatchObject([
			{type: 'self/setNick', nick: 'bob the builder'},
			{type: 'transfer/limit', bytesPerSecond: 20_000_000},
			{type: 'transfer/setAtOnce', count: 5},
			{type: 'transfer/limit'},
		]);
	});

	test.each<[string, Command]>([
		['encoding big5', {type: 'self/choose', fallbackEncoding: 'big5'}],
		['dir /tmp/in', {type: 'self/choose', receiveFolder: '/tmp/in'}],
		['require-verified on', {type: 'self/choose', requireVerified: true}],
		['no-plain on', {type: 'self/choose', noPlain: true}],
		['backfill off', {type: 'self/choose', backfill: false}],
		[
			'history-days 7',
			{type: 'history/retain', maxAgeMs: 604_800_000, forThisRun: true},
		],
		[
			'history-size 1MB',
			{type: 'history/retain', maxBytes: 1_000_000, forThisRun: true},
		],
	])('%s is done at once, and undone by /unset', async (words, command) => {
		app = await renderApp({settings: settingsWith(), events: started});
		type(`/set ${words}`);
		await app.waitFor(`is ${words.split(' ')[1]} now.`);
		expect(app.engine.dispatched).toMatchObject([command]);
		type(`/unset ${words.split(' ')[0]}`);
		await waitFor(() => app.engine.dispatched.length > 1, 'it is undone');
		await app.waitFor('(default).');
		expect(app.engine.dispatched[1]).toMatchObject({type: command.type});
	});

	test('shows the folder that holds where the one that was named cannot be used', async () => {
		app = await renderApp({settings: settingsWith(), events: started});
		type('/set dir /nowhere');
		await app.waitFor('dir is /nowhere now.');
		type('/set dir');
		await app.waitFor('dir is /home/alice/Downloads/sockterm (set).');
	});

	test('shows what /parallel and /history have changed', async () => {
		app = await renderApp({settings: settingsWith()});
		type('/parallel 7');
		await app.waitFor('at-once is 7 now.');
		expect(app.engine.dispatched).toMatchObject([
			{type: 'transfer/setAtOnce', count: 7},
		]);
		type('/set at-once');
		await app.waitFor('at-once is 7 (set).');
		const retention = {maxAgeMs: 30 * 86_400_000, maxBytes: 1000};
		app.engine.emit({type: 'history/told', stat: {retention}} as never);
		type('/set history-days');
		await app.waitFor('history-days is 30 (set).');
		type('/set history-size');
		await app.waitFor('history-size is 1000 (set).');
	});

	test.each([
		['/set them', 'Did you mean theme?'],
		['/set theme pink', 'theme takes auto, dark'],
		['/set tcp 9091', 'write it with /set -save tcp 9091'],
		['/unset theme', 'theme has not been set'],
		['/unset', 'Say which setting'],
	])('%s is a sentence, and the line stays', async (line, sentence) => {
		app = await renderApp({settings: settingsWith()});
		type(line);
		await app.waitFor(
			text => text.includes(sentence) && text.includes(`› ${line}`),
		);
	});

	test('-save writes, and says where that failed', async () => {
		const settings = settingsWith();
		app = await renderApp({settings});
		type('/set -save tcp 9091');
		await app.waitFor('holds from the next start on');
		type('/set -save times off');
		await app.waitFor('times = off is written into ~/c.toml');
		type('/unset -save times');
		await app.waitFor('times is commented out in ~/c.toml');
		expect(settings.saved).toEqual([
			{name: 'tcp', value: '9091'},
			{name: 'times', value: 'off'},
			{name: 'times', value: undefined},
		]);
		await app.close();
		app = await renderApp({settings: settingsWith({failing: 'No room.'})});
		type('/set -save times off');
		await app.waitFor('No room.');
	});

	test('Tab completes names and values', async () => {
		app = await renderApp({settings: settingsWith()});
		app.write('/set key-\t');
		await app.waitFor('› /set key-preset');
		app.write('we\t\r');
		await app.waitFor('key-preset is weechat now.');
	});
});

test('times in front of messages are as the setting says, at once', async () => {
	app = await renderApp({
		settings: settingsWith(),
		events: [...started, peerConnected('bob'), received('bob', 'hi there')],
	});
	app.write(keys.alt('2'));
	await app.waitFor(/12:00:0\d.*hi there/);
	type('/set times minutes');
	await app.waitFor(/12:00 .*hi there/);
	type('/set times off');
	await app.waitFor(
		text => text.includes('hi there') && !/12:00.*hi there/.test(text),
	);
});

describe('keys', () => {
	const peers = ['bob', 'carol', 'dora'].map(name => peerConnected(name));

	test('irssi: Ctrl-N and Ctrl-P walk, round the end', async () => {
		app = await renderApp({
			settings: settingsWith(),
			events: [...started, ...peers],
		});
		type('/set key-preset irssi');
		await app.waitFor('irssi now');
		app.write('\u000E');
		await app.waitFor('to bob');
		app.write('\u0010\u0010');
		await app.waitFor('to dora');
	});

	test('vim: : begins a command, h and l walk the panes, and the hints say so', async () => {
		app = await renderApp({
			settings: settingsWith(),
			events: [...started, ...peers],
		});
		type('/set key-preset vim');
		await app.waitFor('vim now');
		app.write(keys.escape);
		await app.waitFor('l next pane');
		app.write(':nick zoe\r');
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		expect(app.engine.dispatched).toMatchObject([
			{type: 'self/setNick', nick: 'zoe'},
		]);
	});

	test('the file: another key completes, and Tab does what it is given', async () => {
		app = await renderApp({
			settings: settingsWith({
				keys: [
					{place: 'composer', key: 'ctrl+o', action: 'complete', line: 2},
					{place: 'composer', key: 'tab', action: 'nextConversation', line: 3},
				],
			}),
			events: [...started, peerConnected('bob')],
		});
		app.write('/set key-\u000F');
		await app.waitFor('› /set key-preset');
		app.write('\t');
		await app.waitFor('to bob');
	});

	test('the file: hints, help and answers have the changed key', async () => {
		app = await renderApp({
			settings: settingsWith({
				keys: [
					{place: 'panes', key: 'ctrl+g', action: 'accept', line: 2},
					{place: 'panes', key: 'x', action: 'fly', line: 3},
				],
			}),
			events: [...started, peerConnected('bob'), offered('t1', {peer: 'bob'})],
		});
		await app.waitFor('~/c.toml, line 3: "fly"');
		app.write(keys.escape);
		await app.waitFor('Ctrl-G accept, d decline');
		app.write('?');
		await app.waitFor('Ctrl-G a');
		app.write('q\u0007');
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		expect(app.engine.dispatched).toMatchObject([{type: 'transfer/accept'}]);
	});
});
