import {useState} from 'react';
import type {Pairing} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {cellWidth, wrapCells} from '../../util/cells.js';
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
	/** What the peer is called once it is verified, as it is typed; and why that cannot be. */
	readonly petname: string;
	readonly petnameError?: string;
	readonly onPetname: (text: string) => void;
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
	const [active, setActive] = useState<'code' | 'name'>('code');
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
		blank,
	];
	const nameLine = lines.length;
	const label = `${words.callIt} `;
	lines.push(
		composeLine(theme, inner, [[label, active === 'name' ? 'accent' : 'dim']]),
		...(props.petnameError === undefined
			? []
			: wrapped(props.petnameError, 'bad')),
	);
	const onKey = (key: string): boolean => {
		if (isClosingKey(key)) props.onCancel();
		else if (['tab', 'shift+tab', 'up', 'down'].includes(key)) {
			setActive(active === 'code' ? 'name' : 'code');
		} else return false;
		return true;
	};

	return (
		<Dialog
			theme={theme}
			width={width}
			title={words.title(name)}
			lines={lines}
			footer={keyHints(theme, [
				['enter', 'tryCode'],
				['tab', 'nextField'],
				['escape', 'close'],
			])}
		>
			<DialogField line={above.length} column={prompt.length}>
				<TextField
					isActive={active === 'code'}
					value={text}
					width={Math.max(2, inner - prompt.length)}
					onChange={setText}
					onSubmit={typed => {
						setText('');
						props.onSubmit(typed);
					}}
					onKey={onKey}
				/>
			</DialogField>
			<DialogField line={nameLine} column={cellWidth(label)}>
				<TextField
					isActive={active === 'name'}
					value={props.petname}
					width={Math.max(2, inner - cellWidth(label))}
					onChange={props.onPetname}
					onSubmit={() => setActive('code')}
					onKey={onKey}
				/>
			</DialogField>
		</Dialog>
	);
}
