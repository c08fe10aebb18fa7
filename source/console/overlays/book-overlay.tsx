import type {BookEntry} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {cellWidth, fitCells, wrapCells} from '../../util/cells.js';
import {composeLine, innerWidth} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {TextOverlay} from './text-overlay.js';

export interface BookOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	readonly height: number;
	readonly entries: readonly BookEntry[];
	readonly onClose: () => void;
}

const schemes = {peer: '', raw: 'tcp://', rawTls: 'ssl://'} as const;

const widestName = 24;

/** Saved addresses, as they could be typed. */
export function BookOverlay(props: BookOverlayProps) {
	const {theme, width, entries} = props;
	const words = strings.input.book;
	const inner = innerWidth(width);
	const column = Math.min(
		widestName,
		Math.max(0, ...entries.map(({name}) => cellWidth(name))),
	);
	const said = (text: string, style: 'plain' | 'dim') =>
		wrapCells(text, inner).map(part =>
			composeLine(theme, inner, [[part, style]]),
		);
	const lines =
		entries.length === 0
			? said(words.none, 'plain')
			: [
					...entries.map(({name, target}) =>
						composeLine(theme, inner, [
							[`${fitCells(name, column)}  `, 'accent'],
							[`${schemes[target.kind]}${formatAddress(target)}`],
						]),
					),
					composeLine(theme, inner, []),
					...said(words.howTo, 'dim'),
				];
	return <TextOverlay {...props} title={words.title} lines={lines} />;
}
