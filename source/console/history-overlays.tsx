/** The windows of the history, and what their answers do. */
import {isPeerKey, isRoomKey} from '../engine/index.js';
import {useEffect} from 'react';
import type {ConversationKey, HistoryStat} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {useConsole, useEngine} from './console-context.js';
import {formatDate} from './format/clock-time.js';
import {composeLine, innerWidth} from './format/lines.js';
import {wrapCells} from '../util/cells.js';
import {ClearDialog} from './overlays/clear-dialog.js';
import {HistoryHitsOverlay} from './overlays/history-hits-overlay.js';
import {TextOverlay} from './overlays/text-overlay.js';
import type {Room} from './transfer-overlays.js';

export function HistoryHits({
	needle,
	width,
	height,
	close,
}: Room & {readonly needle: string}) {
	const {theme, dispatch, actions} = useConsole();
	const found = useEngine(state => state.history.found);
	const own = found?.needle === needle ? found : undefined;
	return (
		<HistoryHitsOverlay
			theme={theme}
			width={width}
			height={height}
			needle={needle}
			hits={own?.hits}
			hasMore={own?.hasMore ?? false}
			onMore={() => dispatch({type: 'history/search', needle, more: true})}
			onOpen={hit => actions.history.openHit(hit, needle)}
			onClose={close}
		/>
	);
}

export function ClearHistory({
	conversation,
	width,
	close,
}: Room & {readonly conversation: ConversationKey}) {
	const {theme, dispatch} = useConsole();
	const name = useEngine(state =>
		isPeerKey(conversation)
			? state.peers.get(conversation)?.name
			: isRoomKey(conversation)
				? conversation
				: undefined,
	);
	return (
		<ClearDialog
			theme={theme}
			width={width}
			name={name}
			onCancel={close}
			onConfirm={() => {
				dispatch({type: 'history/clear', conversation});
				close();
			}}
		/>
	);
}

const dayMs = 86_400_000;

function statLines(stat: HistoryStat): string[] {
	const words = strings.history.stat;
	const {oldestAt, newestAt, retention} = stat;
	return [
		words.kept(stat.rows, stat.conversations),
		...(oldestAt === undefined || newestAt === undefined
			? []
			: [words.range(formatDate(oldestAt), formatDate(newestAt))]),
		words.size(stat.sizeBytes, retention.maxBytes),
		words.days(Math.round(retention.maxAgeMs / dayMs)),
		words.peers(stat.peers),
		stat.path,
	];
}

export function HistoryStats({width, height, close}: Room) {
	const {theme, dispatch} = useConsole();
	const history = useEngine(state => state.history);
	const isOff = history.phase === 'off';
	useEffect(() => {
		if (!isOff) dispatch({type: 'history/tell'});
	}, [dispatch, isOff]);
	const words = strings.history.stat;
	const {stat} = history;
	const inner = innerWidth(width);
	const said = isOff ? [words.none] : stat ? statLines(stat) : [];
	const lines = [
		...said.map(text => [text, 'plain'] as const),
		...(isOff ? [] : [['', 'plain'] as const, [words.howTo, 'dim'] as const]),
	].flatMap(([text, style]) =>
		wrapCells(text, inner).map(part =>
			composeLine(theme, inner, [[part, style]]),
		),
	);
	return (
		<TextOverlay
			theme={theme}
			width={width}
			height={height}
			title={words.title}
			lines={lines}
			onClose={close}
		/>
	);
}
