import {useState} from 'react';
import {strings} from '../../strings/index.js';
import {Dialog, DialogField} from '../components/dialog.js';
import {keyHints} from '../components/key-hints.js';
import {TextField} from '../components/text-field.js';
import {wrapCells} from '../../util/cells.js';
import {composeLine, innerWidth} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {isClosingKey} from './use-overlay-keys.js';

export interface ConnectDialogProps {
	readonly theme: Theme;
	readonly width: number;
	/** The address as it was typed. */
	readonly onSubmit: (text: string) => void;
	readonly onCancel: () => void;
	/** Why the last one was no good. */
	readonly error?: string;
}

export function ConnectDialog(props: ConnectDialogProps) {
	const {theme, width} = props;
	const [text, setText] = useState('');
	const words = strings.input.connectDialog;
	const inner = innerWidth(width);
	const line = (content: string, style: 'dim' | 'bad') =>
		composeLine(theme, inner, [[content, style]]);
	const prompt = `${theme.glyphs.prompt} `;
	const lines = [
		composeLine(theme, inner, [[words.ask]]),
		composeLine(theme, inner, [[prompt, 'accent']]),
		composeLine(theme, inner, []),
		...(props.error === undefined
			? words.explain.flatMap(each =>
					wrapCells(each, inner).map(part => line(part, 'dim')),
				)
			: wrapCells(props.error, inner).map(part => line(part, 'bad'))),
	];
	return (
		<Dialog
			theme={theme}
			width={width}
			title={words.title}
			lines={lines}
			footer={keyHints(theme, [
				['enter', 'connect'],
				['escape', 'close'],
			])}
		>
			<DialogField line={1} column={prompt.length}>
				<TextField
					isActive
					value={text}
					width={Math.max(2, inner - prompt.length)}
					placeholder={words.placeholder}
					onChange={setText}
					onSubmit={props.onSubmit}
					onKey={name => {
						if (!isClosingKey(name)) return false;
						props.onCancel();
						return true;
					}}
				/>
			</DialogField>
		</Dialog>
	);
}
