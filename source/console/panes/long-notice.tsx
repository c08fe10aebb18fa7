import {Box} from 'ink';
import {memo} from 'react';
import {useConsole, useUi} from '../console-context.js';
import {cellWidth, wrapCells} from '../../util/cells.js';
import {composeLine} from '../format/lines.js';
import {isLineOverlay} from '../overlays/overlay.js';
import {composerRows, type Notice, type UiState} from '../store.js';
import type {StyleName} from '../theme.js';
import {Painted} from '../components/painted.js';

export const toneStyle: Readonly<Record<Notice['tone'], StyleName>> = {
	good: 'good',
	bad: 'bad',
	plain: 'strong',
};

/** Whether a notice stands above the composer because the hint line cannot hold it. What it says to do stands at its end, and must not be cut off. */
export const isLongNotice = ({notice, overlay, columns}: UiState): boolean =>
	notice !== undefined &&
	(!overlay || isLineOverlay(overlay)) &&
	cellWidth(notice.text) > columns - 1;

/** Over the last rows of the panes, so that nothing moves when it comes and goes. */
export const LongNotice = memo(() => {
	const {theme} = useConsole();
	const isLong = useUi(isLongNotice);
	const notice = useUi(ui => ui.notice);
	const columns = useUi(ui => ui.columns);
	const rows = useUi(ui => ui.rows - composerRows(ui) + 1);
	if (!isLong || !notice) return null;
	const lines = wrapCells(notice.text, columns - 2).slice(
		0,
		Math.max(1, rows - 3),
	);
	return (
		<Box
			position="absolute"
			left={0}
			top={rows - 2 - lines.length}
			width={columns}
			height={lines.length}
		>
			<Painted
				lines={lines.map(line =>
					composeLine(theme, columns, [[' '], [line, toneStyle[notice.tone]]]),
				)}
			/>
		</Box>
	);
});
LongNotice.displayName = 'LongNotice';
