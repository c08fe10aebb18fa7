import {useState} from 'react';
import {strings} from '../../strings/index.js';
import type {Theme} from '../theme.js';
import {ChoicePicker, type Choice} from './choice-picker.js';

export interface JumpTarget {
	readonly name: string;
	/** What is to be known about it: trust, presence. */
	readonly words: string;
	readonly unread: number;
}

export interface JumpPickerProps {
	readonly theme: Theme;
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	/** In the order of the peers pane. */
	readonly targets: readonly JumpTarget[];
	readonly onChoose: (index: number) => void;
	readonly onClose: () => void;
}

const plain = (name: string) => name.normalize('NFC').toLowerCase();

/** Where a name begins with what is typed, or holds it; those that begin with it come first, then those with news. */
function matching(targets: readonly JumpTarget[], typed: string): number[] {
	const wanted = plain(typed.trim());
	const rank = ({name, unread}: JumpTarget) =>
		(plain(name).startsWith(wanted) ? 0 : 2) + (unread > 0 ? 0 : 1);
	return targets
		.map((target, index) => ({target, index}))
		.filter(({target}) => plain(target.name).includes(wanted))
		.toSorted((one, other) => rank(one.target) - rank(other.target))
		.map(({index}) => index);
}

/** A conversation by a part of its name; with nothing typed, those with news first. */
export function JumpPicker(props: JumpPickerProps) {
	const {theme, width, height, targets} = props;
	const words = strings.input.jump;
	const [text, setText] = useState('');
	const [chosen, setChosen] = useState(0);
	const shown = matching(targets, text);
	const selected =
		shown.length === 0 ? undefined : Math.min(chosen, shown.length - 1);
	const choices = shown.map((index): Choice => {
		const {name, unread, words: about} = targets[index]!;
		return {
			text: name,
			words: about,
			...(unread > 0 ? {mark: words.unread(unread)} : {}),
		};
	});
	return (
		<ChoicePicker
			theme={theme}
			width={width}
			height={height}
			title={words.title}
			placeholder={words.placeholder}
			text={text}
			choices={choices}
			selected={selected}
			message={
				selected === undefined
					? {text: words.none, style: 'bad'}
					: {text: words.howTo, style: 'dim'}
			}
			hints={[
				['enter', 'select'],
				['escape', 'close'],
			]}
			onText={next => {
				setText(next);
				setChosen(0);
			}}
			onSelect={setChosen}
			onSubmit={() => {
				if (selected !== undefined) props.onChoose(shown[selected]!);
			}}
			onClose={props.onClose}
		/>
	);
}
