import {memo} from 'react';
import type {EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {useConsole, useEngine, useUi} from '../console-context.js';
import {
	composeLine,
	spansWidth,
	type Span,
	type Spans,
} from '../format/lines.js';
import {keyLabel} from '../input/key-label.js';
import {bindingsFor, type Action, type KeyPlace} from '../input/keymap.js';
import type {PaneName} from '../layout.js';
import {transferSummary} from '../selectors.js';
import type {UiState} from '../store.js';
import type {Theme} from '../theme.js';
import {isLongNotice, toneStyle} from './long-notice.js';
import {Painted} from './pane-frame.js';

const inComposer: readonly Action[] = [
	'submit',
	'focusPanes',
	'sendFile',
	'complete',
	'help',
	'nextWithActivity',
];

const everywhere: readonly Action[] = [
	'focusComposer',
	'sendFile',
	'connect',
	'sendDatagram',
	'nextPane',
	'toggleZoom',
	'help',
	'quit',
];

/** The keys worth naming, the most useful first: those of the pane, then those of all. Those of a waiting offer stand at the right. */
function paneActions(pane: PaneName, state: EngineState): readonly Action[] {
	const {running} = transferSummary(state.transfers);
	const own: Action[] = [];
	if (pane === 'transfers' && running > 0) own.push('cancelTransfer');
	if (pane === 'datagrams') own.push('sendDatagram');
	if (pane === 'peers') own.push('select');
	return [...own, ...everywhere.filter(action => !own.includes(action))];
}

function hintSpans(
	places: readonly KeyPlace[],
	actions: readonly Action[],
	theme: Theme,
): Spans[] {
	return actions.flatMap((action): Spans[] => {
		const binding = places
			.flatMap(place => bindingsFor(place))
			.find(each => each.action === action);
		if (!binding) return [];
		const key = keyLabel(binding.keys[0]!, theme.isAscii);
		return [
			[
				[key, 'accent'],
				[` ${strings.input.hints[binding.hint]}`, 'dim'],
			],
		];
	});
}

/** What waits for an answer, with the keys that give one here. */
function waitingSpans(
	state: EngineState,
	focus: UiState['focus'],
	isWide: boolean,
): Spans {
	const count = transferSummary(state.transfers).waiting.length;
	if (count === 0) return [];
	const {hints} = strings;
	const what = `${hints.offersWaiting(count)} ${hints.waiting}`;
	const how = focus === 'panes' ? hints.inPanes : hints.inComposer;
	return isWide
		? [
				[`${what}: `, 'warning'],
				[`${how} `, 'strong'],
			]
		: [[`${what} `, 'warning']];
}

export const HintBar = memo(() => {
	const {theme} = useConsole();
	const columns = useUi(ui => ui.columns);
	const focus = useUi(ui => ui.focus);
	const pane = useUi(ui => ui.pane);
	const notice = useUi(ui => (isLongNotice(ui) ? undefined : ui.notice));
	const isQuitArmed = useUi(ui => ui.isQuitArmed);
	const state = useEngine(each => each);

	if (isQuitArmed || notice) {
		const span: Span = isQuitArmed
			? [strings.hints.quitAgain, 'warning']
			: [notice!.text, toneStyle[notice!.tone]];
		return <Painted lines={[composeLine(theme, columns, [[' '], span])]} />;
	}

	const hints =
		focus === 'composer'
			? hintSpans(['field', 'composer'], inComposer, theme)
			: hintSpans(['panes'], paneActions(pane, state), theme);
	const wide = waitingSpans(state, focus, true);
	const right =
		spansWidth(wide) <= columns / 2 ? wide : waitingSpans(state, focus, false);
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
