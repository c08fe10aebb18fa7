import {isPeerKey} from '../../engine/index.js';
import {memo} from 'react';
import {isRunning, type EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {useConsole, useEngine, useUi} from '../console-context.js';
import {bytePreviewSpans} from '../format/byte-preview.js';
import {
	composeLine,
	spansWidth,
	type Span,
	type Spans,
} from '../format/lines.js';
import {keyLabel} from '../input/key-label.js';
import {isWaitingOffer} from '../format/transfer-text.js';
import {
	bindingsFor,
	type Action,
	type HintKey,
	type KeyPlace,
} from '../input/keymap.js';
import type {UiState} from '../store.js';
import type {Theme} from '../theme.js';
import {
	hasBegun,
	hasFailed,
	transferAtCursor,
	transferSummary,
} from '../transfer-selectors.js';
import {isLongNotice, toneStyle} from './long-notice.js';
import {Painted} from '../components/painted.js';
import {takesBytes, useTypedBytes} from './typed-bytes.js';

const inComposer: readonly Action[] = [
	'submit',
	'focusPanes',
	'sendFile',
	'complete',
	'cycleNotation',
	'help',
	'nextWithActivity',
];

const everywhere: readonly Action[] = [
	'focusComposer',
	'sendFile',
	'connect',
	'sendDatagram',
	'search',
	'nextPane',
	'toggleZoom',
	'help',
	'quit',
];

/** An action, and where its words are too many or change: those to show. */
type Hint = Action | readonly [action: Action, hint: HintKey];

/** What can be done with the transfer under the cursor. */
function transferHints(state: EngineState, ui: UiState): readonly Hint[] {
	const transfer = transferAtCursor(state, ui);
	const hints: Hint[] = [];
	if (transfer && isWaitingOffer(transfer)) {
		hints.push(['select', 'lookShort']);
	}

	if (transfer && hasBegun(transfer)) {
		const isPaused = transfer.phase.kind === 'paused';
		hints.push(['pauseTransfer', isPaused ? 'goOnShort' : 'pauseShort']);
	}

	if (transfer && isRunning(transfer)) hints.push('cancelTransfer');
	if (transfer && hasFailed(transfer) && transfer.direction === 'out') {
		hints.push(['retryTransfer', 'retryShort']);
	}

	if (transfer && state.queue.includes(transfer.id)) {
		hints.push('moveEarlier', 'moveLater');
	}

	const {failed} = transferSummary(state);
	if (ui.showsFailed) hints.push(['showFailed', 'allShort']);
	else if (failed.length > 0) hints.push(['showFailed', 'failedShort']);
	return hints;
}

/** The keys worth naming, the most useful first: those of the pane, then those of all. Those of a waiting offer stand at the right. */
function paneHints(state: EngineState, ui: UiState): readonly Hint[] {
	const own: Hint[] = [];
	if (ui.pane === 'transfers') own.push(...transferHints(state, ui));
	if (ui.pane === 'datagrams') {
		const {bySender} = ui.datagramLook;
		if (bySender) own.push(['select', 'onlySender']);
		own.push('sendDatagram', 'toggleSenders', 'togglePause');
	}

	if (ui.finding.search) own.push('nextHit', 'previousHit');
	const isRaw =
		isPeerKey(ui.conversation) &&
		state.peers.get(ui.conversation)?.kind === 'raw';
	if (isRaw && ui.pane === 'conversation') {
		own.push('framing', 'encoding', 'toggleHex', 'toggleReads', 'copyMessage');
	}

	if (ui.pane === 'peers') own.push('select');
	return [...own, ...everywhere.filter(action => !own.includes(action))];
}

function hintSpans(
	places: readonly KeyPlace[],
	hints: readonly Hint[],
	theme: Theme,
): Spans[] {
	return hints.flatMap((each): Spans[] => {
		const [action, words] = typeof each === 'string' ? [each] : each;
		const binding = places
			.flatMap(place => bindingsFor(place))
			.find(one => one.action === action);
		if (!binding) return [];
		const key = keyLabel(binding.keys[0]!, theme.isAscii);
		return [
			[
				[key, 'accent'],
				[` ${strings.input.hints[words ?? binding.hint]}`, 'dim'],
			],
		];
	});
}

/** The key of an action, as it is written; empty where it has none. */
function labelOf(place: KeyPlace, action: Action, theme: Theme): string {
	const [key = ''] =
		bindingsFor(place).find(each => each.action === action)?.keys ?? [];
	return keyLabel(key, theme.isAscii);
}

/** What waits for an answer, with the keys that give one here. */
function waitingSpans(
	state: EngineState,
	{focus, overlay}: UiState,
	isWide: boolean,
	theme: Theme,
): Spans {
	const count = transferSummary(state).waiting.length;
	if (count === 0) return [];
	const {hints} = strings;
	const what = hints.offersWaiting(count);
	const accept = labelOf('panes', 'accept', theme);
	const how =
		focus === 'panes'
			? hints.inPanes(accept, labelOf('panes', 'decline', theme))
			: hints.inComposer(labelOf('composer', 'focusPanes', theme), accept);
	return isWide && !overlay
		? [
				[what + hints.answeredBy, 'warning'],
				[`${how} `, 'strong'],
			]
		: [[`${what} `, 'warning']];
}

/** A window names its own keys at its lower edge; those of what is behind it do nothing then. */
function hintsFor(state: EngineState, ui: UiState, theme: Theme): Spans[] {
	if (ui.overlay?.kind === 'find') {
		return hintSpans(
			['field', 'overlay'],
			[['submit', ui.overlay.what], 'close'],
			theme,
		);
	}

	if (ui.overlay?.kind === 'recall') {
		return hintSpans(
			['field', 'composer', 'overlay'],
			[['submit', 'takeLine'], ['recallSearch', 'olderLine'], 'close'],
			theme,
		);
	}

	if (ui.overlay) return [];
	const typing = takesBytes(state, ui)
		? inComposer
		: inComposer.filter(action => action !== 'cycleNotation');
	return ui.focus === 'composer'
		? hintSpans(['field', 'composer'], typing, theme)
		: hintSpans(['panes'], paneHints(state, ui), theme);
}

/** An answer that somebody waits for is worth more of the row than the usual keys. */
const waitingPart = 0.6;

export const HintBar = memo(() => {
	const {theme} = useConsole();
	const ui = useUi(each => each);
	const state = useEngine(each => each);
	const preview = useTypedBytes();
	const {columns, isQuitArmed} = ui;
	const notice = isLongNotice(ui) ? undefined : ui.notice;

	if (isQuitArmed || notice) {
		const span: Span = isQuitArmed
			? [strings.hints.quitAgain, 'warning']
			: [notice!.text, toneStyle[notice!.tone]];
		return <Painted lines={[composeLine(theme, columns, [[' '], span])]} />;
	}

	if (preview) {
		const spans = bytePreviewSpans(preview, columns - 2, theme);
		return <Painted lines={[composeLine(theme, columns, [[' '], ...spans])]} />;
	}

	const hints = hintsFor(state, ui, theme);
	const wide = waitingSpans(state, ui, true, theme);
	const right =
		spansWidth(wide) <= columns * waitingPart
			? wide
			: waitingSpans(state, ui, false, theme);
	let room = columns - 1 - spansWidth(right) - 1;
	const left: Span[] = [[' ']];
	for (const hint of hints) {
		const gap = left.length > 1 ? 3 : 0;
		const cells = spansWidth(hint) + gap;
		if (cells > room) continue;
		if (gap > 0) left.push([' '.repeat(gap)]);
		left.push(...hint);
		room -= cells;
	}

	return <Painted lines={[composeLine(theme, columns, left, right)]} />;
});
HintBar.displayName = 'HintBar';
