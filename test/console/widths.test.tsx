import {afterEach, expect, test} from 'vitest';
import type {EventBody} from '../../source/engine/index.js';
import {toSafeText} from '../../source/engine/sanitize.js';
import {computeLayout} from '../../source/console/layout.js';
import {
	accepted,
	begun,
	datagram,
	moved,
	offered,
	peerConnected,
	received,
	sent,
	started,
} from '../helpers/fake-engine.js';
import {renderApp, type RenderedApp} from '../helpers/render-app.js';
import {wideCorpus, wideTexts} from '../helpers/wide-corpus.js';

let app: RenderedApp;
afterEach(async () => app.close());

const said = (text: string): string => toSafeText(text);
const named = (text: string): string => toSafeText(text, {joiners: false});

const events: readonly EventBody[] = [
	...started,
	...wideTexts.map((text, index) =>
		peerConnected(named(text).slice(0, 24).toWellFormed(), {
			key: `peer-${index}`,
		}),
	),
	...wideTexts.map((text, index) => received(`peer-${index}`, said(text))),
	sent('all', 'mine', said(wideTexts.join(' ')), ['peer-0']),
	...wideTexts.map(text => datagram(text)),
	...wideTexts.slice(0, 8).flatMap((text, index) => {
		const id = `t${index}`;
		const name = named(`${text}.txt`);
		return [
			offered(id, {peer: `peer-${index}`, direction: 'out', name}),
			accepted(id),
			begun(id),
			moved(id, 1_000_000_000),
		];
	}),
];

const tall = 60;

/** Rows of panes whose borders do not stand where the layout puts them. */
function crookedRows(terminal: RenderedApp, columns: number): string[] {
	const layout = computeLayout({
		columns,
		rows: tall,
		tab: 'conversation',
		pane: 'peers',
		isZoomed: false,
		inPanes: false,
	});
	if (layout.kind === 'tooSmall') return ['It is too small.'];
	const buffer = terminal.model.buffer.active;
	const crooked: string[] = [];
	for (const {left, top, width, height} of layout.panes) {
		for (let row = top; row < top + height; row++) {
			const line = buffer.getLine(buffer.baseY + row)!;
			const isInner = row > top && row < top + height - 1;
			const wanted = isInner ? /^│$/ : /^[╭╮╰╯]$/;
			const isStraight = [left, left + width - 1].every(column =>
				wanted.test(line.getCell(column)!.getChars()),
			);
			if (!isStraight) crooked.push(`${row}: ${line.translateToString(true)}`);
		}
	}

	return crooked;
}

const widths = Array.from({length: 161}, (_, index) => 40 + index);

async function straightAt(columns: number): Promise<void> {
	app.resize(columns, tall);
	await app
		.waitFor(() => crookedRows(app, columns).length === 0, 3_000)
		.catch((error: unknown) => {
			throw new Error(
				`At ${columns} columns:\n${crookedRows(app, columns).join('\n')}`,
				{cause: error},
			);
		});
}

test('borders are straight at every width from 40 to 200', async () => {
	app = await renderApp({columns: 40, rows: tall, events});
	for (const columns of widths) await straightAt(columns);
}, 120_000);

test('the cursor stands at the caret, whatever is typed, at every width', async () => {
	app = await renderApp({columns: 200, rows: 16});
	const typed = Object.entries(wideCorpus).filter(
		// What a terminal would not hand to a program as text.
		([name]) => name !== 'privateUse',
	);
	for (const [name, text] of typed) {
		app.write(`\u001B[200~${text}\u001B[201~`);
		app.write('<');
		const isAtCaret = () => {
			const {x, y} = app.cursor();
			const line = app.model.buffer.active.getLine(y)!;
			// One blank behind it: the field's end.
			return (
				line.getCell(x - 1)?.getChars() === '<' &&
				line.getCell(x)?.getChars() === ''
			);
		};
		for (const columns of [200, 120, 80, 61, 40]) {
			app.resize(columns, 16);
			await app.waitFor(isAtCaret, 3_000).catch((error: unknown) => {
				throw new Error(`${name} at ${columns} columns`, {cause: error});
			});
		}

		expect(app.cursor().isVisible).toBe(true);
		app.write('\u0015');
		await app.waitFor(() => !app.screen().at(-2)!.includes('<'));
	}
}, 120_000);
