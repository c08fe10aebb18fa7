import {memo} from 'react';
import type {EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {useConsole, useEngine, useNow, useUi} from '../console-context.js';
import {drawSparkline} from '../format/graphs.js';
import {composeLine, innerWidth, type Spans} from '../format/lines.js';
import {wrapCells} from '../../util/cells.js';
import {formatCount} from '../../util/quantities.js';
import {windowAt} from '../format/scroll-window.js';
import type {PaneRect} from '../layout.js';
import {listeningPort, recentRates, sparkSeconds} from '../selectors.js';
import type {Theme} from '../theme.js';
import {datagramHeadLines, datagramsView} from '../views.js';
import {PaneFrame} from './pane-frame.js';
import {paneTitle} from './pane-title.js';

const sparkWidth = 10;

function rateSpans(
	datagrams: EngineState['datagrams'],
	now: number,
	theme: Theme,
): Spans {
	const rates = recentRates(datagrams, now);
	if (rates.every(rate => rate === 0)) return [];
	const rate = strings.datagrams.rate(formatCount(rates.at(-1) ?? 0));
	return [
		[`${rate} `, 'accent'],
		[drawSparkline(rates, sparkWidth, theme.glyphs), 'accent'],
	];
}

/** Received, shown, dropped: nothing that was lost is left out. */
function countsLines(
	datagrams: EngineState['datagrams'],
	width: number,
	theme: Theme,
): string[] {
	const {received, shown, droppedByUs, droppedByKernel} = datagrams;
	const words = strings.datagrams;
	const style = droppedByUs + (droppedByKernel ?? 0) > 0 ? 'warning' : 'dim';
	// They come once a second.
	const [arrived, dropped] =
		datagrams.lastCountedAt === 0
			? ['', '']
			: [
					words.arrived(formatCount(received), formatCount(shown)),
					words.dropped(
						formatCount(droppedByUs),
						droppedByKernel === undefined
							? undefined
							: formatCount(droppedByKernel),
					),
				];
	const line = (text: string) => composeLine(theme, width, [[text, style]]);
	const together = `${arrived}, ${dropped}`;
	// Always as many lines: the rows below must not jump.
	return datagramHeadLines(width) === 1
		? [line(arrived === '' ? '' : together)]
		: [line(arrived), line(dropped)];
}

function emptyLines(state: EngineState, width: number, theme: Theme): string[] {
	const port = listeningPort(state, 'udp');
	return strings.datagrams
		.none(port)
		.flatMap(text =>
			wrapCells(text, width).map(line =>
				composeLine(theme, width, [[line, 'dim']]),
			),
		);
}

export const DatagramsPane = memo(({rect}: {readonly rect: PaneRect}) => {
	const {theme} = useConsole();
	const datagrams = useEngine(state => state.datagrams);
	const state = useEngine(each => each);
	const anchor = useUi(ui => ui.datagramAnchor);
	const isFocused = useUi(
		ui => ui.focus === 'panes' && ui.pane === 'datagrams',
	);
	const isMoving = datagrams.perSecond.some(rate => rate > 0);
	const quietSince = datagrams.lastCountedAt + sparkSeconds * 1000;
	const now = useNow(isMoving && Date.now() < quietSince);
	const width = innerWidth(rect.width);
	const {source, height} = datagramsView(state, rect, theme);
	const shown = windowAt(source, anchor, height);
	const {below} = theme.glyphs;
	const hasAny = datagrams.rows.length > 0 || datagrams.received > 0;
	const title: Spans = [[strings.panes.datagrams, 'strong']];
	return (
		<PaneFrame
			rect={rect}
			title={paneTitle(rect, title, state)}
			titleRight={rateSpans(datagrams, now, theme)}
			footer={
				shown.rowsBelow > 0
					? [
							[
								`${below} ${strings.conversation.below(shown.rowsBelow)}`,
								'accent',
							],
						]
					: []
			}
			isFocused={isFocused}
			lines={
				hasAny
					? [...countsLines(datagrams, width, theme), ...shown.lines]
					: emptyLines(state, width, theme)
			}
		/>
	);
});
DatagramsPane.displayName = 'DatagramsPane';
