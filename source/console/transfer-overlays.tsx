/** The overlays about transfers, and what their answers do. */
import {dirname} from 'node:path';
import {useEffect, useState} from 'react';
import type {PeerKey, TransferId} from '../engine/index.js';
import {useConsole, useEngine} from './console-context.js';
import {isWaitingOffer} from './format/transfer-text.js';
import {FilePicker} from './overlays/file-picker.js';
import {OfferDialog} from './overlays/offer-dialog.js';
import {namePartials, PartialsOverlay} from './overlays/partials-overlay.js';
import {QuitDialog} from './overlays/quit-dialog.js';
import {transferSummary} from './transfer-selectors.js';

/** What an overlay gets from its layer. */
export interface Room {
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	readonly close: () => void;
}

interface OfferProps extends Room {
	readonly id: TransferId;
	readonly unasked: boolean;
}

export function Offer({id, unasked, close, ...room}: OfferProps) {
	const {theme, dispatch} = useConsole();
	const transfer = useEngine(state => state.transfers.get(id));
	const receiveFolder = useEngine(state => state.self.receiveFolder);
	const isOpen = transfer !== undefined && isWaitingOffer(transfer);
	useEffect(() => {
		// It was taken back, or answered elsewhere.
		if (!isOpen) close();
	}, [isOpen, close]);
	if (!isOpen) return null;
	return (
		<OfferDialog
			theme={theme}
			width={room.width}
			height={room.height}
			transfer={transfer}
			receiveFolder={receiveFolder}
			isUnasked={unasked}
			onAccept={answer => {
				dispatch({type: 'transfer/accept', transfer: id, ...answer});
				close();
			}}
			onDecline={() => {
				dispatch({type: 'transfer/decline', transfer: id});
				close();
			}}
			onLater={close}
		/>
	);
}

export function Partials({width, height, close}: Room) {
	const {theme, dispatch} = useConsole();
	const partials = useEngine(state => state.partials);
	const peers = useEngine(state => state.peers);
	const [now] = useState(() => Date.now());
	useEffect(() => {
		dispatch({type: 'transfer/listPartials'});
	}, [dispatch]);
	return (
		<PartialsOverlay
			theme={theme}
			width={width}
			height={height}
			partials={namePartials(partials, peers)}
			now={now}
			onDelete={partial => {
				dispatch({type: 'transfer/deletePartial', partial});
				dispatch({type: 'transfer/listPartials'});
			}}
			onClose={close}
		/>
	);
}

export function Quit({width, close}: Room) {
	const {theme, actions} = useConsole();
	const running = useEngine(state => transferSummary(state).begun.length);
	return (
		<QuitDialog
			theme={theme}
			width={width}
			running={running}
			onConfirm={actions.quit}
			onCancel={close}
		/>
	);
}

export interface FilesProps extends Room {
	readonly peer: PeerKey;
	/** Where the last files were found: a second pick begins there. */
	readonly folder: string;
	readonly onFolder: (folder: string) => void;
}

export function Files({peer, close, folder, onFolder, ...room}: FilesProps) {
	const {theme, dispatch} = useConsole();
	return (
		<FilePicker
			theme={theme}
			width={room.width}
			height={room.height}
			startPath={folder}
			onCancel={close}
			onChoose={paths => {
				const [first] = paths;
				if (first !== undefined) onFolder(dirname(first));
				dispatch({type: 'transfer/offer', peer, paths});
				close();
			}}
		/>
	);
}
