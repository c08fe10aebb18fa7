/** What stands in the dialogs. Part of the one table, `strings.input`. */

const quoted = (text: string) => `“${text}”`;

export const dialogStrings = {
	connectDialog: {
		title: 'Connect',
		ask: 'Where to?',
		placeholder: 'host:port',
		explain: [
			'host or host:port: another sockterm, encrypted (port 9090 when left out)',
			'tcp://host:port: any TCP server, PLAIN',
		],
	},

	datagramDialog: {
		title: 'Send a datagram',
		target: 'To',
		text: 'Text',
		targetPlaceholder: 'host:port',
		textPlaceholder: 'what to send; may stay empty',
		explain:
			'It leaves from the UDP port that is open here, so answers come back to it.',
	},

	offerDialog: {
		title: (count: number) =>
			count === 1 ? 'Take this file?' : `Take these ${count} files?`,
		trust: {
			PLAIN: 'Not encrypted: anybody on the way can read it.',
			UNVERIFIED: 'Encrypted, but nobody has checked that it is really them.',
			VERIFIED: '',
			BLOCKED: 'Its key has changed: this may be somebody else.',
		},
		flagged:
			'Programs read a file of this name by themselves. Take it only if you expect it.',
		total: (count: number, size: string, free: string | undefined) =>
			`${count === 1 ? '1 file' : `${count} files`}, ${size} in all${free === undefined ? '' : `; ${free} free here`}.`,
		tooLittleSpace:
			'There is not enough room for that. Make room first, or decline.',
		nothingToTake:
			'None of these names can be written safely, so there is nothing to take.',
		accept: 'accept',
		decline: 'decline',
		later: 'decide later',
	},

	quitDialog: {
		title: 'Quit?',
		ask: (running: number) =>
			running === 1
				? 'A transfer is still running. It ends when you quit, and its file is not kept.'
				: `${running} transfers are still running. They end when you quit, and their files are not kept.`,
		yes: 'quit',
		no: 'stay',
	},

	help: {
		title: 'Help',
		sections: {
			composer: 'While you type',
			field: 'Editing the line',
			panes: 'In the panes (after Esc)',
			picker: 'Choosing files',
			overlay: 'Reading in a window',
			commands: 'Commands',
		},
		more: (position: string) => `${position}, ↑ ↓ PgUp PgDn`,
	},

	limits: {
		title: 'Limits',
		/** What is not named here is shown by the words of its name. */
		names: {
			connections: 'TCP connections in all',
			connectionsPerSource: 'TCP connections from one address',
			handshakes: 'TLS handshakes at once',
			handshakesPerSource: 'TLS handshakes from one address',
			handshakeMs: 'time for a TLS handshake',
			dialMs: 'time for connecting',
			firstFrameBytes: 'first control frame',
			frameBytes: 'control frame',
			helloMs: 'time for saying who one is',
			pingMs: 'a quiet connection is asked every',
			deadMs: 'a silent connection is given up after',
			messageBytes: 'message',
			nickCharacters: 'characters of a name',
			rawLineBytes: 'line of a PLAIN peer',
			rawIdleMs: 'an unfinished line is shown after',
			queuedBytes: 'waiting to be sent, a connection',
			slowReaderMs: 'a reader that does not read is cut after',
			conversationRows: 'rows kept of a conversation',
			conversationBytes: 'memory of a conversation',
			datagramRows: 'datagrams kept',
			datagramsShownPerSecond: 'datagrams shown a second',
			datagramBytes: 'datagram',
			offersPending: 'offers waiting, a peer',
			offersPerMinute: 'offers a minute, a peer',
			entriesPerOffer: 'files of an offer',
			offerNameBytes: 'names of an offer',
			pathBytes: 'file name with its folders',
			pathComponents: 'folders inside each other',
			nameBytes: 'file name',
			inputCharacters: 'characters of a typed line',
		},
	},

	picker: {
		title: 'Send files',
		filter: 'Find',
		placeholder: 'type part of a name, or a path',
		reading: 'Reading the folder…',
		empty: 'This folder is empty.',
		onlyHidden: 'Only hidden files here. Press . to see them.',
		noMatch: (text: string) => `Nothing here is called ${quoted(text)}.`,
		folderUnreadable: (path: string) =>
			`${path} cannot be opened: you may not read it. Backspace goes up.`,
		folderMissing: (path: string) =>
			`${path} does not exist. Look at the spelling.`,
		notAFolder: (path: string) => `${path} is not a folder.`,
		folderFailed: (path: string, code: string) =>
			`${path} cannot be opened (${code}). Backspace goes up.`,
		notAbove: 'Go up with Backspace to mark that folder.',
		notAFile: (name: string) =>
			`${name} is not a file that can be sent (a device, a pipe or a socket).`,
		marked: (count: number) => `${count} marked`,
		entries: (count: number) => (count === 1 ? '1 entry' : `${count} entries`),
	},
} as const;
