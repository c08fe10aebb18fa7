/** A transfer in its pane: a title, how far it is, and what there is to say about it. */
import {isRunning, type Transfer} from '../../engine/index.js';
import {currentLanguage, strings, type Language} from '../../strings/index.js';
import {wrapCells} from '../../util/cells.js';
import {formatPercent, formatRate, formatSize} from '../../util/quantities.js';
import {trustStyle, type Theme} from '../theme.js';
import {drawBar} from './graphs.js';
import {composeLine, spansWidth, type Span, type Spans} from './lines.js';
import {transferFacts, transferTitle} from './transfer-facts.js';
import {progressLines, type Moment} from './transfer-progress.js';
import {
	isWaitingOffer,
	movedBytes,
	onlyDigest,
	transferGlyph,
	transferOutcomeLines,
	transferSize,
	transferStatus,
	type Status,
} from './transfer-text.js';

/** Of what became of a transfer; under the cursor there is room for all of a sentence. */
const outcomeLinesShown = 3;
const outcomeLinesOfSelected = 8;

export interface CardOptions extends Moment {
	readonly theme: Theme;
	readonly width: number;
	readonly isSelected: boolean;
}

/** Share and rate with a bar; of a stream, whose end nobody knows, the rate alone. */
function barLine(transfer: Transfer, {theme, width}: CardOptions): string {
	const moved = movedBytes(transfer);
	const {wantedBytes, phase} = transfer;
	const isMoving = phase.kind === 'active';
	const rate = isMoving && !phase.stalled ? formatRate(phase.rate) : '';
	if (transferFacts(transfer).hasStream) {
		return composeLine(theme, width, [['  '], [rate, 'accent']]);
	}

	const numbers: Spans = [
		[formatPercent(moved, wantedBytes).padStart(5), 'strong'],
		[` ${rate.padStart(9)}`, 'accent'],
	];
	const barWidth = Math.max(0, width - spansWidth(numbers) - 2);
	const share = wantedBytes > 0 ? moved / wantedBytes : 1;
	const bar = drawBar(share, barWidth, theme.glyphs);
	return composeLine(theme, width, [
		['  '],
		[bar.full, isMoving ? 'accent' : 'dim'],
		[bar.empty, 'frame'],
		...numbers,
	]);
}

/** Free space, said loudly where it is too little for what is offered. */
function spaceStatus(transfer: Transfer): Status | undefined {
	const {freeBytes, wantedBytes} = transfer;
	if (freeBytes === undefined) return undefined;
	const words = strings.transfer;
	const free = formatSize(freeBytes);
	return freeBytes < wantedBytes
		? {text: words.tooLittleSpace(free), style: 'bad'}
		: {text: words.freeSpace(free), style: 'dim'};
}

/** Nobody has proved anything where a file moves on a bare connection. In front, where it is never cut off. */
const plainMark = (trust: Transfer['trust'], {glyphs}: Theme): Spans =>
	trust === 'PLAIN'
		? [[`${glyphs.trust[trust]} ${strings.trust[trust]} `, trustStyle(trust)]]
		: [];

function titleLine(transfer: Transfer, options: CardOptions): string {
	const {theme, width, isSelected} = options;
	const {glyphs} = theme;
	const {direction, peerName, trust} = transfer;
	const cursor = isSelected ? glyphs.cursor : transferGlyph(transfer, theme);
	const towards = direction === 'out' ? glyphs.arrow : glyphs.parted;
	const title: Spans = [
		[`${cursor} `, isSelected ? 'selected' : transferStatus(transfer).style],
		...plainMark(trust, theme),
		[transferTitle(transfer), isSelected ? 'selected' : 'plain'],
		[` ${towards} ${peerName}`, 'dim'],
	];
	const size: Span = [transferSize(transfer), 'dim'];
	return composeLine(theme, width, title, [size]);
}

function leftOut({leftOut: count}: Transfer): Status[] {
	return count > 0
		? [{text: strings.transfer.leftOut(count), style: 'warning'}]
		: [];
}

function drawCard(transfer: Transfer, options: CardOptions): string[] {
	const {theme, width} = options;
	const under = ({text, style}: Status, ...more: Spans) =>
		wrapCells(text, width - 2).map((part, index) =>
			composeLine(theme, width, [
				['  '],
				[part, style],
				...(index === 0 ? more : []),
			]),
		);
	const lines = [titleLine(transfer, options)];
	const {phase} = transfer;
	if (phase.kind === 'offered') {
		lines.push(...under(transferStatus(transfer)));
		const space = isWaitingOffer(transfer) ? spaceStatus(transfer) : undefined;
		if (space) lines.push(...under(space));
	} else if (isRunning(transfer)) {
		const isMoving = phase.kind === 'active';
		if (isMoving || movedBytes(transfer) > 0) {
			lines.push(barLine(transfer, options));
		}

		const said = progressLines(transfer, options);
		lines.push(...said.flatMap(each => under(each)));
	} else {
		const digest = onlyDigest(transfer);
		lines.push(
			...under(
				transferStatus(transfer),
				...(digest === undefined ? [] : ([[`  ${digest}`, 'dim']] as const)),
			),
		);
	}

	const {byItself, direction, peerName} = transfer;
	if (byItself && isRunning(transfer)) {
		const text = strings.transfer.byItself[byItself](peerName, direction);
		lines.push(...under({text, style: 'dim'}));
	}

	lines.push(...leftOut(transfer).flatMap(each => under(each)));
	const most = options.isSelected ? outcomeLinesOfSelected : outcomeLinesShown;
	const outcome = transferOutcomeLines(transfer, most).flatMap(text =>
		under({text, style: 'dim'}),
	);
	lines.push(...outcome.slice(0, most));
	return lines;
}

interface Drawn {
	readonly language: Language;
	readonly theme: Theme;
	readonly width: number;
	readonly isSelected: boolean;
	readonly lines: readonly string[];
}

/** Those that are over look the same in every frame. */
const drawn = new WeakMap<Transfer, Drawn>();

/** A transfer as the lines of its pane, each exactly `width` cells. */
export function transferCard(
	transfer: Transfer,
	options: CardOptions,
): readonly string[] {
	if (isRunning(transfer)) return drawCard(transfer, options);
	const {theme, width, isSelected} = options;
	const before = drawn.get(transfer);
	const language = currentLanguage();
	if (
		before?.language === language &&
		before.theme === theme &&
		before.width === width &&
		before.isSelected === isSelected
	) {
		return before.lines;
	}

	const lines = drawCard(transfer, options);
	drawn.set(transfer, {language, theme, width, isSelected, lines});
	return lines;
}
