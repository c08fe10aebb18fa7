/** Where everything stands in the offer dialog; pure. In a small window the names go before what can be spared. */
import type {Transfer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {cellWidth, cutCellsAtStart} from '../../util/cells.js';
import {tallWindow} from '../components/tall-list.js';
import {composeLine, innerHeight, innerWidth} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {entryLines, offerFoot, offerHead} from './offer-lines.js';
import {offerOrder, type MarkedCounts, type OfferState} from './offer-model.js';
import {visibleName} from './visible-name.js';

/** Rows of names that there should be at least. */
const leastRows = 3;

export interface OfferLayout {
	/** Painted, each of the inner width. */
	readonly lines: readonly string[];
	/** Of the whole dialog. */
	readonly height: number;
	/** How many rows of names fit, and which is the first. */
	readonly rows: number;
	readonly start: number;
	/** Where the folder is typed. */
	readonly field: {readonly line: number; readonly column: number};
}

type LinesOf = (row: number, isSelected: boolean) => readonly string[];

/** As many lines as all entries could take, at most `most`: the dialog keeps its height while one moves in it. */
function listHeight(count: number, most: number, linesOf: LinesOf): number {
	if (count >= most) return most;
	let lines = 0;
	let extra = 0;
	for (let row = 0; row < count; row++) {
		const plain = linesOf(row, false).length;
		lines += plain;
		extra = Math.max(extra, linesOf(row, true).length - plain);
	}

	return Math.min(most, lines + extra);
}

function folderLine(
	{folder, typing}: OfferState,
	receiveFolder: string,
	theme: Theme,
	width: number,
): string {
	const label = `${strings.input.offerDialog.into} `;
	const path = cutCellsAtStart(
		visibleName(folder ?? receiveFolder),
		width - cellWidth(label),
		theme.glyphs.ellipsis,
	);
	return composeLine(theme, width, [
		[label, typing === undefined ? 'dim' : 'accent'],
		[typing === undefined ? path : '', folder === undefined ? 'dim' : 'strong'],
	]);
}

export function layoutOffer(options: {
	readonly transfer: Transfer;
	readonly state: OfferState;
	readonly counts: MarkedCounts;
	readonly receiveFolder: string;
	/** The first row that was shown before. */
	readonly start: number;
	readonly theme: Theme;
	/** Of the whole dialog; the height is the most that it may take. */
	readonly width: number;
	readonly height: number;
}): OfferLayout {
	const {transfer, state, counts, theme} = options;
	const {entries} = transfer;
	const words = strings.input.offerDialog;
	const width = innerWidth(options.width);
	const order = offerOrder(entries);
	// What was looked at is the receive folder: of another one nothing is known.
	const isUsual = state.folder === undefined;
	const linesOf: LinesOf = (row, isSelected) => {
		const index = order.rows[row]!;
		return entryLines(entries.get(index)!, {
			theme,
			width,
			isSelected,
			isMarked: !state.skip.has(index),
			withPresence: isUsual,
		});
	};

	const count = order.rows.length;
	const position = count > 1 ? words.position(state.selected + 1, count) : '';
	const {total, warnings} = offerFoot({
		counts,
		order,
		freeBytes: isUsual ? transfer.freeBytes : undefined,
		position,
		theme,
		width,
	});
	const [who = '', ...trustNote] = offerHead(transfer, theme, width);
	const blank = composeLine(theme, width, []);
	const most = innerHeight(options.height);
	let spare = {gap: [blank], trustNote, warnings: [...warnings]};
	/** Besides the spare ones: who asks, and the folder. */
	const roomFor = ({gap, trustNote: note, warnings: said}: typeof spare) =>
		most - 2 - total.length - 2 * gap.length - note.length - said.length;
	if (roomFor(spare) < leastRows) spare = {...spare, gap: []};
	if (roomFor(spare) < leastRows) spare = {...spare, trustNote: []};
	if (roomFor(spare) < leastRows) {
		spare = {...spare, warnings: warnings.slice(0, 1)};
	}

	const rows = listHeight(count, Math.max(1, roomFor(spare)), linesOf);
	const list = tallWindow({
		count,
		height: rows,
		selected: state.selected,
		start: options.start,
		linesOf: row => linesOf(row, row === state.selected),
	});
	const body = [
		who,
		...spare.trustNote,
		...spare.gap,
		...list.lines,
		...Array.from({length: rows - list.lines.length}, () => blank),
		...spare.gap,
		...total,
	];
	const folder = folderLine(state, options.receiveFolder, theme, width);
	const lines = [...body, folder, ...spare.warnings];
	return {
		lines,
		height: Math.min(options.height, lines.length + 2),
		rows,
		start: list.start,
		field: {line: body.length, column: cellWidth(`${words.into} `)},
	};
}
