import {memo} from 'react';
import type {EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {useConsole, useEngine, useNow, useUi} from '../console-context.js';
import {drawSparkline} from '../format/graphs.js';
import {composeLine, innerWidth, type Spans} from '../format/lines.js';
import {cellWidth, wrapCells} from '../../util/cells.js';
import {formatCount} from '../../util/quantities.js';
import {lensWords} from '../format/stream-footer.js';
import {windowAt} from '../format/scroll-window.js';
import type {PaneRect} from '../layout.js';
import {listeningPort, recentRates, sparkSeconds} from '../selectors.js';
import type {Theme} from '../theme.js';
import {shownDatagrams} from '../shown-views.js';
import {datagramHeadLines} from '../views.js';
import {PaneFrame} from './pane-frame.js';
import {filterSpans, paneTitle} from './pane-title.js';
import {lookSpans, senderWindow} from './sender-lines.js';

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

/** To the last one, where there is room. */
const wholeCount = (count: number) => count.toLocaleString('en');

/** Received, shown, dropped: nothing that was lost is left out. */
function countsLines(
	datagrams: EngineState['datagrams'],
	width: number,
	theme: Theme,
): string[] {
	const {received, shown, droppedByUs, droppedByKernel} = datagrams;
	const words = strings.datagrams;
	const style = droppedByUs + (droppedByKernel ?? 0) > 0 ? 'warning' : 'dim';
	const line = (text: string) => composeLine(theme, width, [[text, style]]);
	const texts = (format: (count: number) => string) => [
		words.arrived(format(received), format(shown)),
		words.dropped(
			format(droppedByUs),
			droppedByKernel === undefined ? undefined : format(droppedByKernel),
		),
	];
	const inOneLine = datagramHeadLines(width) === 1;
	// They come once a second; there are always as many lines: the rows below must not jump.
	if (datagrams.lastCountedAt === 0) {
		return inOneLine ? [line('')] : [line(''), line('')];
	}

	if (!inOneLine) return texts(formatCount).map(line);
	const whole = texts(wholeCount).join(', ');
	const fits = cellWidth(whole) <= width;
	return [line(fits ? whole : texts(formatCount).join(', '))];
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
	const inHex = useUi(ui => ui.datagramsInHex);
	const isFocused = useUi(
		ui => ui.focus === 'panes' && ui.pane === 'datagrams',
	);
	const isMoving = datagrams.perSecond.some(rate => rate > 0);
	const quietSince = datagrams.lastCountedAt + sparkSeconds * 1000;
	const now = useNow(isMoving && Date.now() < quietSince);
	const width = innerWidth(rect.width);
	const finding = useUi(ui => ui.finding);
	const datagramLook = useUi(ui => ui.datagramLook);
	const {source, height, toSource, nothing} = shownDatagrams(
		state,
		{datagramsInHex: inHex, finding, datagramLook},
		rect,
		theme,
	);
	const shown = windowAt(source, toSource(anchor), height);
	const {below} = theme.glyphs;
	const hasAny = datagrams.rows.length > 0 || datagrams.received > 0;
	const title: Spans = [
		[strings.panes.datagrams, 'strong'],
		...lookSpans(state, datagramLook),
		...filterSpans(finding.filters.datagrams),
	];
	const senders = datagramLook.bySender
		? senderWindow(state, datagramLook, {theme, width, height})
		: undefined;
	const rows =
		shown.lines.length === 0 && nothing !== undefined
			? [composeLine(theme, width, [[nothing, 'dim']])]
			: shown.lines;
	const rowsBelow: Spans =
		shown.rowsBelow > 0
			? [[`${below} ${strings.conversation.below(shown.rowsBelow)}`, 'accent']]
			: [];
	return (
		<PaneFrame
			rect={rect}
			title={paneTitle(rect, title, state, theme)}
			titleRight={rateSpans(datagrams, now, theme)}
			footer={senders?.footer ?? rowsBelow}
			footerLeft={lensWords({hex: inHex, reads: false})}
			isFocused={isFocused}
			lines={
				hasAny
					? [
							...countsLines(datagrams, width, theme),
							...(senders?.lines ?? rows),
						]
					: emptyLines(state, width, theme)
			}
		/>
	);
});
DatagramsPane.displayName = 'DatagramsPane';
