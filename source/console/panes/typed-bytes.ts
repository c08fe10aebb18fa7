import {isPeerKey} from '../../engine/index.js';
import {useMemo} from 'react';
import {
	previewBytes,
	type BytePreview,
	type EngineState,
} from '../../engine/index.js';
import {useEngine, useNow, useUi} from '../console-context.js';
import type {UiState} from '../store.js';

const nothing = {line: '', notation: undefined} as const;

function typedLine({conversation, notations, drafts, focus, overlay}: UiState) {
	const notation = notations.get(conversation);
	const draft = drafts.get(conversation) ?? '';
	if (!notation || focus !== 'composer' || overlay) return nothing;
	if (!draft.startsWith('/')) return {line: draft, notation};
	return draft.startsWith('//') ? {line: draft.slice(1), notation} : nothing;
}

/** The bytes of the line in the composer; undefined where it is empty, text or a command. */
export function useTypedBytes(): BytePreview | undefined {
	const line = useUi(ui => typedLine(ui).line);
	const notation = useUi(ui => typedLine(ui).notation);
	const conversation = useUi(ui => ui.conversation);
	const encoding = useEngine(({peers}) =>
		isPeerKey(conversation) ? peers.get(conversation)?.encoding : undefined,
	);
	const nowMs = useNow(false);
	return useMemo(
		() =>
			notation && line !== ''
				? previewBytes(line, notation, {encoding, nowMs})
				: undefined,
		[line, notation, encoding, nowMs],
	);
}

/** Whether exact bytes can be typed to the conversation that is open. */
export function takesBytes({peers}: EngineState, ui: UiState): boolean {
	const {conversation} = ui;
	if (!isPeerKey(conversation)) return false;
	const peer = peers.get(conversation);
	return peer !== undefined && peer.kind !== 'peer';
}
