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
		marked: (facts: {
			readonly marked: number;
			readonly all: number;
			readonly size: string;
			readonly hasStream: boolean;
			readonly free: string | undefined;
		}) => {
			const {marked, all, size, hasStream, free} = facts;
			const files = all === 1 ? 'file' : 'files';
			const count = marked === all ? `${all}` : `${marked} of ${all}`;
			const bytes = hasStream ? `at least ${size}` : size;
			return `${count} ${files}, ${bytes}${free === undefined ? '' : `; ${free} free here`}.`;
		},
		position: (position: number, count: number) => `${position}/${count}`,
		into: 'Into',
		tooLittleSpace:
			'There is not enough room for that. Make room first, or decline.',
		nothingToTake:
			'None of these names can be written safely, so there is nothing to take.',
		nothingMarked: 'Nothing is marked: Space marks, d declines all.',
		/** Beside a name. */
		risky: 'risky name',
		refused: 'not safe, left out',
		arrived: 'has arrived already',
		unknownSize: 'unknown',
		presence: {
			partial: (percent: string) => `${percent} is here, goes on`,
			similar: 'same name and size: compared, skipped if the same',
			taken: 'name taken: gets a number',
		},
		riskyCount: (count: number) =>
			`${count === 1 ? '1 risky name' : `${count} risky names`}, shown first.`,
		refusedCount: (count: number) =>
			`${count === 1 ? '1 name' : `${count} names`} cannot be written safely and ${count === 1 ? 'is' : 'are'} left out.`,
		folderPlaceholder:
			'a folder, made where it is missing; empty: the usual one',
	},

	partials: {
		title: 'Left of broken transfers',
		none: 'Nothing is left of broken transfers.',
		held: (held: string, size: string, percent: string) =>
			`${held} of ${size}, ${percent}`,
		from: (who: string) => `from ${who}`,
		/** Where the key belongs to nobody who is known now. */
		unknownPeer: (shortKey: string) => `key ${shortKey}`,
		deleted: (days: number, hours: number) =>
			days > 1
				? `deleted in ${days} days`
				: hours > 1
					? `deleted in ${hours} hours`
					: 'deleted soon',
		explain:
			'It goes on when the same files are offered again and accepted; until then it keeps its room.',
	},

	quitDialog: {
		title: 'Quit?',
		ask: (running: number) =>
			`${
				running === 1
					? 'A transfer is still running.'
					: `${running} transfers are still running.`
			} What has arrived is kept: it goes on when it is sent again.`,
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
			offer: 'Answering an offer',
			partials: 'What is left of broken transfers',
			listeners: 'Listeners',
			overlay: 'Reading in a window',
			commands: 'Commands',
		},
		more: (position: string) => `${position}, ↑ ↓ PgUp PgDn`,
	},

	limits: {
		title: 'Limits',
		anybody: 'anybody',
		verified: 'verified',
		/** What is not named here is shown by the words of its name. */
		names: {
			connections: 'TCP connections in all',
			connectionsPerSource: 'TCP connections from one address',
			handshakes: 'TLS handshakes at once',
			handshakesPerSource: 'TLS handshakes from one address',
			handshakeMs: 'time for a TLS handshake',
			handshakeYoungMs: 'a new TLS handshake keeps its place for',
			dialMs: 'time for connecting',
			firstFrameBytes: 'first control frame',
			frameBytes: 'control frame',
			helloMs: 'time for saying who one is',
			pingMs: 'a quiet connection is asked every',
			deadMs: 'a silent connection is given up after',
			framesPerSecond: 'control frames a second',
			heldBytes: 'read ahead, a connection',
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
			offersPendingBytes: 'what offers waiting weigh, a peer',
			entriesPerOffer: 'files of an offer',
			offerNameBytes: 'names of an offer',
			pathBytes: 'file name with its folders',
			pathComponents: 'folders inside each other',
			nameBytes: 'file name',
			inputCharacters: 'characters of a typed line',
			transfersAtOnce: 'transfers sent at the same time',
			comeBackMs: 'a broken transfer waits for the other side',
			partialMs: 'what is left of a broken transfer is kept',
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
