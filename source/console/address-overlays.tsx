/** The windows that ask for an address: of somebody to connect to, and of a datagram. */
import {useState} from 'react';
import {findInBook} from './commands/book.js';
import {readDatagramTarget, readDialTarget} from './commands/parse-address.js';
import {useConsole, useEngine} from './console-context.js';
import {ConnectDialog} from './overlays/connect-dialog.js';
import {DatagramDialog} from './overlays/datagram-dialog.js';
import type {Room} from './transfer-overlays.js';

export function Connect({width, close}: Room) {
	const {theme, dispatch} = useConsole();
	const notebook = useEngine(state => state.notebook);
	const [error, setError] = useState<string>();
	return (
		<ConnectDialog
			theme={theme}
			width={width}
			{...(error === undefined ? {} : {error})}
			onCancel={close}
			onSubmit={text => {
				const saved = findInBook({notebook}, text.trim());
				const found = saved
					? {ok: true as const, target: saved.target}
					: readDialTarget(text);
				if (!found.ok) {
					setError(found.message);
					return;
				}

				dispatch({type: 'peer/dial', target: found.target});
				close();
			}}
		/>
	);
}

export function Datagram({
	width,
	close,
	target,
}: Room & {readonly target?: string}) {
	const {theme, dispatch} = useConsole();
	const [error, setError] = useState<string>();
	return (
		<DatagramDialog
			theme={theme}
			width={width}
			{...(target === undefined ? {} : {defaultTarget: target})}
			{...(error === undefined ? {} : {error})}
			onCancel={close}
			onSubmit={datagram => {
				const found = readDatagramTarget(datagram.target);
				if (!found.ok) {
					setError(found.message);
					return;
				}

				const {host, port} = found.address;
				dispatch({type: 'datagram/send', host, port, text: datagram.text});
				close();
			}}
		/>
	);
}
