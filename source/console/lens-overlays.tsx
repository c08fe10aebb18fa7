/** The pickers of framing and encoding, and what their answers do. */
import {
	datagramFallback,
	defaultFraming,
	defaultSending,
	offeredEncodings,
	textOf,
	type EngineState,
	type PeerKey,
} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {useConsole, useEngine} from './console-context.js';
import {contentOf, rowBytes} from './format/row-bytes.js';
import {EncodingPicker} from './overlays/encoding-picker.js';
import {FramingPicker} from './overlays/framing-picker.js';
import type {Room} from './transfer-overlays.js';

export function FramingOverlay({
	peer: key,
	width,
	height,
	close,
}: Room & {readonly peer: PeerKey}) {
	const {theme, dispatch} = useConsole();
	const peer = useEngine(state => state.peers.get(key));
	const stream = useEngine(state => state.streams.get(key));
	const sending = stream?.sending ?? defaultSending;
	return (
		<FramingPicker
			theme={theme}
			width={width}
			height={height}
			name={peer?.name ?? ''}
			current={{
				received: stream?.framing ?? defaultFraming,
				sent: sending.framing,
			}}
			onClose={close}
			onChoose={(side, framing) => {
				dispatch(
					side === 'received'
						? {type: 'stream/setFraming', peer: key, framing}
						: {
								type: 'stream/setSending',
								peer: key,
								sending: {...sending, framing},
							},
				);
				close();
			}}
		/>
	);
}

/** Enough for two lines, and no character of them more than a few bytes. */
const previewBytes = 400;
const rowsLookedAt = 200;

const isBeyondAscii = (bytes: Uint8Array) => bytes.some(byte => byte >= 0x80);

/** The newest message in which an encoding can be seen, else the newest. */
function sampleOf(state: EngineState, of: PeerKey | 'datagrams') {
	const samples =
		of === 'datagrams'
			? state.datagrams.rows.slice(-rowsLookedAt).map(({bytes}) => bytes)
			: (state.conversations.get(of)?.rows.slice(-rowsLookedAt) ?? []).flatMap(
					row => {
						const content = row.kind === 'frame' ? rowBytes(row) : undefined;
						return content ? [contentOf(content)] : [];
					},
				);
	const newest = samples.toReversed();
	return newest.find(bytes => isBeyondAscii(bytes)) ?? newest[0];
}

export function EncodingOverlay({
	of,
	width,
	height,
	close,
}: Room & {readonly of: PeerKey | 'datagrams'}) {
	const {theme, dispatch} = useConsole();
	const state = useEngine(each => each);
	const isOfDatagrams = of === 'datagrams';
	const current = isOfDatagrams
		? datagramFallback(state)
		: (state.peers.get(of)?.fallback ?? state.self.fallbackEncoding);
	const sample = sampleOf(state, of)?.subarray(0, previewBytes);
	const words = strings.stream.encoding;
	return (
		<EncodingPicker
			theme={theme}
			width={width}
			height={height}
			title={isOfDatagrams ? words.datagramsTitle : words.title}
			encodings={offeredEncodings()}
			current={current}
			preview={encoding => sample && textOf(sample, encoding)}
			onClose={close}
			onChoose={encoding => {
				dispatch(
					isOfDatagrams
						? {type: 'datagram/setEncoding', encoding}
						: {type: 'peer/setEncoding', peer: of, encoding},
				);
				close();
			}}
		/>
	);
}
