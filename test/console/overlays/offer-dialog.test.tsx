import {homedir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {OfferDialog} from '../../../source/console/overlays/offer-dialog.js';
import {createTheme} from '../../../source/console/theme.js';
import type {EntryOffer, Transfer} from '../../../source/engine/index.js';
import {errorInfo} from '../../../source/errors.js';
import {
	connected,
	peerKey,
	safe,
	stateOf,
	transferId,
} from '../../helpers/engine-state.js';
import {createDialogStage, expectWhole} from '../../helpers/shown-dialog.js';

const theme = createTheme({colour: false, ascii: false});
const MB = 1_000_000;

const stage = createDialogStage();
const {note, called, calls} = stage;
afterEach(async () => stage.close());

type Entry = Omit<EntryOffer, 'name'> & {readonly name: string};

function offer(entries: readonly Entry[], freeBytes = 10_000 * MB): Transfer {
	const state = stateOf([
		connected('bob'),
		{
			type: 'transfer/offered',
			transfer: transferId('t'),
			peer: peerKey('peer:bob'),
			direction: 'in',
			entries: entries.map(entry => ({...entry, name: safe(entry.name)})),
			totalBytes: entries.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
			freeBytes,
			trust: 'UNVERIFIED',
		},
	]);
	return state.transfers.values()[0]!;
}

const two = [
	{name: 'report.iso', sizeBytes: 2_100 * MB},
	{name: '文件.txt', sizeBytes: 12},
];

const many = (count: number): Entry[] =>
	Array.from({length: count}, (_, index) => ({
		name: `file-${index}`,
		sizeBytes: MB,
	}));

const show = async (
	transfer: Transfer,
	options: {
		readonly height?: number;
		readonly width?: number;
		readonly isUnasked?: boolean;
	} = {},
) =>
	stage.show(
		<OfferDialog
			theme={theme}
			width={options.width ?? stage.width}
			height={options.height ?? 20}
			transfer={transfer}
			receiveFolder="/home/alice/Downloads"
			isUnasked={options.isUnasked ?? false}
			onAccept={note('accept')}
			onDecline={note('decline')}
			onLater={note('later')}
		/>,
		'Take th',
	);

describe('an offer', () => {
	test('says who, with which trust, which names, how much, how much room, and where', async () => {
		const terminal = await show(offer(two));
		const screen = terminal.text();
		expectWhole(screen);
		expect(screen).toContain('Take these 2 files?');
		expect(screen).toMatch(/bob ◌ UNVERIFIED/);
		expect(screen).toMatch(/report\.iso +2\.1 GB/);
		expect(screen).toMatch(/文件\.txt +12 B/);
		expect(screen).toContain('2 files, 2.1 GB; 10 GB free here.');
		expect(screen).toContain('Into /home/alice/Downloads');
	});

	test('says what is there already', async () => {
		const terminal = await show(
			offer([
				{
					name: 'half.iso',
					sizeBytes: 100,
					presence: {kind: 'partial', heldBytes: 71},
				},
				{name: 'a', sizeBytes: 1, presence: {kind: 'similar'}},
				{
					name: 'photos',
					kind: 'folder',
					sizeBytes: 0,
					presence: {kind: 'taken'},
				},
				{name: 'pipe.tar', kind: 'stream', sizeBytes: 0},
			]),
		);
		const screen = terminal.text();
		expectWhole(screen);
		expect(screen).toMatch(/half\.iso {2}71% is here, goes on +100 B/);
		expect(screen).toMatch(/same name and size: compared, skipped if the same/);
		expect(screen).toMatch(/photos\/ {2}name taken: gets a number/);
		expect(screen).toMatch(/pipe\.tar +unknown/);
		expect(screen).toContain('3 files, at least 101 B');
	});

	test('shows risky names first, and why; refused ones are left out', async () => {
		const terminal = await show(
			offer([
				...many(30),
				{
					name: '..{2f}x',
					sizeBytes: 1,
					refused: errorInfo('nameRefused', {reason: 'separator'}),
				},
				{name: '.bashrc', sizeBytes: 1, flagged: true},
			]),
		);
		const screen = terminal.text();
		expectWhole(screen);
		expect(screen).toMatch(/▸ ✓ \.bashrc {2}risky name/);
		expect(screen).toContain('Programs read a file of this name');
		expect(screen).toContain('1 risky name, shown first.');
		expect(screen).toContain('1 name cannot be written safely');
		terminal.write('j');
		await terminal.waitFor('refused because of its name');
		terminal.write(' ');
		await terminal.waitFor('▸ ✓ file-0');
		expect(terminal.text()).toContain('31 files, 30 MB');
		terminal.write('a');
		expect(await called('accept')).toBe('accept {}');
	});

	test('of which nothing can be written cannot be accepted', async () => {
		const refused = errorInfo('nameRefused', {reason: 'dots'});
		const terminal = await show(offer([{name: '..', sizeBytes: 1, refused}]));
		expect(terminal.text()).toContain('nothing to take');
		expect(terminal.text()).not.toContain('a accept');
		terminal.write('ad');
		await called('decline');
		expect(calls).toEqual(['decline']);
	});

	test('that does not fit says so, unless what is left does', async () => {
		const half = {kind: 'partial', heldBytes: 90 * MB} as const;
		const terminal = await show(offer(many(200), 100 * MB));
		expect(terminal.text()).toContain('There is not enough room');
		await show(
			offer([{name: 'a', sizeBytes: 100 * MB, presence: half}], 20 * MB),
		);
		expect(terminal.text()).not.toContain('not enough room');
	});
});

describe('the answer', () => {
	test('is a, Enter, d or Esc; other letters are none', async () => {
		const terminal = await show(offer(two));
		terminal.write('yxa');
		await called('accept');
		expect(calls).toEqual(['accept {}']);
		terminal.write('d');
		await called('decline');
		terminal.write('\u001B');
		await called('later');
		const second = await show(offer(two));
		second.write('\r');
		await called('accept');
	});

	test('Enter that was meant for what was there before accepts nothing', async () => {
		const terminal = await show(offer(two), {isUnasked: true});
		terminal.write('\r\r');
		terminal.write('j');
		await terminal.waitFor('▸ ✓ 文件.txt');
		expect(calls).toEqual([]);
		terminal.write('\r');
		await called('accept');
	});

	test('leaves out what was taken out', async () => {
		const terminal = await show(offer(many(5)));
		terminal.write('j ');
		await terminal.waitFor('4 of 5 files, 4 MB');
		terminal.write('G ');
		await terminal.waitFor('3 of 5 files, 3 MB');
		expect(terminal.text()).toMatch(/ {5}file-1 /);
		terminal.write('a');
		expect(await called('accept')).toBe('accept {"skip":[1,4]}');
	});

	test('none, one, all: with nothing marked nothing is accepted', async () => {
		const terminal = await show(offer(many(3)));
		terminal.write('A');
		await terminal.waitFor('0 of 3 files');
		expect(terminal.text()).toContain('Nothing is marked');
		terminal.write('a');
		terminal.write('j ');
		await terminal.waitFor('1 of 3 files');
		expect(calls).toEqual([]);
		terminal.write('a');
		expect(await called('accept')).toBe('accept {"skip":[0,2]}');
		terminal.write('*');
		await terminal.waitFor('│ 3 files, 3 MB');
	});

	test('can name another folder, of which nothing is known yet', async () => {
		const presence = {kind: 'taken'} as const;
		const terminal = await show(
			offer([{name: 'a.txt', sizeBytes: 1, presence}]),
		);
		await terminal.waitFor('gets a number');
		terminal.write('o');
		await terminal.waitFor('Enter use it');
		terminal.write('~/photos\r');
		const screen = await terminal.waitFor(`Into ${homedir()}/photos`);
		expectWhole(screen);
		expect(screen).not.toContain('gets a number');
		expect(screen).not.toContain('free here');
		terminal.write('a');
		expect(await called('accept')).toBe(
			`accept ${JSON.stringify({folder: join(homedir(), 'photos')})}`,
		);
	});

	test('Tab completes the folder, Esc leaves it as it was, nothing is the usual one', async () => {
		const terminal = await show(offer(two));
		terminal.write('o');
		await terminal.waitFor('Enter use it');
		terminal.write(`${process.cwd()}/sour\t`);
		await terminal.waitFor('source/');
		terminal.write('\r');
		await terminal.waitFor(/Into .*source *│/);
		terminal.write('o');
		await terminal.waitFor('Enter use it');
		terminal.write('\u0015elsewhere\u001B');
		await terminal.waitFor(/Into .*source *│/);
		terminal.write('o');
		await terminal.waitFor('Enter use it');
		terminal.write('\u0015\r');
		await terminal.waitFor('Into /home/alice/Downloads');
		expect(calls).toEqual([]);
	});
});

describe('the list', () => {
	test('shows the selected name whole, others with both their ends', async () => {
		const long = `invoice${'-'.repeat(120)}.pdf.exe`;
		const terminal = await show(
			offer([
				{name: 'a', sizeBytes: 1},
				{name: long, sizeBytes: 1},
			]),
		);
		expect(terminal.text()).toMatch(/invoice-+…-+\.pdf\.exe/);
		terminal.write('j');
		const screen = await terminal.waitFor('▸ ✓ invoice');
		expectWhole(screen);
		const rows = screen.split('\n');
		const from = rows.findIndex(row => row.includes('invoice'));
		const shown = rows
			.slice(from, from + 4)
			.map(row => row.slice(6, 48).trim())
			.join('');
		expect(shown).toContain(long);
	});

	test('scrolls through many, and stays where it was when it need not', async () => {
		const terminal = await show(offer(many(40)), {height: 14});
		expect(terminal.text()).not.toContain('file-39');
		terminal.write('G');
		expectWhole(await terminal.waitFor('▸ ✓ file-39'));
		expect(terminal.text()).toContain('40/40');
		terminal.write('k');
		await terminal.waitFor('▸ ✓ file-38');
		expect(terminal.text()).toContain('file-39');
		terminal.write('g');
		await terminal.waitFor('▸ ✓ file-0');
	});

	test.each([
		[76, 37],
		[76, 21],
		[60, 17],
		[40, 7],
	])('keeps its borders at %d × %d', async (width, height) => {
		const wide: Entry[] = [
			{name: '季度报告/'.repeat(20), sizeBytes: 1},
			{name: '👨‍👩‍👧.txt', sizeBytes: 1, flagged: true},
			...many(30),
		];
		const wideStage = createDialogStage(width);
		const terminal = await wideStage.show(
			<OfferDialog
				theme={theme}
				width={width}
				height={height}
				transfer={offer(wide)}
				receiveFolder={`/home/${'很长'.repeat(30)}`}
				onAccept={note('accept')}
				onDecline={note('decline')}
				onLater={note('later')}
			/>,
			'Take these',
			height,
		);
		expectWhole(terminal.text());
		terminal.write('j');
		expectWhole(await terminal.waitFor('▸ ✓ 季'));
		await wideStage.close();
	});

	test('of 20,000 names draws those that are seen', async () => {
		const count = 20_000;
		const entries = many(count);
		const transfer = offer([
			...entries.slice(1),
			{name: '.bashrc', sizeBytes: 1, flagged: true},
		]);
		const terminal = await show(transfer);
		await terminal.waitFor(`1/${count}`);
		let drawn = 0;
		const list = transfer.entries;
		const counting: Transfer = {
			...transfer,
			entries: {
				length: list.length,
				get(index) {
					drawn++;
					return list.get(index);
				},
				with: (index, value) => list.with(index, value),
				toArray: () => list.toArray(),
				[Symbol.iterator]: () => list[Symbol.iterator](),
			},
		};
		const second = await show(counting);
		drawn = 0;
		second.write('G');
		await second.waitFor(`${count}/${count}`);
		expect(drawn).toBeGreaterThan(0);
		expect(drawn).toBeLessThan(300);
	});
});
