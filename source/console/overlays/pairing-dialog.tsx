import {useState} from 'react';
import type {Pairing} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {wrapCells} from '../../util/cells.js';
import {Dialog, DialogField} from '../components/dialog.js';
import {keyHints} from '../components/key-hints.js';
import {TextField} from '../components/text-field.js';
import {composeLine, innerWidth} from '../format/lines.js';
import type {StyleName, Theme} from '../theme.js';
import {isClosingKey} from './use-overlay-keys.js';

export interface PairingDialogProps {
	readonly theme: Theme;
	readonly width: number;
	readonly name: string;
	/** The six digits that are shown here. */
	readonly code: string;
	readonly pairing: Pairing;
	/** Why the last ones were no good. */
	readonly error?: string;
	/** The code as it was typed. */
	readonly onSubmit: (text: string) => void;
	readonly onCancel: () => void;
}

/** Two screens, two codes: whichever is typed over there or here. */
export function PairingDialog(props: PairingDialogProps) {
	const {theme, width, name, code, pairing} = props;
	const [text, setText] = useState('');
	const words = strings.input.trust.dialog;
	const inner = innerWidth(width);
	const wrapped = (content: string, style: StyleName) =>
		wrapCells(content, inner).map(part =>
			composeLine(theme, inner, [[part, style]]),
		);
	const blank = composeLine(theme, inner, []);
	const {ours, theirs} = pairing;
	const above = [
		...wrapped(words.showing(name), 'plain'),
		blank,
		composeLine(theme, inner, [
			['   '],
			ours ? [code.replace(/...$/, ' $&'), 'strong'] : [words.none, 'dim'],
			[ours ? `   ${words.attempts(ours.attemptsLeft)}` : '', 'dim'],
		]),
		blank,
		...wrapped(theirs ? words.typing(name) : words.waiting(name), 'dim'),
	];
	const prompt = `${theme.glyphs.prompt} `;
	const isChecking = ours?.phase === 'checking' || theirs?.phase === 'checking';
	const below = isChecking
		? wrapped(words.checking, 'dim')
		: props.error === undefined
			? []
			: wrapped(props.error, 'bad');
	const lines = [
		...above,
		composeLine(theme, inner, [[prompt, theirs ? 'accent' : 'dim']]),
		...below,
	];
	return (
		<Dialog
			theme={theme}
			width={width}
			title={words.title(name)}
			lines={lines}
			footer={keyHints(theme, [
				['enter', 'tryCode'],
				['escape', 'close'],
			])}
		>
			<DialogField line={above.length} column={prompt.length}>
				<TextField
					isActive
					value={text}
					width={Math.max(2, inner - prompt.length)}
					onChange={setText}
					onSubmit={typed => {
						setText('');
						props.onSubmit(typed);
					}}
					onKey={key => {
						if (!isClosingKey(key)) return false;
						props.onCancel();
						return true;
					}}
				/>
			</DialogField>
		</Dialog>
	);
}
