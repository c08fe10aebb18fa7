import {afterEach, describe, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {peerConnected, peerKey, safe, started} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp;

afterEach(async () => {
	await app.close();
});

const notebook: EventBody = {
	type: 'notebook/changed',
	notebook: {
		addresses: [],
		snippets: [
			{name: 'ping', line: '01 02', notation: 'hex', key: 1},
			{name: 'evil', line: 'a\u001B]0;x\u0007b', notation: 'text', key: 9},
		],
	},
};

const events: readonly EventBody[] = [
	...started,
	peerConnected('bob'),
	peerConnected('plc', {kind: 'raw'}),
	notebook,
];

const altX = keys.alt('x');
const altF1 = '\u001B[1;3P';
const altF5 = '\u001B[15;3~';

/** The console with the plain peer's conversation open. */
async function withPlc(size: {columns?: number; rows?: number} = {}) {
	app = await renderApp({events, ...size});
	app.write(keys.alt('3'));
	await app.waitFor('to plc');
}

const lastDispatched = () => app.engine.dispatched.at(-1);
const hintLine = () => app.screen().at(-1) ?? '';

describe('typing bytes', () => {
	test('Alt-X goes from text to escapes to hex and back; the prompt says which', async () => {
		await withPlc();
		await app.waitFor('Alt-X text, escapes, hex');
		app.write(altX);
		await app.waitFor('to plc escapes');
		await app.waitFor('What you type is text with escapes');
		app.write(altX);
		await app.waitFor('to plc hex');
		app.write(altX);
		await app.waitFor(text => !/to plc (?:escapes|hex)/.test(text));
		expect(app.text()).toContain('What you type is text again.');
	});

	test('the bytes stand below while they are typed, and Enter sends them', async () => {
		await withPlc();
		app.write(altX + altX);
		await app.waitFor('to plc hex');
		const before = app.screen().slice(0, -2);
		app.write('01 03 00 00 00 0a');
		await app.waitFor('6 B  01 03 00 00 00 0a');
		app.write(' $crc16/modbus');
		await app.waitFor('8 B  01 03 00 00 00 0a c5 cd');
		// Nothing above the composer has moved.
		expect(app.screen().slice(0, -2)).toEqual(before);
		app.write(keys.enter);
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		expect(lastDispatched()).toEqual({
			type: 'stream/send',
			peer: peerKey('plc'),
			line: '01 03 00 00 00 0a $crc16/modbus',
			notation: 'hex',
			ref: 1,
		});
		await app.waitFor('Enter send');
	});

	test('what is wrong is said where it is, and Enter keeps the line', async () => {
		await withPlc();
		app.write(altX + altX);
		app.write('01 0');
		await app.waitFor('Character 4, 0, is half a byte');
		app.write(keys.enter);
		app.write('2');
		await app.waitFor('2 B  01 02');
		expect(app.engine.dispatched).toEqual([]);
		expect(hintLine()).toContain('2 B  01 02');
	});

	test('long ones show their beginning and their end', async () => {
		await withPlc({columns: 60, rows: 20});
		app.write(altX + altX);
		app.write(`${'ab'.repeat(30)} 01 02 03 04`);
		await app.waitFor(/34 B {2}ab ab .*ab … 01 02 03 04/);
		expect(app.screen().every(row => row.length <= 60)).toBe(true);
	});

	test('each conversation has its own notation; a command is one in each', async () => {
		await withPlc();
		app.write(altX);
		await app.waitFor('to plc escapes');
		app.write(keys.alt('2'));
		await app.waitFor('to bob');
		expect(app.text()).not.toContain('bob escapes');
		app.write(altX);
		await app.waitFor('bob is a sockterm');
		app.write(keys.alt('3'));
		await app.waitFor('to plc escapes');
		app.write('/limits');
		await app.waitFor('/limits');
		expect(hintLine()).not.toMatch(/\d B {2}/);
		app.write(keys.enter);
		await app.waitFor('Limits');
	});

	test('to everybody there are no bytes', async () => {
		app = await renderApp({events});
		app.write(altX);
		await app.waitFor('open its conversation first');
		expect(app.text()).not.toContain('escapes ›');
	});
});

describe('snippets', () => {
	test('Alt-F1 sends the one on it; a key without one says so', async () => {
		await withPlc();
		app.write(altF1);
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
		expect(lastDispatched()).toMatchObject({
			type: 'stream/send',
			line: '01 02',
			notation: 'hex',
		});
		app.write(altF5);
		await app.waitFor('No snippet is on Alt-F5');
		expect(app.engine.dispatched).toHaveLength(1);
	});

	test('in the panes too', async () => {
		await withPlc();
		app.write(keys.escape);
		await app.waitFor('choose');
		app.write(altF1);
		await waitFor(() => app.engine.dispatched.length > 0, 'a command');
	});

	test('/snippet list shows them, and nothing of them reaches the terminal raw', async () => {
		await withPlc();
		app.write('/snippet list\r');
		await app.waitFor('ping');
		await app.waitFor('Alt-F1');
		const row = app.screen().find(line => line.includes('evil'));
		expect(row).toMatch(/text.*a.*0;x.*b.*Alt-F9/);
		expect(app.output()).not.toContain('\u001B]0;x');
		app.write(keys.escape);
		await app.waitFor(text => !text.includes('Alt-F9'));
	});
});

describe('notices', () => {
	const peer = peerKey('plc');

	test('of repeats and files that have ended', async () => {
		await withPlc();
		app.engine.emit({type: 'stream/repeatEnded', peer, sent: 3});
		await app.waitFor('Repeated 3 times to plc.');
		app.engine.emit({
			type: 'stream/repeatEnded',
			peer,
			sent: 7,
			error: errorInfo('queueFull', {name: 'plc'}),
		});
		await app.waitFor('ended after 7. plc is not taking messages');
		const name = safe('fw.bin');
		app.engine.emit({type: 'stream/fileEnded', peer, name, sentBytes: 3e6});
		await app.waitFor('fw.bin (3 MB) went to plc as bytes.');
		app.engine.emit({
			type: 'stream/fileEnded',
			peer,
			name,
			sentBytes: 1e6,
			error: errorInfo('cancelled'),
		});
		await app.waitFor('1 MB of it went. It was cancelled.');
	});

	test('of a notebook that was damaged', async () => {
		app = await renderApp({events});
		app.engine.emit({
			type: 'notebook/changed',
			notebook: {snippets: [], addresses: []},
			error: errorInfo('notebookDamaged', {path: '/s/notebook.json.corrupt'}),
		});
		await app.waitFor(/was damaged and is now\s+\/s\/notebook\.json\.corrupt/);
	});
});
