import type {DatagramSource} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {formatCount, formatSize} from '../../util/quantities.js';
import type {Theme} from '../theme.js';
import {formatClock} from './clock-time.js';
import {composeLine, spansWidth, type Span, type Spans} from './lines.js';

/** What a meter has seen, in words and, where there is little room, in signs. */
function meterTexts({meter}: DatagramSource): readonly string[] {
	if (!meter) return [];
	const {meter: words, meterShort} = strings.keep.datagramView;
	const {jitterMs} = meter;
	const facts = {
		missing: formatCount(meter.missing),
		doubled: formatCount(meter.doubled),
		late: formatCount(meter.late),
		jitterMs: jitterMs < 10 ? jitterMs.toFixed(1) : jitterMs.toFixed(0),
	};
	return [words(facts), meterShort(facts)];
}

/** A sender as one line of exactly `width` cells: the address, then as much as there is room for. */
export function senderLine(
	source: DatagramSource,
	options: {
		readonly theme: Theme;
		readonly width: number;
		readonly isSelected: boolean;
	},
): string {
	const {theme, width, isSelected} = options;
	const {from, received, receivedBytes, lastAt, meter} = source;
	const {count} = strings.keep.datagramView;
	const left: Spans = [
		[isSelected ? `${theme.glyphs.cursor} ` : '  ', 'accent'],
		[formatAddress(from), isSelected ? 'selected' : 'strong'],
	];
	const isBad = meter && meter.missing + meter.doubled + meter.late > 0;
	const style = isBad ? 'warning' : 'dim';
	const [words, short] = meterTexts(source);
	const counted = count(formatCount(received), formatSize(receivedBytes));
	const measured = (text: string | undefined): readonly Span[] =>
		text === undefined ? [] : [[`${text}  `, style]];
	// What a meter says is what somebody waits for: the time goes first.
	const choices: readonly Spans[] = [
		[...measured(words), [counted, 'dim'], [`  ${formatClock(lastAt)}`, 'dim']],
		[...measured(words), [counted, 'dim']],
		[...measured(short), [counted, 'dim']],
		...(short === undefined ? [] : [[[short, style]] as const]),
		[[formatCount(received), 'dim']],
	];
	const room = width - spansWidth(left) - 1;
	const right = choices.find(each => spansWidth(each) <= room) ?? [];
	return composeLine(theme, width, left, right);
}
