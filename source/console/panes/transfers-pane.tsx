import {Box, Text} from 'ink';
import Spinner from 'ink-spinner';
import {memo} from 'react';
import type {Transfer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {useConsole, useEngine, useNow, useUi} from '../console-context.js';
import {
	composeLine,
	innerHeight,
	innerWidth,
	spansWidth,
	type Spans,
} from '../format/lines.js';
import {wrapCells} from '../../util/cells.js';
import {transferCard} from '../format/transfer-card.js';
import type {PaneRect} from '../layout.js';
import {transferSummary} from '../selectors.js';
import type {Theme} from '../theme.js';
import {PaneFrame} from './pane-frame.js';
import {paneTitle} from './pane-title.js';

function emptyLines(width: number, theme: Theme): string[] {
	return strings.transfer.none.flatMap(text =>
		wrapCells(text, width).map(line =>
			composeLine(theme, width, [[line, 'dim']]),
		),
	);
}

/** The cards that fit, with the selected one among them. */
function cardLines(
	transfers: readonly Transfer[],
	selected: number,
	height: number,
	draw: (transfer: Transfer, isSelected: boolean) => string[],
): string[] {
	const before: string[] = [];
	// Cards above the selected one scroll out only as far as they must.
	const upTo = Math.max(0, selected);
	const from = Math.max(0, upTo - height);
	for (let index = from; index <= upTo && index < transfers.length; index++) {
		before.push(...draw(transfers[index]!, index === selected));
	}

	const lines = before.slice(-height);
	for (
		let index = upTo + 1;
		index < transfers.length && lines.length < height;
		index++
	) {
		lines.push(...draw(transfers[index]!, false));
	}

	return lines.slice(0, height);
}

/** Connecting, or verifying and making durable: no bytes move, and it is not over. */
const isWorkingUnseen = ({phase, totalBytes}: Transfer) =>
	phase.kind === 'active' &&
	(phase.movedBytes === 0 || phase.movedBytes >= totalBytes);

export const TransfersPane = memo(({rect}: {readonly rect: PaneRect}) => {
	const {theme, stillness} = useConsole();
	const transfers = useEngine(state => state.transfers);
	const state = useEngine(each => each);
	const chosen = useUi(ui => ui.transfer);
	const isFocused = useUi(
		ui => ui.focus === 'panes' && ui.pane === 'transfers',
	);
	const {ordered, active} = transferSummary(transfers);
	const now = useNow(active > 0);
	const width = innerWidth(rect.width);
	const found = ordered.findIndex(({id}) => id === chosen);
	const selected = isFocused ? Math.max(0, found) : -1;
	const lines =
		ordered.length === 0
			? emptyLines(width, theme)
			: cardLines(
					ordered,
					selected,
					innerHeight(rect.height),
					(transfer, isSelected) =>
						transferCard(transfer, {
							theme,
							width,
							isSelected,
							stillSeconds: stillness.seconds(transfer, now),
						}),
				);
	const own: Spans = [[strings.panes.transfers, 'strong']];
	const title = paneTitle(rect, own, state);
	// While a bar moves it shows the progress; before and after it something is still going on.
	const isUnderWay =
		rect.tabs.length === 0 && ordered.some(each => isWorkingUnseen(each));
	return (
		<PaneFrame
			rect={rect}
			title={isUnderWay ? [...title, ['  ']] : title}
			isFocused={isFocused}
			lines={lines}
		>
			{isUnderWay && (
				<Box position="absolute" left={spansWidth(title) + 3} top={0}>
					<Text color="cyan">
						<Spinner type={theme.glyphs.spinner} />
					</Text>
				</Box>
			)}
		</PaneFrame>
	);
});
TransfersPane.displayName = 'TransfersPane';
