import {useState} from 'react';
import {strings} from '../../strings/index.js';
import type {Theme} from '../theme.js';
import {ChoicePicker, type Choice} from './choice-picker.js';

export interface EncodingPickerProps {
	readonly theme: Theme;
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	readonly title: string;
	readonly encodings: readonly string[];
	readonly current: string;
	/** How the newest text would read in it; missing: there is none. */
	readonly preview: (encoding: string) => string | undefined;
	readonly onChoose: (encoding: string) => void;
	readonly onClose: () => void;
}

const keyOf = (name: string) => name.toLowerCase().replaceAll(/[^\da-z]/g, '');

/** All encodings, filtered by what is typed: punctuation and capitals do not count. */
export function EncodingPicker(props: EncodingPickerProps) {
	const {theme, width, encodings, current} = props;
	const words = strings.stream.encoding;
	const [text, setText] = useState('');
	const [chosen, setChosen] = useState<number>();
	const wanted = keyOf(text);
	const found = encodings.filter(each => keyOf(each).includes(wanted));
	// What begins with it was meant rather than what contains it.
	const shown = [
		...found.filter(each => keyOf(each).startsWith(wanted)),
		...found.filter(each => !keyOf(each).startsWith(wanted)),
	];
	const choices = shown.map((name): Choice => ({
		text: name,
		...(name === current ? {mark: strings.stream.framing.now} : {}),
	}));
	const start = wanted === '' ? Math.max(0, shown.indexOf(current)) : 0;
	const selected =
		shown.length === 0
			? undefined
			: Math.min(shown.length - 1, chosen ?? start);
	const encoding = selected === undefined ? undefined : shown[selected];
	const message =
		encoding === undefined
			? ({text: words.none, style: 'bad'} as const)
			: ({
					text: props.preview(encoding) ?? words.nothingToShow,
					style: 'dim',
				} as const);
	return (
		<ChoicePicker
			theme={theme}
			width={width}
			height={props.height}
			title={props.title}
			placeholder={words.placeholder}
			text={text}
			choices={choices}
			selected={selected}
			message={message}
			hints={[
				['enter', 'useIt'],
				['escape', 'close'],
			]}
			onText={next => {
				setText(next);
				setChosen(undefined);
			}}
			onSelect={setChosen}
			onSubmit={() => {
				if (encoding !== undefined) props.onChoose(encoding);
			}}
			onClose={props.onClose}
		/>
	);
}
