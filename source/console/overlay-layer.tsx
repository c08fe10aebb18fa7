/** The overlay that is open, if any, in the middle of the screen, and what its answers do. */
import {Box} from 'ink';
import {memo, useState} from 'react';
import {Connect, Datagram} from './address-overlays.js';
import {useConsole, useEngine, useUi} from './console-context.js';
import {ClearHistory, HistoryHits, HistoryStats} from './history-overlays.js';
import {JumpOverlay} from './jump-overlay.js';
import {EncodingOverlay, FramingOverlay} from './lens-overlays.js';
import {HelpOverlay} from './overlays/help-overlay.js';
import {LimitsOverlay} from './overlays/limits-overlay.js';
import {Book, Listeners} from './listener-overlays.js';
import {isLineOverlay, type Overlay} from './overlays/overlay.js';
import {Members} from './room-overlays.js';
import {PairingOverlay} from './pairing-overlay.js';
import {PasteDialog} from './overlays/paste-dialog.js';
import {PinsOverlay} from './overlays/pins-overlay.js';
import {RulesOverlay} from './overlays/rules-overlay.js';
import {SettingsOverlay} from './overlays/settings-overlay.js';
import {SnippetsOverlay} from './overlays/snippets-overlay.js';
import {
	Files,
	Offer,
	Partials,
	Quit,
	type FilesProps,
	type Room,
} from './transfer-overlays.js';

function Pins({width, height, close}: Room) {
	const {theme} = useConsole();
	const state = useEngine(each => each);
	return (
		<PinsOverlay
			theme={theme}
			width={width}
			height={height}
			state={state}
			onClose={close}
		/>
	);
}

function Paste({width, height, close, text}: Room & {readonly text: string}) {
	const {theme, composing} = useConsole();
	return (
		<PasteDialog
			theme={theme}
			width={width}
			height={height}
			text={text}
			onEdit={() => {
				close();
				composing.insert(text);
			}}
			onSend={() => {
				close();
				composing.sendPaste(text);
			}}
			onDrop={close}
		/>
	);
}

function Rules({width, height, close}: Room) {
	const {theme} = useConsole();
	const state = useEngine(each => each);
	return (
		<RulesOverlay
			theme={theme}
			width={width}
			height={height}
			state={state}
			onClose={close}
		/>
	);
}

function Content({
	overlay,
	room,
	files,
}: {
	readonly overlay: Exclude<Overlay, {readonly kind: 'find' | 'recall'}>;
	readonly room: Room;
	readonly files: Pick<FilesProps, 'folder' | 'onFolder'>;
}) {
	const {theme} = useConsole();
	const where = useUi(ui => ui.focus);
	const {width, height, close} = room;
	const reading = {theme, width, height, onClose: close};
	switch (overlay.kind) {
		case 'connect': {
			return <Connect {...room} />;
		}

		case 'datagram': {
			const {target} = overlay;
			return <Datagram {...room} {...(target ? {target} : {})} />;
		}

		case 'offer': {
			const {transfer, unasked = false} = overlay;
			return <Offer {...room} key={transfer} id={transfer} unasked={unasked} />;
		}

		case 'pair': {
			return <PairingOverlay {...room} peer={overlay.peer} />;
		}

		case 'framing': {
			return <FramingOverlay {...room} peer={overlay.peer} />;
		}

		case 'encoding': {
			return <EncodingOverlay {...room} of={overlay.of} />;
		}

		case 'filePicker': {
			const {peer} = overlay;
			return <Files {...room} {...files} peer={peer} />;
		}

		case 'paste': {
			return <Paste {...room} text={overlay.text} />;
		}

		case 'help': {
			return <HelpOverlay {...reading} where={where} />;
		}

		case 'jump': {
			return <JumpOverlay {...room} />;
		}

		case 'rules': {
			return <Rules {...room} />;
		}

		case 'members': {
			return <Members {...room} of={overlay.room} />;
		}

		case 'pins': {
			return <Pins {...room} />;
		}

		case 'limits': {
			return <LimitsOverlay {...reading} />;
		}

		case 'settings': {
			return <SettingsOverlay {...reading} />;
		}

		case 'snippets': {
			return <SnippetsOverlay {...reading} />;
		}

		case 'listeners': {
			return <Listeners {...room} />;
		}

		case 'book': {
			return <Book {...room} />;
		}

		case 'partials': {
			return <Partials {...room} />;
		}

		case 'historyHits': {
			return <HistoryHits {...room} needle={overlay.needle} />;
		}

		case 'historyStats': {
			return <HistoryStats {...room} />;
		}

		case 'clear': {
			return <ClearHistory {...room} conversation={overlay.conversation} />;
		}

		case 'quit': {
			return <Quit {...room} />;
		}
	}
}

const widest = 76;

export const OverlayLayer = memo(() => {
	const {actions} = useConsole();
	const overlay = useUi(state => state.overlay);
	const columns = useUi(state => state.columns);
	const rows = useUi(state => state.rows);
	const [folder, onFolder] = useState(() => process.cwd());
	if (!overlay || isLineOverlay(overlay)) return null;
	const room: Room = {
		// Beside an overlay that is nearly as wide as the screen only broken borders would show.
		width: columns - widest < 8 ? columns : widest,
		// The header and the hints stay in sight.
		height: Math.max(3, rows - 3),
		close: actions.closeOverlay,
	};
	return (
		<Box
			key={overlay.kind}
			position="absolute"
			left={0}
			top={1}
			width={columns}
			height={Math.max(1, rows - 3)}
			alignItems="center"
			justifyContent="center"
		>
			<Content overlay={overlay} room={room} files={{folder, onFolder}} />
		</Box>
	);
});
OverlayLayer.displayName = 'OverlayLayer';
