import {Box, Text} from 'ink';
import Spinner from 'ink-spinner';
import {memo} from 'react';
import type {EngineState, Transfer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {wrapCells} from '../../util/cells.js';
import {formatRate} from '../../util/quantities.js';
import {useConsole, useEngine, useNow, useUi} from '../console-context.js';
import {
	composeLine,
	innerHeight,
	innerWidth,
	spansWidth,
	type Span,
	type Spans,
} from '../format/lines.js';
import {transferCard} from '../format/transfer-card.js';
import {transferFacts} from '../format/transfer-facts.js';
import type {PaneRect} from '../layout.js';
import type {Theme} from '../theme.js';
import {shownTransfers, transferSummary} from '../transfer-selectors.js';
import {PaneFrame} from './pane-frame.js';
import {paneTitle} from './pane-title.js';

function emptyLines(
	sentences: readonly string[],
	width: number,
	theme: Theme,
): string[] {
	return sentences.flatMap(text =>
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
	draw: (transfer: Transfer, isSelected: boolean) => readonly string[],
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
function isWorkingUnseen(transfer: Transfer): boolean {
	const {phase, wantedBytes} = transfer;
	if (phase.kind !== 'active') return false;
	if (phase.movedBytes === 0) return true;
	return phase.movedBytes >= wantedBytes && !transferFacts(transfer).hasStream;
}

/** What is true of all of them, at the lower edge: the filter first. */
function footer(state: EngineState, showsFailed: boolean): Spans {
	const words = strings.transfer;
	const {rateLimit} = state;
	const marks: Span[] = [];
	if (showsFailed) marks.push([words.onlyFailed, 'warning']);
	if (rateLimit !== undefined) {
		if (marks.length > 0) marks.push(['  ']);
		marks.push([words.limitOfAll(formatRate(rateLimit)), 'accent']);
	}

	return marks;
}

export const TransfersPane = memo(({rect}: {readonly rect: PaneRect}) => {
	const {theme} = useConsole();
	const state = useEngine(each => each);
	const chosen = useUi(ui => ui.transfer);
	const showsFailed = useUi(ui => ui.showsFailed);
	const isFocused = useUi(
		ui => ui.focus === 'panes' && ui.pane === 'transfers',
	);
	const now = useNow(transferSummary(state).needsClock);
	const shown = shownTransfers(state, {showsFailed});
	const width = innerWidth(rect.width);
	const found = shown.findIndex(({id}) => id === chosen);
	const selected = isFocused ? Math.max(0, found) : -1;
	const {none, noneFailed} = strings.transfer;
	const {queue} = state;
	const lines =
		shown.length === 0
			? emptyLines(showsFailed ? noneFailed : none, width, theme)
			: cardLines(
					shown,
					selected,
					innerHeight(rect.height),
					(transfer, isSelected) =>
						transferCard(transfer, {theme, width, isSelected, now, queue}),
				);
	const own: Spans = [[strings.panes.transfers, 'strong']];
	const title = paneTitle(rect, own, state, theme);
	// While a bar moves it shows the progress; before and after it something is still going on.
	const isUnderWay =
		rect.tabs.length === 0 && shown.some(each => isWorkingUnseen(each));
	return (
		<PaneFrame
			rect={rect}
			title={isUnderWay ? [...title, ['  ']] : title}
			footer={footer(state, showsFailed)}
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
