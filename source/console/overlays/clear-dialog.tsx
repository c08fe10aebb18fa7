import {strings} from '../../strings/index.js';
import {wrapCells} from '../../util/cells.js';
import {Dialog} from '../components/dialog.js';
import {composeLine, innerWidth} from '../format/lines.js';
import type {StyleName, Theme} from '../theme.js';
import {useOverlayKeys} from './use-overlay-keys.js';

export interface ClearDialogProps {
	readonly theme: Theme;
	readonly width: number;
	/** Whose conversation; undefined: all of them. */
	readonly name: string | undefined;
	readonly onConfirm: () => void;
	readonly onCancel: () => void;
}

/** Asks before what was said is deleted for good. Enter alone deletes nothing. */
export function ClearDialog(props: ClearDialogProps) {
	const {theme, width} = props;
	const words = strings.history.clear;
	useOverlayKeys({
		close: props.onCancel,
		own(name) {
			if (name === 'y') props.onConfirm();
			else if (name === 'n' || name === 'q') props.onCancel();
			else return false;
			return true;
		},
	});
	const inner = innerWidth(width);
	const said = (text: string, style: StyleName) =>
		wrapCells(text, inner).map(part =>
			composeLine(theme, inner, [[part, style]]),
		);
	return (
		<Dialog
			theme={theme}
			width={width}
			title={words.title}
			lines={[
				...said(words.ask(props.name), 'plain'),
				...said(words.detail, 'dim'),
			]}
			footer={[
				['y', 'accent'],
				[` ${words.yes}  `, 'dim'],
				['Esc', 'accent'],
				[` ${words.no}`, 'dim'],
			]}
		/>
	);
}
