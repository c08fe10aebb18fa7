import {type Transfer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import type {Theme} from '../theme.js';
import {wrapCells} from '../../util/cells.js';
import {drawBar} from './graphs.js';
import {composeLine, spansWidth, type Span, type Spans} from './lines.js';
import {formatPercent, formatRate, formatSize} from '../../util/quantities.js';
import {
	isWaitingOffer,
	movedBytes,
	onlyDigest,
	transferGlyph,
	transferOutcomeLines,
	transferProgressText,
	transferStatus,
	transferTitle,
} from './transfer-text.js';

const outcomeLinesShown = 3;

export interface CardOptions {
	readonly theme: Theme;
	readonly width: number;
	readonly isSelected: boolean;
	/** Seconds since the last byte moved, where nothing moves. */
	readonly stillSeconds: number;
}

function barLine(transfer: Transfer, {theme, width}: CardOptions): string {
	const moved = movedBytes(transfer);
	const {totalBytes, phase} = transfer;
	const rate = phase.kind === 'active' ? formatRate(phase.rate) : '';
	const numbers: Spans = [
		[formatPercent(moved, totalBytes).padStart(5), 'strong'],
		[` ${rate.padStart(9)}`, 'accent'],
	];
	const barWidth = Math.max(0, width - spansWidth(numbers) - 2);
	const share = totalBytes > 0 ? moved / totalBytes : 1;
	const bar = drawBar(share, barWidth, theme.glyphs);
	return composeLine(theme, width, [
		['  '],
		[bar.full, 'accent'],
		[bar.empty, 'frame'],
		...numbers,
	]);
}

/** Free space where it is too little for what is offered. */
function spaceLine(transfer: Transfer): Span | undefined {
	const {freeBytes, totalBytes} = transfer;
	if (freeBytes === undefined) return undefined;
	const words = strings.transfer;
	const free = formatSize(freeBytes);
	return freeBytes < totalBytes
		? [words.tooLittleSpace(free), 'bad']
		: [words.freeSpace(free), 'dim'];
}

/** A transfer as the lines of its pane, each exactly `width` cells. */
export function transferCard(
	transfer: Transfer,
	options: CardOptions,
): string[] {
	const {theme, width, isSelected} = options;
	const {glyphs} = theme;
	const {direction, phase, peerName, totalBytes} = transfer;
	const status = transferStatus(transfer);
	const cursor = isSelected ? glyphs.cursor : transferGlyph(transfer, theme);
	const towards = direction === 'out' ? glyphs.arrow : glyphs.parted;
	const title: Spans = [
		[`${cursor} `, isSelected ? 'selected' : status.style],
		[transferTitle(transfer), isSelected ? 'selected' : 'plain'],
		[` ${towards} ${peerName}`, 'dim'],
	];
	const under = (...spans: Spans) =>
		composeLine(theme, width, [['  '], ...spans]);
	const size: Span = [formatSize(totalBytes), 'dim'];
	const lines = [composeLine(theme, width, title, [size])];
	if (phase.kind === 'active') {
		const progress = transferProgressText(transfer, options.stillSeconds);
		lines.push(barLine(transfer, options));
		lines.push(under([progress.text, progress.style]));
		return lines;
	}

	const digest = onlyDigest(transfer);
	lines.push(
		under([status.text, status.style], [digest ? `  ${digest}` : '', 'dim']),
	);
	if (isWaitingOffer(transfer)) {
		const space = spaceLine(transfer);
		if (space) lines.push(under(space));
	}

	if (transfer.leftOut > 0)
		lines.push(under([strings.transfer.leftOut(transfer.leftOut), 'warning']));
	const outcome = transferOutcomeLines(transfer, outcomeLinesShown);
	const wrapped = outcome.flatMap(text => wrapCells(text, width - 2));
	for (const text of wrapped.slice(0, outcomeLinesShown)) {
		lines.push(under([text, 'dim']));
	}

	return lines;
}
