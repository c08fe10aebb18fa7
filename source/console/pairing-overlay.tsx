/** The dialog in which a peer is verified, and what its answers do. */
import {randomBytes} from 'node:crypto';
import {useEffect, useState} from 'react';
import {
	createPairingCode,
	freePetname,
	petnameProblem,
	pinOf,
	readPairingCode,
	type PeerKey,
} from '../engine/index.js';
import {describeError, strings} from '../strings/index.js';
import {useConsole, useEngine} from './console-context.js';
import {PairingDialog} from './overlays/pairing-dialog.js';
import type {Room} from './transfer-overlays.js';

const nothing = {};

export function PairingOverlay({
	peer: key,
	width,
	close,
}: Room & {readonly peer: PeerKey}) {
	const {theme, dispatch} = useConsole();
	const peer = useEngine(state => state.peers.get(key));
	const pairing = useEngine(state => state.trust.pairings.get(key));
	const [code] = useState(() => createPairingCode(randomBytes));
	const [error, setError] = useState<string>();
	const book = useEngine(state => state.trust.book);
	const peerId = peer?.peerId;
	const [petname, setPetname] = useState(() =>
		peerId
			? (pinOf(book, peerId)?.petname ?? freePetname(book, peer.name, peerId))
			: '',
	);
	const problem = peerId && petnameProblem(book, petname, peerId);
	const [wasOpen, setWasOpen] = useState(false);
	if (pairing && !wasOpen) setWasOpen(true);
	useEffect(() => {
		dispatch({type: 'trust/showCode', peer: key, code});
		// A code that nobody sees is worth nothing.
		return () => dispatch({type: 'trust/hideCode', peer: key});
	}, [dispatch, key, code]);
	// Paired, burnt, expired or cut: the notice says which.
	const isOver = (wasOpen && !pairing) || peer?.lifecycle.phase !== 'ready';
	useEffect(() => {
		if (isOver) close();
	}, [isOver, close]);
	if (isOver) return null;
	const words = strings.input.trust.dialog;
	return (
		<PairingDialog
			theme={theme}
			width={width}
			name={peer.name}
			code={code}
			pairing={pairing ?? nothing}
			petname={petname}
			{...(problem ? {petnameError: describeError(problem)} : {})}
			onPetname={text => {
				setPetname(text);
				// What is no name yet changes nothing.
				if (!peerId || petnameProblem(book, text, peerId)) return;
				dispatch({type: 'trust/callPeer', peer: key, petname: text});
			}}
			{...(error === undefined ? {} : {error})}
			onCancel={close}
			onSubmit={text => {
				const typed = readPairingCode(text);
				if (problem) {
					setError(words.nameFirst);
				} else if (typed === undefined) {
					setError(words.sixDigits);
				} else if (pairing?.theirs) {
					setError(undefined);
					dispatch({
						type: 'trust/enterCode',
						peer: key,
						code: typed,
						petname,
					});
				} else {
					setError(words.notShown(peer.name));
				}
			}}
		/>
	);
}
