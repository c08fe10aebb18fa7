/** What somebody sees before they accept files: every name as it will be written, sizes, room, and who asks. */
import {
	formatAddress,
	type EngineState,
	type EntryOffer,
} from '../engine/index.js';
import {describeError, strings} from '../strings/index.js';
import {wrapCells} from '../util/cells.js';
import {formatSize} from '../util/quantities.js';
import type {Offered} from './happenings.js';

const sizeCells = 9;
const indent = ' '.repeat(sizeCells + 2);

/** A name and its remarks: only the first row begins with a size, so no name can pretend to be a row of its own. */
function entryLines(entry: EntryOffer, columns: number): string[] {
	const words = strings.cli.question;
	const {name, sizeBytes, flagged, refused} = entry;
	const width = Math.max(1, columns - indent.length);
	const remark = refused
		? words.refused(describeError(refused))
		: flagged
			? strings.input.offerDialog.flagged
			: undefined;
	const [first = '', ...rest] = wrapCells(name, width);
	return [
		`${formatSize(sizeBytes).padStart(sizeCells)}  ${first}`,
		...[
			...rest,
			...(remark === undefined ? [] : wrapCells(`! ${remark}`, width)),
		].map(line => indent + line),
	];
}

/** The lines above the question. What is flagged or left out comes last, next to the answer. */
export function offerLines(
	state: EngineState,
	offered: Offered,
	columns: number,
): string[] {
	const words = strings.cli.question;
	const {offerDialog} = strings.input;
	const {entries, freeBytes, trust} = offered;
	const wanted = entries.filter(({refused}) => !refused);
	const neededBytes = wanted.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0);
	const peer = state.peers.get(offered.peer);
	const address = peer?.address && formatAddress(peer.address);
	const isRemarkable = ({flagged, refused}: EntryOffer) =>
		flagged === true || refused !== undefined;
	return [
		...[
			...entries.filter(entry => !isRemarkable(entry)),
			...entries.filter(entry => isRemarkable(entry)),
		].flatMap(entry => entryLines(entry, columns)),
		...[
			offerDialog.total(
				wanted.length,
				formatSize(neededBytes),
				freeBytes === undefined ? undefined : formatSize(freeBytes),
			),
			freeBytes !== undefined && neededBytes > freeBytes
				? offerDialog.tooLittleSpace
				: '',
			words.into(state.self.receiveFolder),
			words.from(peer?.name ?? '', address, strings.trust[trust]),
			offerDialog.trust[trust],
			wanted.length === 0 ? offerDialog.nothingToTake : '',
		]
			.filter(line => line !== '')
			.flatMap(line => wrapCells(line, columns)),
	];
}
