import {afterEach, describe, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {
	datagram,
	peerConnected,
	peerKey,
	received,
	safe,
	started,
} from '../helpers/fake-engine.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';

let app: RenderedApp | undefined;

afterEach(async () => {
	await app?.close();
	app = undefined;
});

const wide =
	'你好，世界！👨‍👩‍👧 mixed with ascii, and 한국어 and e\u0301 to the end of the line';

const busy: readonly EventBody[] = [
	...started,
	peerConnected('bob', {trust: 'VERIFIED'}),
	peerConnected('10.0.0.5:51234', {kind: 'raw'}),
	received('bob', 'hi, the build is up'),
	received('10.0.0.5:51234', wide),
	datagram('temp=21.5'),
	datagram(wide),
];

/** In which columns vertical borders stand, for each row of the body. */
function borderColumns(terminal: RenderedApp): string[] {
	const buffer = terminal.model.buffer.active;
	return Array.from({length: terminal.model.rows - 3}, (_, index) => {
		const line = buffer.getLine(buffer.baseY + index + 1)!;
		const columns: number[] = [];
		for (let x = 0; x < terminal.model.cols; x++) {
			const cell = line.getCell(x)!.getChars();
			if ('│╭╮╰╯'.includes(cell) && cell !== '') columns.push(x);
		}

		return columns.join(',');
	});
}

describe('the first screen', () => {
	test('says where it listens and what to do next', async () => {
		app = await renderApp();
		const text = await app.waitFor('Nobody is connected yet.');
		expect(text).toContain('sockterm   alice   tcp :9090   udp :10000');
		expect(text).toContain('192.168.1.20:9090');
		expect(text).toContain('[2001:db8::20]:10000');
		expect(text).toContain('nc 192.168.1.20 9090');
		expect(text).toContain('/practice');
		expect(text).toContain('No transfers yet.');
		expect(text).toContain('No datagrams yet.');
	});

	test('says why a port could not be opened, and what to do', async () => {
		const error = errorInfo('portTaken', {port: 9090, kind: 'tcp'});
		app = await renderApp({
			events: [
				started[0]!,
				started[2]!,
				{type: 'listener/failed', kind: 'tcp', port: 9090, error},
			],
		});
		const text = await app.waitFor('Port 9090');
		expect(text).toContain('tcp :9090 failed');
		expect(text).toContain('--tcp 9091');
		expect(text).toContain('/listen tcp 9090');
		expect(text).not.toContain('nc 192.168.1.20');
	});

	test('a port that fails later is a sentence in the hint line', async () => {
		app = await renderApp({events: busy});
		const error = errorInfo('portForbidden', {port: 80, kind: 'tcp'});
		app.engine.emit({type: 'listener/failed', kind: 'tcp', port: 80, error});
		const text = await app.waitFor('port 80.');
		expect(text.split('\n').at(-1)).toContain('port 80');
	});
});

describe('the panes', () => {
	test.each([
		[120, 40],
		[100, 16],
		[80, 24],
		[60, 20],
		[40, 10],
	])('keep their borders with wide text at %d × %d', async (columns, rows) => {
		app = await renderApp({columns, rows, events: busy});
		await app.waitFor('mixed');
		const borders = borderColumns(app);
		const expected = new Set(borders.slice(1, 4));
		expect(expected.size).toBe(1);
		// The right column's inner border is the one line with more corners.
		for (const line of borders) {
			for (const x of [...expected][0]!.split(',')) {
				expect(line.split(',')).toContain(x);
			}
		}

		expect(app.screen().at(-2)).toContain('›');
	});

	test('stand in three columns at 120 × 40', async () => {
		app = await renderApp({events: busy});
		const text = await app.waitFor('temp=21.5');
		expect(text).toMatch(/╭ Peers .*╮╭ All .*╮╭ Transfers .*╮/);
		expect(text).toMatch(/╭ Datagrams .*╮/);
		expect(text).toContain('2 peers');
	});

	test('share the middle as tabs at 80 × 24', async () => {
		app = await renderApp({columns: 80, rows: 24, events: busy});
		await app.waitFor('[All] | Transfers | Datagrams 2');
		app.write(keys.escape);
		await app.waitFor('choose');
		app.write(keys.tab + keys.tab + keys.tab);
		const text = await app.waitFor('[Datagrams]');
		expect(text).toContain('temp=21.5');
		expect(text).not.toContain('the build is up');
		app.write('i');
		await app.waitFor('the build is up');
	});

	test('are shown one at a time where it is small', async () => {
		app = await renderApp({columns: 50, rows: 12, events: busy});
		await app.waitFor('mixed');
		expect(app.text()).not.toContain('▸');
		app.write(keys.escape);
		const text = await app.waitFor('[Peers]');
		expect(text).toContain('▸ All');
		expect(text).not.toContain('mixed');
	});

	test('follow the size of the terminal', async () => {
		app = await renderApp({events: busy});
		await app.waitFor('╭ Datagrams');
		app.resize(80, 24);
		await app.waitFor('[All]');
		app.resize(19, 4);
		await app.waitFor('Too small');
		app.resize(40, 10);
		await app.waitFor('Peers | [All]');
		app.resize(120, 40);
		const text = await app.waitFor('╭ Datagrams');
		expect(text).toContain('the build is up');
		expect(text).not.toContain('Too small');
	});

	test('a zoomed pane takes all of it, and gives it back', async () => {
		app = await renderApp({events: busy});
		app.write(keys.escape);
		await app.waitFor('choose');
		app.write('z');
		await app.waitFor(text => !text.includes('Transfers'));
		expect(app.text()).toMatch(/╭ Peers ─{20}/);
		app.write('z');
		await app.waitFor('Transfers');
	});

	test('are drawn with ASCII and without colour on a dumb terminal', async () => {
		app = await renderApp({events: busy, env: {TERM: 'dumb'}});
		const text = await app.waitFor('+ Peers ');
		expect(text).not.toMatch(/[│╭▸✓]/u);
		expect(app.output()).not.toContain('\u001B[36m');
	});
});

describe('the peers pane', () => {
	test('shows the window of thousands that holds the chosen one', async () => {
		const many = Array.from({length: 3000}, (_, index) =>
			peerConnected(`peer-${index}`),
		);
		app = await renderApp({events: [...started, ...many]});
		await app.waitFor('3000 peers');
		expect(app.text()).toContain('peer-0 ');
		expect(app.text()).toContain('2966 more');
		app.write(keys.escape);
		await app.waitFor('choose');
		app.write('G');
		await app.waitFor('▸ ◌ peer-2999');
	});

	test('tells the phases of a connection apart in words', async () => {
		const silent = {
			type: 'peer/appeared',
			peer: peerKey('s'),
			name: safe('10.0.0.77:4000'),
			direction: 'in',
		} as const;
		const target = {kind: 'peer', host: 'db', port: 9090} as const;
		app = await renderApp({
			columns: 200,
			events: [
				...started,
				silent,
				{...silent, peer: peerKey('d'), name: safe('db:9090'), target},
				{
					type: 'peer/waiting',
					peer: peerKey('d'),
					attempt: 2,
					nextAt: Date.now() + 60_000,
				},
				peerConnected('gone'),
				{type: 'peer/left', peer: peerKey('gone')},
				peerConnected('nc', {kind: 'raw'}),
			],
		});
		const text = await app.waitFor('again in');
		expect(text).toMatch(/\? 10\.0\.0\.77:4000 +silent/);
		expect(text).toMatch(/↻ db:9090 +again in (60|59) s/);
		expect(text).toMatch(/× gone +left/);
		expect(text).toMatch(/· nc +PLAIN/);
	});

	test('counts down', async () => {
		const target = {kind: 'raw', host: 'db', port: 1} as const;
		app = await renderApp({
			columns: 200,
			events: [
				...started,
				{
					type: 'peer/appeared',
					peer: peerKey('d'),
					name: safe('db:1'),
					direction: 'out',
					target,
				},
				{
					type: 'peer/waiting',
					peer: peerKey('d'),
					attempt: 2,
					nextAt: Date.now() + 30_000,
				},
			],
		});
		await app.waitFor('again in 30 s');
		await app.waitFor('again in 28 s');
	});
});

describe('the datagrams pane', () => {
	test('shows every datagram, the empty one too, and what was lost', async () => {
		app = await renderApp({
			events: [
				...started,
				datagram(''),
				datagram('temp=21.5'),
				{
					type: 'datagram/received',
					from: {host: '10.0.0.9', port: 5353},
					listener: 'udp-1' as never,
					bytes: Uint8Array.of(0xff, 0x00, 0xc4, 0xe3),
				},
				{
					type: 'datagram/counted',
					at: Date.now(),
					perSecond: 40,
					received: 1203,
					shown: 1200,
					droppedByUs: 2,
					droppedByKernel: 1,
					sent: 0,
				},
			],
		});
		const text = await app.waitFor('(empty)');
		expect(text).toContain('10.0.0.9:5353 0 B (empty)');
		expect(text).toContain('temp=21.5');
		expect(text).toContain('ff 00 c4 e3');
		expect(text).toContain('1203 in, 1200 shown');
		expect(text).toContain('dropped 2 by us, 1 by kernel');
		expect(text).toMatch(/Datagrams .* 40\/s +█/);
	});
});
