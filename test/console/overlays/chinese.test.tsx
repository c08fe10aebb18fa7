/** In Chinese, in every size: each window keeps its borders straight, and says what it is. */
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {EventBody} from '../../../source/engine/index.js';
import {errorInfo} from '../../../source/errors.js';
import type {Overlay} from '../../../source/console/overlays/overlay.js';
import {setLanguage, strings} from '../../../source/strings/index.js';
import {
	accepted,
	begun,
	datagram,
	moved,
	offered,
	peerConnected,
	peerKey,
	received,
	started,
	transferId,
} from '../../helpers/fake-engine.js';
import {renderApp, type RenderedApp} from '../../helpers/render-app.js';

let app: RenderedApp | undefined;

beforeAll(() => {
	setLanguage('zh');
});

afterEach(async () => {
	await app?.close();
	app = undefined;
});

afterAll(() => {
	setLanguage('en');
});

const events: readonly EventBody[] = [
	...started,
	peerConnected('小明', {trust: 'VERIFIED'}),
	peerConnected('10.0.0.5:51234', {kind: 'raw'}),
	received(
		'小明',
		'你好，world：这一行很长，要在窄的窗格里折成好几行才放得下。',
	),
	received('10.0.0.5:51234', 'temp=21.5'),
	datagram('温度=21.5'),
	{
		type: 'listener/failed',
		kind: 'tcp',
		port: 9191,
		error: errorInfo('portTaken', {port: 9191, kind: 'tcp'}),
	},
	offered('t1', {
		peer: '小明',
		direction: 'out',
		name: '很长的文件名字.tar.gz',
	}),
	accepted('t1'),
	begun('t1'),
	moved('t1', 1_000_000_000),
	offered('t2', {peer: '小明', name: '报告 2026.pdf'}),
];

const raw = peerKey('10.0.0.5:51234');

const overlays: ReadonlyArray<readonly [Overlay, () => string]> = [
	[{kind: 'connect'}, () => strings.input.connectDialog.title],
	[{kind: 'datagram'}, () => strings.input.datagramDialog.title],
	[
		{kind: 'offer', transfer: transferId('t2')},
		() => strings.input.offerDialog.title(1),
	],
	[
		{kind: 'pair', peer: peerKey('小明')},
		() => strings.input.trust.dialog.title('小明'),
	],
	[{kind: 'framing', peer: raw}, () => strings.stream.framing.title(raw)],
	[{kind: 'encoding', of: raw}, () => strings.stream.encoding.title],
	[
		{kind: 'filePicker', peer: peerKey('小明')},
		() => strings.input.picker.title,
	],
	[
		{kind: 'paste', text: '一\n二\n三\n四\n五\n六\n七'},
		() => strings.input.composing.paste.title,
	],
	[{kind: 'partials'}, () => strings.input.partials.title],
	[{kind: 'help'}, () => strings.input.help.title],
	[{kind: 'quit'}, () => strings.input.quitDialog.title],
	[{kind: 'limits'}, () => strings.input.limits.title],
	[{kind: 'settings'}, () => strings.settings.title],
	[{kind: 'snippets'}, () => strings.input.bytes.snippets.title],
	[{kind: 'rules'}, () => strings.input.rules.title],
	[{kind: 'pins'}, () => strings.input.trust.pins.title],
	[{kind: 'book'}, () => strings.input.book.title],
	[{kind: 'listeners'}, () => strings.input.listeners.title],
	[{kind: 'historyStats'}, () => strings.history.stat.title],
	[{kind: 'clear', conversation: 'all'}, () => strings.history.clear.title],
];

/** The cells of a row; nothing for the second cell of a wide character. */
function cellsOf(terminal: RenderedApp, y: number): string[] {
	const buffer = terminal.model.buffer.active;
	const line = buffer.getLine(buffer.baseY + y)!;
	return Array.from({length: terminal.model.cols}, (_, x) =>
		line.getCell(x)!.getChars(),
	);
}

/** Of the frame that holds `title`: rows whose sides do not stand below its corners. */
function crookedRows(terminal: RenderedApp, title: string): string[] {
	const rows = Array.from({length: terminal.model.rows}, (_, y) =>
		cellsOf(terminal, y),
	);
	const top = rows.findIndex(cells => cells.join('').includes(`╭ ${title}`));
	if (top === -1) return [`no frame is called ${title}`];
	const first = rows[top]!;
	const left = first.findIndex(
		(cell, x) =>
			cell === '╭' && first.slice(x).join('').startsWith(`╭ ${title}`),
	);
	const right = first.indexOf('╮', left);
	const bottom = rows.findIndex((cells, y) => y > top && cells[left] === '╰');
	if (right === -1 || bottom === -1) return ['the frame is not whole'];
	return rows
		.slice(top + 1, bottom + 1)
		.filter((cells, index) => {
			const sides = index === bottom - top - 1 ? '╰╯' : '││';
			return cells[left]! + cells[right]! !== sides;
		})
		.map(cells => cells.join(''));
}

const sizes = [
	[120, 40],
	[80, 24],
	[60, 20],
	[40, 12],
] as const;

describe.each(sizes)('at %d × %d', (columns, rows) => {
	test.each(overlays)('%j', async (startOverlay, title) => {
		app = await renderApp({columns, rows, events, startOverlay});
		// In a small window the end of a long title is cut.
		const beginning = title().slice(0, 18);
		await app.waitFor(`╭ ${beginning}`);
		expect(crookedRows(app, beginning)).toEqual([]);
		// At the lower edge stand keys, each with its whole word.
		const edge = app.screen().findLast(row => / ─╯/.test(row));
		expect(edge).toMatch(/ \p{Script=Han}+ ─╯/u);
		expect(edge).not.toContain('…');
	});

	test('the panes', async () => {
		app = await renderApp({columns, rows, events});
		const pane = columns < 60 ? '对端 |' : '对端';
		await app.waitFor(`╭ ${pane}`);
		expect(crookedRows(app, pane)).toEqual([]);
		expect(app.screen().at(-2)).toContain('发给全部');
	});
});
