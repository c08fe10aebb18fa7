/** The overlays of listeners and saved addresses, with what their answers do. */
import {readListen} from './commands/listen-options.js';
import {useConsole, useEngine} from './console-context.js';
import {splitArguments} from './input/split-arguments.js';
import {BookOverlay} from './overlays/book-overlay.js';
import {ListenersOverlay} from './overlays/listeners-overlay.js';
import type {Room} from './transfer-overlays.js';

export function Listeners({width, height, close}: Room) {
	const {theme, dispatch} = useConsole();
	const listeners = useEngine(state => state.listeners);
	const failed = useEngine(state => state.failedListeners);
	const peers = useEngine(state => state.peers);
	return (
		<ListenersOverlay
			theme={theme}
			width={width}
			height={height}
			listeners={listeners.values()}
			peers={peers.values()}
			failed={failed}
			onCloseListener={listener => {
				dispatch({type: 'listener/close', listener});
			}}
			onAdd={text => {
				const words = splitArguments(text).map(word => word.text);
				// The command as a whole may be pasted, too.
				const read = readListen(
					words[0] === '/listen' ? words.slice(1) : words,
				);
				if (!read.ok) return read.message;
				dispatch({type: 'listener/open', ...read.options});
				return undefined;
			}}
			onClose={close}
		/>
	);
}

export function Book({width, height, close}: Room) {
	const {theme} = useConsole();
	const notebook = useEngine(state => state.notebook);
	return (
		<BookOverlay
			theme={theme}
			width={width}
			height={height}
			entries={notebook.addresses}
			onClose={close}
		/>
	);
}
