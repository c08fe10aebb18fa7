import type {FailedListener, Listener} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {fitCells, wrapCells} from '../../util/cells.js';
import {composeLine, innerWidth} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {TextOverlay} from './text-overlay.js';

export interface ListenersOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	readonly height: number;
	readonly listeners: readonly Listener[];
	readonly failed: readonly FailedListener[];
	readonly onClose: () => void;
}

/** What listens here, what could not, and how to change it. */
export function ListenersOverlay(props: ListenersOverlayProps) {
	const {theme, width, listeners, failed} = props;
	const words = strings.input.listeners;
	const inner = innerWidth(width);
	const wrapped = (text: string, style: 'plain' | 'dim' | 'bad') =>
		wrapCells(text, inner).map(part =>
			composeLine(theme, inner, [[part, style]]),
		);
	const open = listeners.map(listener => {
		const isEverywhere = ['', '::', '0.0.0.0'].includes(listener.host);
		return composeLine(theme, inner, [
			[fitCells(listener.kind.toUpperCase(), 5), 'accent'],
			isEverywhere
				? [words.everywhere(listener.port)]
				: [formatAddress(listener)],
		]);
	});
	const lines = [
		...(open.length > 0 ? open : wrapped(words.none, 'plain')),
		...failed.flatMap(({kind, error}) =>
			wrapped(
				describeError({...error, details: {kind, ...error.details}}),
				'bad',
			),
		),
		composeLine(theme, inner, []),
		...wrapped(words.howTo, 'dim'),
	];
	return <TextOverlay {...props} title={words.title} lines={lines} />;
}
