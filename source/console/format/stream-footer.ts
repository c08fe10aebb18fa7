/**
 * What stands at the lower edge of a raw conversation: framing, encoding, how it
 * is looked at; then what changes while one looks. What changes stands last and
 * has room of its own, so that nothing in front of it ever moves.
 */
import {
	defaultSending,
	formatFraming,
	type Peer,
	type Sending,
	type Stream,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {cellWidth, cutCells} from '../../util/cells.js';
import {formatPercent} from '../../util/quantities.js';
import type {Theme} from '../theme.js';
import type {Lens} from './lens.js';
import {spansWidth, type Span, type Spans} from './lines.js';

/** Cells kept for what changes. */
const changingCells = 16;
/** Cells of a framing that is cut; a delimiter can be long. */
const leastFraming = 12;
const gap = '  ';

/** In every length that they can have, the longest first. */
type Wordings = readonly [long: string, ...shorter: string[]];

function unfinished({framing, unfinished: held}: Stream): Wordings[] {
	const words = strings.stream.footer;
	if (held.bytes === 0) return [];
	if (held.of !== undefined) {
		return [[words.unfinishedOf(held.bytes, held.of)]];
	}

	const short = words.unfinishedShort(held.bytes);
	return framing.kind === 'lines'
		? [[words.unfinishedLine(held.bytes), short]]
		: [[words.unfinished(held.bytes), short]];
}

function file({file: sending}: Stream, theme: Theme): Wordings[] {
	if (!sending) return [];
	const {name, sizeBytes, sentBytes} = sending;
	const percent = formatPercent(sentBytes, sizeBytes);
	const up = `${theme.glyphs.up} `;
	return [[up + strings.stream.footer.file(name, percent), `${up}${percent}`]];
}

function repeat({repeat: repeated}: Stream): Wordings[] {
	if (!repeated) return [];
	const words = strings.stream.footer;
	const {sent, count, everyMs} = repeated;
	return [
		[
			words.repeat(sent, count, formatPeriod(everyMs)),
			words.repeatShort(sent, count),
		],
	];
}

/** `20 ms`, `1.5 s`. */
export const formatPeriod = (ms: number): string =>
	ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;

const isUsual = (sending: Sending) =>
	formatFraming(sending.framing) === formatFraming(defaultSending.framing) &&
	sending.paceMs === 0;

const sendingText = ({framing, paceMs}: Sending, {glyphs}: Theme) =>
	`${glyphs.outgoing} ${strings.stream.footer.sent(formatFraming(framing), paceMs)}`;

/** Of a conversation that is not cut: only what was asked for. */
export function lensWords({hex, reads}: Lens): Spans {
	const words = strings.stream.footer;
	const on = [...(hex ? [words.hex] : []), ...(reads ? [words.reads] : [])];
	return on.length > 0 ? [[on.join(gap), 'accent']] : [];
}

export function streamFooter(
	stream: Stream,
	peer: Pick<Peer, 'fallback'>,
	look: {
		readonly theme: Theme;
		readonly lens: Lens;
		readonly fallbackEncoding: string;
		/** Cells that there are. */
		readonly width: number;
	},
): Spans {
	const {theme, lens, width} = look;
	const words = strings.stream.footer;
	const spans: Span[] = [];
	let room = width;
	const put = (text: string, style: 'dim' | 'accent' | 'warning') => {
		const lead = spans.length > 0 ? gap : '';
		spans.push([lead + text, style]);
		room -= cellWidth(lead + text);
	};

	// The least important last: what does not fit beside the room that is kept is left out.
	const most = Math.max(leastFraming, width - changingCells);
	const framing = formatFraming(stream.framing);
	put(cutCells(framing, Math.min(width, most), theme.glyphs.ellipsis), 'dim');
	const fixed: Array<readonly [string, 'dim' | 'accent']> = [
		...(lens.hex ? [[words.hex, 'accent'] as const] : []),
		...(lens.reads ? [[words.reads, 'accent'] as const] : []),
		[peer.fallback ?? look.fallbackEncoding, 'dim'],
		...(isUsual(stream.sending)
			? []
			: [[sendingText(stream.sending, theme), 'dim'] as const]),
	];
	for (const [text, style] of fixed) {
		if (spansWidth([[gap + text]]) + changingCells <= room) put(text, style);
	}

	const changing = [
		...unfinished(stream).map(each => [each, 'warning'] as const),
		...file(stream, theme).map(each => [each, 'accent'] as const),
		...repeat(stream).map(each => [each, 'accent'] as const),
	];
	for (const [wordings, style] of changing) {
		const fitting = wordings.find(
			text => cellWidth(gap) + cellWidth(text) <= room,
		);
		if (fitting !== undefined) put(fitting, style);
	}

	return spans;
}
