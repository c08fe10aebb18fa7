import {join} from 'node:path';
import {homedir} from 'node:os';
import {expect, test} from 'vitest';
import type {Command, EventBody} from '../../../source/engine/index.js';
import {errorInfo} from '../../../source/errors.js';
import {completeLine} from '../../../source/console/input/completion.js';
import {connected, offered, stateOf} from '../../helpers/engine-state.js';
import {
	accepted,
	begun,
	finished,
	transferId,
} from '../../helpers/fake-engine.js';
import {runTyped} from '../../helpers/typed-line.js';

const file = (name: string) => [{name, sizeBytes: 1_000}];
const error = errorInfo('laneLost');
const failed = {kind: 'failed', saved: 0, failed: 1, error} as const;
const paused = (id: string, by: 'us' | 'peer'): EventBody => ({
	type: 'transfer/paused',
	transfer: transferId(id),
	by,
});

const state = stateOf([
	connected('bob'),
	connected('carol'),
	offered('asked', 'carol', file('holiday.zip')),
	offered('moving', 'bob', file('report.iso'), 'out'),
	accepted('moving'),
	begun('moving'),
	offered('held', 'carol', file('photos.tar'), 'out'),
	accepted('held'),
	paused('held', 'us'),
	offered('tried', 'bob', file('again.bin'), 'out'),
	finished('tried', failed),
	offered('tried-again', 'bob', file('again.bin'), 'out'),
	finished('tried-again', failed),
	offered('received', 'bob', file('theirs.bin')),
	finished('received', failed),
	offered('done', 'bob', file('done.bin'), 'out'),
	finished('done', {kind: 'saved', saved: 1}),
	{type: 'transfer/limited', bytesPerSecond: 20_000_000},
]);

const run = (line: string, on = state) => runTyped(line, 'all', on);

test.each<[string, Command]>([
	['/pause', {type: 'transfer/pause', transfer: transferId('moving')}],
	['/pause report', {type: 'transfer/pause', transfer: transferId('moving')}],
	['/pause all', {type: 'transfer/pause'}],
	['/resume', {type: 'transfer/goOn', transfer: transferId('held')}],
	['/resume carol', {type: 'transfer/goOn', transfer: transferId('held')}],
	['/resume all', {type: 'transfer/goOn'}],
	['/retry', {type: 'transfer/retry', transfer: transferId('tried-again')}],
	[
		'/retry again',
		{type: 'transfer/retry', transfer: transferId('tried-again')},
	],
	['/limit 20MB', {type: 'transfer/limit', bytesPerSecond: 20_000_000}],
	['/limit 1.5 MiB', {type: 'transfer/limit', bytesPerSecond: 1_572_864}],
	['/limit off', {type: 'transfer/limit'}],
	[
		'/limit 500kB report',
		{
			type: 'transfer/limit',
			bytesPerSecond: 500_000,
			transfer: transferId('moving'),
		},
	],
	[
		'/limit 2 MB photos',
		{
			type: 'transfer/limit',
			bytesPerSecond: 2_000_000,
			transfer: transferId('held'),
		},
	],
	['/limit off photos', {type: 'transfer/limit', transfer: transferId('held')}],
	['/accept', {type: 'transfer/accept', transfer: transferId('asked')}],
	[
		'/accept into ~/pictures',
		{
			type: 'transfer/accept',
			transfer: transferId('asked'),
			folder: join(homedir(), 'pictures'),
		},
	],
	[
		'/accept holiday into "my pictures"',
		{
			type: 'transfer/accept',
			transfer: transferId('asked'),
			folder: join(process.cwd(), 'my pictures'),
		},
	],
])('%s', (line, command) => {
	const {result, dispatched} = run(line);
	expect(result).toEqual({ok: true, command});
	expect(dispatched).toEqual([command]);
});

test.each<[string, string]>([
	['/transfers', 'showTransfers "all"'],
	['/transfers all', 'showTransfers "all"'],
	['/transfers failed', 'showTransfers "failed"'],
	['/transfers partial', 'openOverlay {"kind":"partials"}'],
	['/parallel 3', 'notify "at-once is 3 now."'],
	['/limit', 'notify "All transfers together: at most 20 MB/s."'],
])('%s acts on the console', (line, act) => {
	const {result, dispatched, ui} = run(line);
	expect(result).toEqual({ok: true});
	expect(dispatched).toEqual([]);
	expect(ui).toEqual([act]);
});

test.each<[string, RegExp]>([
	['/pause photos', /No such transfer is called “photos”/],
	['/retry theirs', /No such transfer/],
	['/retry done', /No such transfer/],
	['/limit fast', /“fast” is no limit.*20MB.*or off/],
	['/limit 0', /“0” is no limit/],
	['/limit -5MB', /is no limit/],
	['/limit 5MB nothing', /No such transfer/],
	['/parallel', /how many.*\/parallel 3/],
	['/parallel 0', /“0” is no number of transfers/],
	['/parallel two', /“two” is no number/],
	['/transfers broken', /“broken” is none of these.*\/transfers partial/],
	['/accept into', /\/accept into ~\/photos/],
	['/accept holiday into', /into which folder/],
	['/accept holiday into a b', /into which folder/],
])('%s is answered with a sentence and sends nothing', (line, sentence) => {
	const {result, dispatched, ui} = run(line);
	expect(result.ok || result.message).toMatch(sentence);
	expect(dispatched).toEqual([]);
	expect(ui).toEqual([]);
});

test('where nothing runs, that is what is said', () => {
	const nothing = stateOf([connected('bob')]);
	for (const line of ['/pause', '/resume', '/retry', '/limit 1MB x']) {
		const {result} = run(line, nothing);
		expect(result, line).toMatchObject({ok: false});
		expect(result.ok || result.message).toMatch(/^(No|Nothing) /);
	}

	expect(run('/limit', nothing).ui).toEqual([
		'notify "There is no limit. /limit 20MB sets one."',
	]);
});

test('of several that run, a name is asked for', () => {
	const two = stateOf([
		connected('bob'),
		offered('one', 'bob', file('one.bin'), 'out'),
		accepted('one'),
		offered('two', 'bob', file('two.bin'), 'out'),
		accepted('two'),
		paused('two', 'peer'),
	]);
	const {result} = run('/pause', two);
	expect(result.ok || result.message).toMatch(/several: one\.bin, two\.bin/);
});

test.each<[string, readonly string[]]>([
	['/pause ', ['all', 'report.iso']],
	['/resume p', ['photos.tar']],
	['/retry ', ['again.bin']],
	['/limit ', ['off']],
	['/limit 5MB ', ['holiday.zip', 'report.iso', 'photos.tar']],
	['/transfers ', ['all', 'failed', 'partial']],
	['/accept ', ['holiday.zip', 'into']],
	['/accept holiday.zip ', ['into']],
])('Tab behind %s offers %j', async (text, candidates) => {
	const found = await completeLine({text, caret: text.length}, {state});
	expect(found?.candidates).toEqual(candidates);
});

test('Tab behind into completes folders alone', async () => {
	const text = '/accept into sour';
	const found = await completeLine({text, caret: text.length}, {state});
	expect(found?.text).toBe('/accept into source/');
	const none = '/accept into package.j';
	expect(
		await completeLine({text: none, caret: none.length}, {state}),
	).toBeUndefined();
});
