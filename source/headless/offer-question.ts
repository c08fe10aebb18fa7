/** What somebody sees before they accept files: every name as it will be written, sizes, what is there already, room, and who asks. */
import {
	formatAddress,
	type EngineState,
	type EntryOffer,
} from '../engine/index.js';
import {describeError, presenceText, strings} from '../strings/index.js';
import {wrapCells} from '../util/cells.js';
import {formatSize} from '../util/quantities.js';
import type {Offered} from './happenings.js';

export interface OfferQuestion {
	readonly lines: readonly string[];
	/** The entries that can be taken, by the number before them less 1. One alone has no number. */
	readonly rows: readonly number[];
}

const sizeCells = 9;
const words = strings.cli.question;
const {offerDialog} = strings.input;

interface Row {
	readonly index: number;
	readonly entry: EntryOffer;
}

const isRemarkable = ({entry: {flagged, refused}}: Row): boolean =>
	flagged === true || refused !== undefined;

function remarksOf(entry: EntryOffer): string[] {
	const {kind, flagged, refused} = entry;
	if (refused) return [`! ${words.refused(describeError(refused))}`];
	const presence = presenceText(entry, words);
	return [
		...(kind === undefined ? [] : [words[kind]]),
		...(presence === undefined ? [] : [presence]),
		...(flagged ? [`! ${offerDialog.flagged}`] : []),
	];
}

/** A name and its remarks: only the first row begins with a size, so no name can pretend to be a row of its own. */
function entryLines(
	entry: EntryOffer,
	number: string,
	columns: number,
): string[] {
	const size = entry.kind === undefined ? formatSize(entry.sizeBytes) : '';
	const head = `${number}${size.padStart(sizeCells)}  `;
	const width = Math.max(1, columns - head.length);
	const [first = '', ...rest] = wrapCells(entry.name, width);
	return [
		`${head}${first}`,
		...[
			...rest,
			...remarksOf(entry).flatMap(remark => wrapCells(remark, width)),
		].map(line => ' '.repeat(head.length) + line),
	];
}

/** The lines above the question. What is flagged or left out comes last, next to the answer. */
export function offerQuestion(
	state: EngineState,
	offered: Offered,
	options: {readonly columns: number; readonly toStdout: boolean},
): OfferQuestion {
	const {columns, toStdout} = options;
	const {trust} = offered;
	const freeBytes = toStdout ? undefined : offered.freeBytes;
	const all = offered.entries.map((entry, index): Row => ({index, entry}));
	const shown = [
		...all.filter(row => !isRemarkable(row)),
		...all.filter(row => isRemarkable(row)),
	];
	const wanted = shown.filter(({entry}) => !entry.refused);
	const neededBytes = wanted.reduce((sum, row) => sum + row.entry.sizeBytes, 0);
	const peer = state.peers.get(offered.peer);
	const address = peer?.address && formatAddress(peer.address);
	const numberCells = String(wanted.length).length;
	let lastNumber = 0;
	const numberOf = ({entry}: Row): string => {
		if (wanted.length < 2) return '';
		if (entry.refused) return ' '.repeat(numberCells);
		return String(++lastNumber).padStart(numberCells);
	};

	const lines = [
		...shown.flatMap(row => entryLines(row.entry, numberOf(row), columns)),
		...[
			offerDialog.total(
				wanted.length,
				formatSize(neededBytes),
				freeBytes === undefined ? undefined : formatSize(freeBytes),
			),
			freeBytes !== undefined && neededBytes > freeBytes
				? offerDialog.tooLittleSpace
				: '',
			toStdout ? words.intoStdout : words.into(state.self.receiveFolder),
			words.from(peer?.name ?? '', address, strings.trust[trust]),
			offerDialog.trust[trust],
			wanted.length === 0 ? offerDialog.nothingToTake : '',
		]
			.filter(line => line !== '')
			.flatMap(line => wrapCells(line, columns)),
	];
	return {lines, rows: wanted.map(({index}) => index)};
}
