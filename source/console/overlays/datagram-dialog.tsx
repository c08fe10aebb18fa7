import {useState} from 'react';
import {strings} from '../../strings/index.js';
import {Dialog, DialogField} from '../components/dialog.js';
import {keyHints} from '../components/key-hints.js';
import {TextField} from '../components/text-field.js';
import {cellWidth, fitCells, wrapCells} from '../../util/cells.js';
import {composeLine, innerWidth} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {isClosingKey} from './use-overlay-keys.js';

export interface DatagramDialogProps {
	readonly theme: Theme;
	readonly width: number;
	/** `host:port`. */
	readonly defaultTarget?: string;
	/** Both as they were typed; the text may be empty. */
	readonly onSubmit: (datagram: {
		readonly target: string;
		readonly text: string;
	}) => void;
	readonly onCancel: () => void;
	readonly error?: string;
}

type FieldName = 'target' | 'text';

export function DatagramDialog(props: DatagramDialogProps) {
	const {theme, width, defaultTarget = ''} = props;
	const [target, setTarget] = useState(defaultTarget);
	const [text, setText] = useState('');
	const [active, setActive] = useState<FieldName>(
		defaultTarget === '' ? 'target' : 'text',
	);
	const words = strings.input.datagramDialog;
	const inner = innerWidth(width);
	const column = Math.max(cellWidth(words.target), cellWidth(words.text)) + 1;
	const fieldWidth = Math.max(2, inner - column);
	const label = (name: FieldName) =>
		composeLine(theme, inner, [
			[fitCells(words[name], column), active === name ? 'accent' : 'dim'],
		]);
	const below = props.error ?? words.explain;
	const lines = [
		label('target'),
		label('text'),
		composeLine(theme, inner, []),
		...wrapCells(below, inner).map(part =>
			composeLine(theme, inner, [
				[part, props.error === undefined ? 'dim' : 'bad'],
			]),
		),
	];
	const onKey = (name: string): boolean => {
		if (isClosingKey(name)) props.onCancel();
		else if (['tab', 'shift+tab', 'up', 'down'].includes(name)) {
			setActive(active === 'target' ? 'text' : 'target');
		} else return false;
		return true;
	};

	return (
		<Dialog
			theme={theme}
			width={width}
			title={words.title}
			lines={lines}
			footer={keyHints(theme, [
				['tab', 'nextField'],
				['enter', 'submit'],
				['escape', 'close'],
			])}
		>
			<DialogField line={0} column={column}>
				<TextField
					isActive={active === 'target'}
					value={target}
					width={fieldWidth}
					placeholder={words.targetPlaceholder}
					onChange={setTarget}
					onSubmit={() => setActive('text')}
					onKey={onKey}
				/>
			</DialogField>
			<DialogField line={1} column={column}>
				<TextField
					isActive={active === 'text'}
					value={text}
					width={fieldWidth}
					placeholder={words.textPlaceholder}
					onChange={setText}
					onSubmit={typed => props.onSubmit({target, text: typed})}
					onKey={onKey}
				/>
			</DialogField>
		</Dialog>
	);
}
