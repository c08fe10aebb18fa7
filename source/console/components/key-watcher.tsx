import {useInput, usePaste} from 'ink';
import {keyName} from '../input/key-name.js';

interface KeyWatcherProps {
	readonly isActive: boolean;
	readonly onKey: (input: string, name: string) => void;
	readonly onPaste: (text: string) => void;
}

/** Stands before a widget in the tree, so that it hears every key before it. */
export function KeyWatcher({isActive, onKey, onPaste}: KeyWatcherProps) {
	useInput(
		(input, key) => {
			const hasModifier = key.ctrl || key.meta || key.super || key.hyper;
			const name = keyName(input, key);
			// What has no name nobody typed: Ink passes on the inside of sequences that it does not know.
			onKey(hasModifier || name === '' ? '' : input, name);
		},
		{isActive},
	);
	usePaste(onPaste, {isActive});
	return null;
}
