import {limits} from '../../limits.js';
import {strings} from '../../strings/index.js';
import {wrapCells} from '../../util/cells.js';
import {Dialog} from '../components/dialog.js';
import {composeLine, innerWidth, type Span} from '../format/lines.js';
import {pastedLines} from '../input/line.js';
import type {Theme} from '../theme.js';
import {useOverlayKeys} from './use-overlay-keys.js';
import {visibleName} from './visible-name.js';

export interface PasteDialogProps {
	readonly theme: Theme;
	readonly width: number;
	readonly height: number;
	readonly text: string;
	readonly onEdit: () => void;
	readonly onSend: () => void;
	readonly onDrop: () => void;
}

/** Borders, a blank line, and what is left out. */
const around = 4;

/** Asks what is to become of a long paste. Enter only puts it into the composer, where Enter sends it. */
export function PasteDialog(props: PasteDialogProps) {
	const {theme, width, height, text} = props;
	const words = strings.input.composing.paste;
	useOverlayKeys({
		close: props.onDrop,
		own(name) {
			if (name === 'e' || name === 'enter') props.onEdit();
			else if (name === 's') props.onSend();
			else if (name === 'd') props.onDrop();
			else return false;
			return true;
		},
	});
	const inner = innerWidth(width);
	const lines = pastedLines(text);
	const question = wrapCells(words.ask(lines.length, text.length), inner);
	const warning =
		text.length > limits.inputCharacters
			? wrapCells(words.tooLong(limits.inputCharacters), inner)
			: [];
	const room = Math.max(1, height - around - question.length - warning.length);
	const shown = lines.slice(0, room);
	const left = lines.length - shown.length;
	const row = (span: Span) => composeLine(theme, inner, [span]);
	return (
		<Dialog
			theme={theme}
			width={width}
			title={words.title}
			lines={[
				...question.map(part => row([part])),
				...warning.map(part => row([part, 'warning'])),
				row(['']),
				...shown.map(line => row([visibleName(line.slice(0, 4 * inner))])),
				...(left > 0 ? [row([words.more(left), 'dim'])] : []),
			]}
			footer={[
				['Enter', 'accent'],
				[` ${words.edit}  `, 'dim'],
				['s', 'accent'],
				[` ${words.send}  `, 'dim'],
				['d', 'accent'],
				[` ${words.drop}`, 'dim'],
			]}
		/>
	);
}
