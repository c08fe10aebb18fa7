import {
	formatFraming,
	type FailedListener,
	type Listener,
	type ListenerOptions,
} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {fitCells, wrapCells} from '../../util/cells.js';
import {formatDurationMs} from '../../util/durations.js';
import {composeLine} from '../format/lines.js';
import type {Theme} from '../theme.js';

const words = strings.input.listeners;

/** What a listener was asked to be, in short; empty where nothing is out of the ordinary. */
export function optionTexts(options: Partial<ListenerOptions>): string[] {
	const {raw, framing, encoding, idleMs, allow, deny, purpose, host} = options;
	const said = words.options;
	return [
		...(host === undefined ? [] : [host]),
		...(raw ? [said.raw] : []),
		...(framing ? [said.framing(formatFraming(framing))] : []),
		...(encoding === undefined ? [] : [said.encoding(encoding)]),
		...(idleMs === undefined ? [] : [said.idle(formatDurationMs(idleMs))]),
		...(allow ? [said.allow(allow)] : []),
		...(deny ? [said.deny(deny)] : []),
		...(purpose?.kind === 'classic' ? [said.classic] : []),
		...(purpose?.kind === 'relay'
			? [said.relay(formatAddress(purpose.target))]
			: []),
	];
}

/** One listener: what and where, how many are connected, and below it what it was asked to be. */
export function listenerLines(
	listener: Listener,
	look: {
		readonly theme: Theme;
		readonly width: number;
		readonly isSelected: boolean;
		readonly connections: number;
	},
): string[] {
	const {theme, width, isSelected, connections} = look;
	const {kind, host, port, options} = listener;
	const isEverywhere = ['', '::', '0.0.0.0'].includes(host);
	const where = isEverywhere
		? words.everywhere(port)
		: formatAddress({host, port});
	return [
		composeLine(
			theme,
			width,
			[
				[isSelected ? `${theme.glyphs.cursor} ` : '  ', 'selected'],
				[fitCells(kind.toUpperCase(), 5), 'accent'],
				[where, isSelected ? 'selected' : 'plain'],
			],
			connections > 0 ? [[words.connections(connections), 'dim']] : [],
		),
		...optionTexts(options).flatMap(text =>
			wrapCells(text, Math.max(1, width - 7)).map(part =>
				composeLine(theme, width, [['       '], [part, 'dim']]),
			),
		),
	];
}

/** Why one is not there. */
export const failureLines = (
	{kind, error}: FailedListener,
	theme: Theme,
	width: number,
): string[] =>
	wrapCells(
		describeError({...error, details: {kind, ...error.details}}),
		width,
	).map(part => composeLine(theme, width, [[part, 'bad']]));
