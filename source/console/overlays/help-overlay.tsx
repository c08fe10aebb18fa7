import {useMemo} from 'react';
import {strings} from '../../strings/index.js';
import {innerWidth} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {helpLines} from './help-lines.js';
import {TextOverlay} from './text-overlay.js';

export interface HelpOverlayProps {
	readonly theme: Theme;
	/** From where it was opened: what works there stands first. */
	readonly where: 'composer' | 'panes';
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
}

export function HelpOverlay(props: HelpOverlayProps) {
	const {theme, where, width} = props;
	const lines = useMemo(
		() => helpLines(where, theme, innerWidth(width)),
		[where, theme, width],
	);
	return (
		<TextOverlay {...props} title={strings.input.help.title} lines={lines} />
	);
}
