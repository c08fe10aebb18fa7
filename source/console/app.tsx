import {Box, Text, useApp, useInput, usePaste} from 'ink';
import {useCallback, useMemo, useSyncExternalStore} from 'react';
import {currentLanguage, onLanguageChange, strings} from '../strings/index.js';
import {
	ConsoleProvider,
	useConsole,
	useUi,
	type ConsoleValue,
} from './console-context.js';
import {keyName} from './input/key-name.js';
import {actionFor} from './input/keymap.js';
import {computeLayout, isTooSmall, type PaneRect} from './layout.js';
import {OverlayLayer} from './overlay-layer.js';
import {Composer} from './panes/composer.js';
import {ConversationPane} from './panes/conversation-pane.js';
import {DatagramsPane} from './panes/datagrams-pane.js';
import {FindLine} from './panes/find-line.js';
import {Header} from './panes/header.js';
import {HintBar} from './panes/hint-bar.js';
import {LongNotice} from './panes/long-notice.js';
import {RecallLine} from './panes/recall-line.js';
import {composerRows} from './store.js';
import {PeersPane} from './panes/peers-pane.js';
import {TransfersPane} from './panes/transfers-pane.js';

const panes = {
	peers: PeersPane,
	conversation: ConversationPane,
	transfers: TransfersPane,
	datagrams: DatagramsPane,
};

/** Keys while a pane has the focus, and those that work everywhere. */
function Keys({suspend}: {readonly suspend: (() => void) | undefined}) {
	const {actions, ui} = useConsole();
	const inPanes = useUi(
		state => state.focus === 'panes' && !state.overlay && !isTooSmall(state),
	);
	const hasNoPane = useUi(state => isTooSmall(state));
	// Always on: a terminal that does not mark a paste types it, and here letters are
	// commands. Ink hands a paste that nobody takes to those who wait for keys.
	usePaste(() => {
		if (inPanes) actions.notify(strings.input.pasteInPanes);
	});
	useInput((input, key) => {
		const name = keyName(input, key);
		if (actionFor('panes', name) === 'suspend') suspend?.();
		if (name === 'ctrl+c' && hasNoPane) actions.perform('interrupt');
	});
	useInput(
		(input, key) => {
			const name = keyName(input, key);
			if (name === '') return;
			const action = actionFor('panes', name);
			// A second Ctrl-C is what the first one's notice asks for.
			if (action !== 'interrupt') ui.dispatch({type: 'notice/cleared'});
			if (action) actions.perform(action);
		},
		{isActive: inPanes},
	);
	return null;
}

function Screen() {
	const columns = useUi(state => state.columns);
	const rows = useUi(state => state.rows);
	const tab = useUi(state => state.tab);
	const pane = useUi(state => state.pane);
	const isZoomed = useUi(state => state.isZoomed);
	const inPanes = useUi(state => state.focus === 'panes');
	const overlay = useUi(state => state.overlay);
	const composer = useUi(composerRows);
	const layout = useMemo(
		() =>
			computeLayout({
				columns,
				rows,
				tab,
				pane,
				isZoomed,
				inPanes,
				composerRows: composer,
			}),
		[columns, rows, tab, pane, isZoomed, inPanes, composer],
	);
	if (layout.kind === 'tooSmall') {
		return <Text>{strings.tooSmall}</Text>;
	}

	return (
		<>
			<Box position="absolute" left={0} top={0}>
				<Header />
			</Box>
			{layout.panes.map(rect => (
				<Pane key={rect.pane} rect={rect} />
			))}
			<LongNotice />
			<Box
				position="absolute"
				left={0}
				top={rows - 1 - composer}
				width={columns}
			>
				{overlay?.kind === 'find' ? (
					<FindLine overlay={overlay} />
				) : overlay?.kind === 'recall' ? (
					<RecallLine />
				) : (
					<Composer />
				)}
			</Box>
			<Box position="absolute" left={0} top={rows - 1} width={columns}>
				<HintBar />
			</Box>
			<OverlayLayer />
		</>
	);
}

function Pane({rect}: {readonly rect: PaneRect}) {
	const Content = panes[rect.pane];
	return <Content rect={rect} />;
}

export interface AppProps {
	readonly value: ConsoleValue;
	/** Stops the process until it is continued; missing where that cannot be. */
	readonly stop?: (resumed: () => void) => void;
}

export function App({value, stop}: AppProps) {
	const {suspendTerminal} = useApp();
	const suspend = useCallback(() => {
		void suspendTerminal(
			async () => new Promise<void>(resolve => stop?.(resolve)),
		);
	}, [suspendTerminal, stop]);
	// Drawn anew from the ground: what was kept of the other language goes with it.
	const language = useSyncExternalStore(onLanguageChange, currentLanguage);
	return (
		<ConsoleProvider value={value}>
			<Root>
				<Keys suspend={stop && suspend} />
				<Screen key={language} />
			</Root>
		</ConsoleProvider>
	);
}

function Root({children}: {readonly children: React.ReactNode}) {
	const rows = useUi(state => state.rows);
	return (
		<Box width="100%" height={rows}>
			{children}
		</Box>
	);
}
