/**
 * The draft as rows with the terminal's cursor at the caret. What keys do to it is
 * decided outside (`composing.ts`), at once and without waiting for a frame: this
 * only draws what has become of it.
 */
import {Box} from 'ink';
import {useState} from 'react';
import {cutCells} from '../../util/cells.js';
import {draftWindow} from '../input/draft-window.js';
import {Painted} from './painted.js';
import type {Theme} from '../theme.js';
import {Caret} from './caret.js';

export interface DraftFieldProps {
	readonly theme: Theme;
	readonly draft: {readonly text: string; readonly caret: number};
	/** Of the screen. */
	readonly left: number;
	readonly top: number;
	/** In cells, at least 2. */
	readonly width: number;
	readonly height: number;
	readonly placeholder: string;
	/** Whether the cursor is here. */
	readonly isActive: boolean;
}

export function DraftField(props: DraftFieldProps) {
	const {theme, draft, left, top, width, height, isActive} = props;
	const [place, setPlace] = useState({top: 0, start: 0});
	const window = draftWindow(draft, {width, height}, place);
	// React renders again with these before it shows anything.
	if (window.top !== place.top || window.start !== place.start) {
		setPlace({top: window.top, start: window.start});
	}

	const placeholder = theme.paint(
		cutCells(props.placeholder, width - 1),
		'dim',
	);
	const rows = draft.text === '' ? [placeholder] : window.rows;
	return (
		<Box width={width} height={height} flexShrink={0}>
			<Painted lines={rows} />
			{isActive && <Caret x={left + window.column} y={top + window.row} />}
		</Box>
	);
}
