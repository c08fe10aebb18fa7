/** A window of the panes as lines of text: it is drawn once, as high as it needs, and taken out of its frame. */
import {Box, renderToString} from 'ink';
import {ConsoleProvider, type ConsoleValue} from '../console-context.js';
import {unicodeGlyphs} from '../glyphs.js';
import {OverlayLayer} from '../overlay-layer.js';

/** As the panes are told that the screen is, to draw a window. */
export const drawingSize = {columns: 80, rows: 500} as const;

const {topLeft, topRight, bottomLeft, vertical, horizontal} =
	unicodeGlyphs.border;

/** What stands in a framed row; undefined for the lower edge, whose keys do nothing here. */
function unframed(row: string): string | undefined {
	if (row.startsWith(bottomLeft)) return undefined;
	if (row.startsWith(topLeft)) {
		const end = row.endsWith(topRight) ? row.slice(1, -1) : row.slice(1);
		return end.replace(new RegExp(`${horizontal}+$`, 'u'), '').trim();
	}

	const start = row.startsWith(vertical) ? 1 : 0;
	const end = row.endsWith(vertical) ? row.length - 1 : row.length;
	return row.slice(start, end).trimEnd().replace(/^ /, '');
}

/** The window that is open now. `value` must have a theme without attributes and with the borders of Unicode, which are taken off. */
export function overlayText(value: ConsoleValue): string[] {
	const drawn = renderToString(
		<ConsoleProvider value={value}>
			<Box width={drawingSize.columns} height={drawingSize.rows}>
				<OverlayLayer />
			</Box>
		</ConsoleProvider>,
		{columns: drawingSize.columns},
	);
	const lines = drawn
		.split('\n')
		.map(row => row.trim())
		.filter(row => row !== '')
		.flatMap(row => unframed(row) ?? []);
	return lines.filter((line, index) => line !== '' || lines[index - 1] !== '');
}
