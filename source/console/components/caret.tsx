import {useCursor} from 'ink';
import {useEffect, useState} from 'react';

/** The terminal's cursor, where the next character goes: an input method opens there. */
export function Caret({x, y}: {readonly x: number; readonly y: number}) {
	const {setCursorPosition} = useCursor();
	const [, setAgain] = useState(false);
	setCursorPosition({x, y});
	useEffect(() => {
		// Another field's cursor, unmounted in the same commit, may have taken ours along.
		const later = setImmediate(() => setAgain(true));
		return () => clearImmediate(later);
	}, []);
	return null;
}
