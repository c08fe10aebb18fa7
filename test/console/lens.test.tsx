import {Buffer} from 'node:buffer';
import stringWidth from 'string-width';
import {afterEach, describe, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {limits} from '../../source/limits.js';
import {peerConnected, peerKey, started} from '../helpers/fake-engine.js';
import {greetingInGbk} from '../helpers/byte-rows.js';
import {rawFeed} from '../helpers/raw-reads.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp;

afterEach(async () => {
	await app.close();
});

const u16be = {
	kind: 'length',
	bytes: 2,
	endian: 'big',
	signed: false,
	countsItself: false,
	offset: 0,
} as const;

const chunks: EventBody = {
	type: 'stream/framingChanged',
	peer: peerKey('nc'),
	framing: {kind: 'chunks'},
};

async function withRaw(
	events: readonly EventBody[] = [],
	size: {readonly columns?: number; readonly rows?: number} = {},
) {
	app = await renderApp({
		...size,
		events: [...started, peerConnected('nc', {kind: 'raw'}), ...events],
	});
	app.write(keys.alt('2'));
	await app.waitFor('to nc');
}

async function toPanes() {
	app.write(keys.escape);
	await app.waitFor('i write');
}

/** Every row of the panes is as wide as the screen, and ends with a border. */
function expectStraight(columns: number) {
	for (const line of app.screen().slice(1, -2)) {
		expect(stringWidth(line)).toBe(columns);
		expect(line).toMatch(/[│╮╯]$/);
	}
}

describe('a raw conversation', () => {
	test('shows lines as they end, and in the border what is unfinished', async () => {
		const reads = rawFeed('nc');
		await withRaw(reads('hello\nwor'));
		await app.waitFor('nc > hello');
		await app.waitFor('lines  gb18030  3 bytes of an unfinished line');
		app.engine.emit(...reads('ld\n'));
		await app.waitFor('nc > world');
		expect(app.text()).not.toContain('unfinished');
	});

	test('cut in another way its bytes are the same', async () => {
		const sticky = [0, 3, 97, 98, 99, 0, 2, 100, 101, 0, 5, 102];
		await withRaw(rawFeed('nc')(sticky));
		app.engine.emit({
			type: 'stream/framingChanged',
			peer: peerKey('nc'),
			framing: u16be,
		});
		await app.waitFor('nc > abc');
		await app.waitFor('nc > de');
		await app.waitFor('length u16be  gb18030  3 of 7 bytes');
		app.write(`/reads${keys.enter}`);
		await app.waitFor(/nc > abc +read 1, 1 of 2 ╮/);
		await app.waitFor(/nc > de +read 1, 2 of 2 ╯/);
		await app.waitFor('length u16be  reads  gb18030  3 of 7 bytes');
		app.write(`/hex${keys.enter}`);
		await app.waitFor('┊ 0000  00 03 61 62  63           ..abc');
		await app.waitFor('length u16be  hex  reads  gb18030  3 of 7 bytes');
		app.write(`/hex off${keys.enter}`);
		await app.waitFor(/nc > de +read 1, 2 of 2/);
	});

	test('a change of encoding shows the past again', async () => {
		await withRaw(rawFeed('nc')([...greetingInGbk, 10]));
		await app.waitFor('nc > 你好世界');
		app.engine.emit({
			type: 'peer/encodingChanged',
			peer: peerKey('nc'),
			encoding: 'iso-8859-1',
			fallback: 'iso-8859-1',
		});
		await app.waitFor('nc > ÄãºÃÊÀ½ç');
		await app.waitFor('lines  iso-8859-1');
	});

	test.each([
		[120, 40],
		[80, 24],
		[60, 20],
		[40, 12],
		[30, 9],
	])('fits %d × %d, in hex too', async (columns, rows) => {
		await withRaw(
			rawFeed('nc')([...greetingInGbk, 10, ...greetingInGbk, ...greetingInGbk]),
			{columns, rows},
		);
		app.write(`/reads${keys.enter}/hex${keys.enter}`);
		await app.waitFor('shown as hex');
		// The notice, which may stand in front of the panes, is gone with a key.
		app.write('x');
		await app.waitFor(text => text.includes('c4 e3') && text.includes('› x'));
		expectStraight(columns);
	});
});

describe('a view that is scrolled up', () => {
	test('stays where it was when bytes are cut again', async () => {
		const lines = Array.from({length: 60}, (_, index) => `line ${index}\n`);
		await withRaw(rawFeed('nc')(...lines), {rows: 20});
		await app.waitFor('line 59');
		await toPanes();
		app.write(`${keys.tab}g`);
		await app.waitFor('below');
		await app.waitFor(/line 13 .*\n.*╰ lines .* 46 below/);
		app.engine.emit(chunks);
		await app.waitFor(/line 13\S* .*\n.*╰ chunks .* 46 below/);
		// Of fewer rows as many are shown as fit.
		app.engine.emit({...chunks, framing: {kind: 'fixed', bytes: 14}});
		await app.waitFor(/line 24␊line 2 .*\n.*╰ fixed 14 .* 19 below/);
	});
});

describe('keys', () => {
	test('h and r look at the open conversation', async () => {
		await withRaw(rawFeed('nc')('hi\n'));
		await toPanes();
		app.write('h');
		await app.waitFor('68 69 0a');
		await app.waitFor('Bytes are shown as hex');
		app.write('h');
		await app.waitFor('nc > hi');
		app.write('r');
		await app.waitFor(/nc > hi +read 1/);
	});

	test('m chooses a framing; Tab how a message is sent; a typed one counts', async () => {
		await withRaw();
		await toPanes();
		app.write('m');
		await app.waitFor('Where does a message of nc end?');
		await app.waitFor(/▸ lines +LF, CRLF or CR ends a message +now/);
		app.write(`${keys.down}${keys.enter}`);
		await waitFor(() => app.engine.dispatched.length === 1, 'a command');
		expect(app.engine.dispatched[0]).toMatchObject({
			type: 'stream/setFraming',
			framing: {kind: 'lines', ending: 'lf'},
		});
		app.write('m');
		await app.waitFor('Where does a message of nc end?');
		app.write('length u17');
		await app.waitFor('“length u17” is no framing.');
		app.write(keys.enter);
		app.write(`${keys.backspace}6be`);
		await app.waitFor('length u16be: 2 bytes, big endian, say how long it is');
		app.write(keys.enter);
		await waitFor(() => app.engine.dispatched.length === 2, 'a command');
		expect(app.engine.dispatched[1]).toMatchObject({
			type: 'stream/setFraming',
			framing: u16be,
		});
		app.write('m');
		await app.waitFor('Where does a message of nc end?');
		app.write(keys.tab);
		await app.waitFor('How is a message to nc sent?');
		app.write(`${keys.down}${keys.enter}`);
		await waitFor(() => app.engine.dispatched.length === 3, 'a command');
		expect(app.engine.dispatched[2]).toMatchObject({
			type: 'stream/setSending',
			sending: {framing: {kind: 'lines', ending: 'crlf'}, paceMs: 0},
		});
	});

	test('e filters the encodings and shows how the newest text reads', async () => {
		await withRaw(rawFeed('nc')([...greetingInGbk, 10]));
		await toPanes();
		app.write('e');
		await app.waitFor('How is its text written?');
		await app.waitFor(/▸ gb18030 +now/);
		await app.waitFor(/│ 你好世界 /);
		app.write('1251');
		await app.waitFor('▸ windows-1251');
		await app.waitFor('ДгєГКАЅз');
		app.write('0');
		await app.waitFor('No encoding is called that.');
		app.write(keys.backspace + keys.enter);
		await waitFor(() => app.engine.dispatched.length === 1, 'a command');
		expect(app.engine.dispatched[0]).toMatchObject({
			type: 'peer/setEncoding',
			peer: 'nc',
			encoding: 'windows-1251',
		});
	});

	test('m says where there is nothing to cut', async () => {
		app = await renderApp({events: [...started, peerConnected('bob')]});
		await toPanes();
		app.write('m');
		await app.waitFor('for PLAIN conversations');
		app.write('j');
		await app.waitFor('to bob');
		app.write('m');
		await app.waitFor('bob is a sockterm');
	});

	test('h in the datagrams shows them in hex', async () => {
		app = await renderApp({
			events: [
				...started,
				{
					type: 'datagram/received',
					from: {host: '10.0.0.9', port: 5353},
					listener: 'udp-1' as never,
					bytes: Uint8Array.from([0xde, 0xad, 0x41]),
				},
			],
		});
		app.write(keys.escape);
		await app.waitFor('i write');
		app.write(`${keys.tab}${keys.tab}${keys.tab}`);
		await app.waitFor('datagram');
		app.write('h');
		await app.waitFor('┊ 0000  de ad 41');
	});
});

describe('copying', () => {
	const copied = (text: string) =>
		`\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`;

	test.each([
		['', 'hi'],
		['hex', '68 69 0a'],
		['python', String.raw`b'hi\n'`],
		['c', 'const unsigned char data[3] = {\n\t0x68, 0x69, 0x0a,\n};\n'],
	])('/copy %s gives the newest message to the terminal', async (as, text) => {
		await withRaw(rawFeed('nc')('first\n', 'hi\n'));
		app.write(`/copy ${as}${keys.enter}`);
		await app.waitFor('Gave the terminal 3 bytes to copy');
		expect(app.output()).toContain(copied(text));
	});

	test('too much is refused, and so is nothing', async () => {
		await withRaw();
		app.write(`/copy${keys.enter}`);
		await app.waitFor('There is no message here to copy.');
		app.write('\u0015');
		app.engine.emit(
			chunks,
			...rawFeed('nc', {kind: 'chunks'})('x'.repeat(limits.clipboardBytes)),
		);
		app.write(`/copy hex${keys.enter}`);
		await app.waitFor('That would be 300 kB');
	});
});
