import {strings} from '../../strings/index.js';
import {Dialog} from '../components/dialog.js';
import {wrapCells} from '../../util/cells.js';
import {composeLine, innerWidth} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {useOverlayKeys} from './use-overlay-keys.js';

export interface QuitDialogProps {
	readonly theme: Theme;
	readonly width: number;
	/** Transfers that would end. */
	readonly running: number;
	readonly onConfirm: () => void;
	readonly onCancel: () => void;
}

export function QuitDialog(props: QuitDialogProps) {
	const {theme, width, running} = props;
	const words = strings.input.quitDialog;
	useOverlayKeys({
		close: props.onCancel,
		own(name) {
			if (name === 'y' || name === 'q') props.onConfirm();
			else if (name === 'n') props.onCancel();
			else return false;
			return true;
		},
	});
	const inner = innerWidth(width);
	return (
		<Dialog
			theme={theme}
			width={width}
			title={words.title}
			lines={wrapCells(words.ask(running), inner).map(part =>
				composeLine(theme, inner, [[part]]),
			)}
			footer={[
				['y', 'accent'],
				[` ${words.yes}  `, 'dim'],
				['Esc', 'accent'],
				[` ${words.no}`, 'dim'],
			]}
		/>
	);
}
