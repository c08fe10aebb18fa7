import {useInput} from 'ink';
import {keyName} from '../input/key-name.js';
import {type Action, actionFor} from '../input/keymap.js';

/**
 * Keys of a dialog without a field. Esc and Ctrl-C close; `own` sees a key's name
 * first and says whether it took it; `move` gets the actions that scroll.
 */
export function useOverlayKeys(handlers: {
	readonly close: () => void;
	readonly own?: (name: string) => boolean;
	readonly move?: (action: Action) => void;
	/** Not while a field of it is typed in. */
	readonly isActive?: boolean;
}): void {
	useInput(
		(input, key) => {
			const name = keyName(input, key);
			if (name === '' || handlers.own?.(name)) return;
			const action = actionFor('overlay', name);
			if (action === 'close' || action === 'interrupt') handlers.close();
			else if (action) handlers.move?.(action);
		},
		{isActive: handlers.isActive ?? true},
	);
}

/** Esc and Ctrl-C in a dialog with a field, for the field's `onKey`. */
export function isClosingKey(name: string): boolean {
	const action = actionFor('overlay', name);
	return action === 'close' || action === 'interrupt';
}
