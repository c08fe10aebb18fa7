import {useState} from 'react';
import {formatFraming, type Framing} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {
	framingChoices,
	framingWords,
	readFraming,
	type FramingSide,
} from '../format/framing-words.js';
import type {Theme} from '../theme.js';
import {ChoicePicker, type Choice} from './choice-picker.js';

export interface FramingPickerProps {
	readonly theme: Theme;
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	readonly name: string;
	/** What holds now, for what comes and for what goes. */
	readonly current: Readonly<Record<FramingSide, Framing>>;
	readonly onChoose: (side: FramingSide, framing: Framing) => void;
	readonly onClose: () => void;
}

/** Those to choose from; what holds now is among them. */
function choicesFor(side: FramingSide, current: Framing): readonly Framing[] {
	const choices = framingChoices[side];
	const now = formatFraming(current);
	return choices.some(each => formatFraming(each) === now)
		? choices
		: [current, ...choices];
}

/** Where a message ends: choose, or type any framing. Tab goes over to how one is sent. */
export function FramingPicker(props: FramingPickerProps) {
	const {theme, width, name, current} = props;
	const words = strings.stream.framing;
	const [side, setSide] = useState<FramingSide>('received');
	const [text, setText] = useState('');
	const [chosen, setChosen] = useState<number>();
	const now = current[side];
	const framings = choicesFor(side, now);
	const isNow = (framing: Framing) =>
		formatFraming(framing) === formatFraming(now);
	const choices = framings.map((framing): Choice => ({
		text: formatFraming(framing),
		words: framingWords(framing, side),
		...(isNow(framing) ? {mark: words.now} : {}),
	}));
	const isTyped = text.trim() !== '';
	const selected = isTyped
		? undefined
		: (chosen ?? framings.findIndex(each => isNow(each)));
	const read = isTyped
		? readFraming(text)
		: ({ok: true, framing: framings[selected ?? 0] ?? now} as const);
	const meaning = read.ok
		? `${formatFraming(read.framing)}: ${framingWords(read.framing, side)}`
		: read.message;
	return (
		<ChoicePicker
			theme={theme}
			width={width}
			height={props.height}
			title={side === 'sent' ? words.sendingTitle(name) : words.title(name)}
			placeholder={words.placeholder}
			text={text}
			choices={choices}
			selected={selected}
			message={{text: meaning, style: read.ok ? 'plain' : 'bad'}}
			hints={[
				['enter', 'useIt'],
				['tab', 'otherSide'],
				['escape', 'close'],
			]}
			onText={setText}
			onSelect={index => {
				setChosen(index);
				setText('');
			}}
			onSubmit={() => {
				if (read.ok) props.onChoose(side, read.framing);
			}}
			onClose={props.onClose}
			own={key => {
				if (key !== 'tab') return false;
				setSide(side === 'sent' ? 'received' : 'sent');
				setChosen(undefined);
				return true;
			}}
		/>
	);
}
