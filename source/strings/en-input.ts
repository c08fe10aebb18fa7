/** What is read while typing: commands, keys, dialogs. Part of the one table, `strings.input`. */
import {dialogStrings} from './en-dialogs.js';

const quoted = (text: string) => `“${text}”`;

const listed = (items: readonly string[]) => items.join(', ');

export const inputStrings = {
	/** What a key does, for the hint bar and the help. */
	hints: {
		submit: 'send',
		historyOlder: 'older line',
		historyNewer: 'newer line',
		complete: 'complete',
		focusPanes: 'panes',
		focusComposer: 'write',
		nextPane: 'next pane',
		previousPane: 'previous pane',
		moveUp: 'up',
		moveDown: 'down',
		moveTop: 'first',
		moveBottom: 'last',
		pageUp: 'page up',
		pageDown: 'page down',
		select: 'choose',
		toggleZoom: 'zoom',
		nextWithActivity: 'next with news',
		conversation: 'conversation 1 to 9',
		sendFile: 'send file',
		connect: 'connect',
		sendDatagram: 'datagram',
		listeners: 'listeners',
		accept: 'accept',
		decline: 'decline',
		cancelTransfer: 'cancel transfer',
		pauseTransfer: 'pause or go on',
		pauseAll: 'pause or go on: all',
		retryTransfer: 'send again what failed',
		moveEarlier: 'earlier in the queue',
		moveLater: 'later in the queue',
		showFailed: 'only failed, or all',
		acceptMarked: 'accept what is marked',
		toggleEntry: 'take or leave out',
		toggleAll: 'all or none',
		chooseFolder: 'another folder',
		decideLater: 'decide later',
		deletePartial: 'delete',
		/** In a dialog's edge, where there is little room. */
		acceptShort: 'accept',
		toggleShort: 'mark',
		folderShort: 'folder',
		laterShort: 'later',
		pauseShort: 'pause',
		goOnShort: 'go on',
		retryShort: 'retry',
		lookShort: 'look at the names',
		failedShort: 'only failed',
		allShort: 'show all',
		useFolder: 'use it',
		back: 'back',
		interrupt: 'cancel, twice to quit',
		suspend: 'stop (fg goes on)',
		help: 'help',
		quit: 'quit',
		close: 'close',
		mark: 'mark',
		parentFolder: 'up, on an empty filter',
		toggleHidden: 'hidden files, on an empty filter',
		openOrChoose: 'open or send',
		nextField: 'next field',
		sendMarked: 'send what is marked',
		lineStart: 'start of the line',
		lineEnd: 'end of the line',
		left: 'left',
		right: 'right',
		wordLeft: 'word left',
		wordRight: 'word right',
		deleteLeft: 'delete left',
		deleteRight: 'delete right',
		cutBlankLeft: 'cut back to a blank',
		cutWordLeft: 'cut word left',
		cutWordRight: 'cut word right',
		cutToStart: 'cut to the start',
		cutToEnd: 'cut to the end',
		yank: 'put back what was cut',
	},

	/** What a command does, for the help. */
	commands: {
		accept: 'Take the files that were offered, into another folder too.',
		all: 'Say something to everybody.',
		cancel: 'Stop a transfer, or take an offer back.',
		clear: 'Empty this conversation on the screen.',
		close: 'Take a peer that left off the list.',
		connect:
			'Connect to another sockterm (encrypted), or with tcp:// to any server (PLAIN).',
		decline: 'Refuse the files that were offered.',
		disconnect: 'Close the connection to a peer.',
		encoding: 'Say how a PLAIN peer writes its text, such as gbk.',
		help: 'Show keys and commands, or what one command does.',
		limit:
			'Send at most so much a second, in all or in one transfer: 20MB, off.',
		limits: 'Show every limit and timeout.',
		listen: 'Let others connect, or receive datagrams, on a port.',
		msg: 'Say something to one peer.',
		nick: 'Change the name that others see.',
		parallel: 'Say how many transfers are sent at the same time.',
		pause: 'Pause a transfer, or all.',
		peers: 'Go to the list of peers.',
		practice: 'Try everything with a practice peer inside this program.',
		quit: 'Leave sockterm.',
		reconnect: 'Connect again now instead of waiting.',
		resume: 'Let a paused transfer go on, or all.',
		retry: 'Send again what did not arrive.',
		send: 'Send files; without a path, choose them.',
		transfers:
			'Go to the list of transfers: all, only failed, or what is left of broken ones.',
		udp: 'Send one datagram.',
		unlisten: 'Stop listening on a port.',
	},

	lines: {
		unknownCommand: (name: string, near: string | undefined) =>
			[
				`There is no command /${name}.`,
				near === undefined ? '/help lists them all.' : `Did you mean /${near}?`,
				'To say something that starts with a slash, type //.',
			].join(' '),
	},

	addresses: {
		missing: 'Say where to: host:port, such as 192.168.1.5:9090.',
		missingTarget: 'Say where to: host:port, such as 192.168.1.5:10000.',
		noHost: (text: string) =>
			`${quoted(text)} names no host. Write host:port, such as localhost${text}.`,
		noPort: (host: string) =>
			`Say which port on ${host}: write host:port, such as ${host.includes(':') ? `[${host}]` : host}:10000.`,
		badPort: (port: string) =>
			`${quoted(port)} is no port. Ports go from 1 to 65535.`,
		bad: (text: string) =>
			`${quoted(text)} is not an address. Write host:port, such as 192.168.1.5:9090 or [fe80::1]:9090.`,
		badListen: (text: string) =>
			`${quoted(text)} is no port to listen on. Write a port, such as 9090, or address:port.`,
		unknownScheme: (scheme: string) =>
			`${scheme}:// is nothing that can be dialled here. Use host:port for another sockterm, tcp://host:port for a plain server.`,
		udpIsNoConnection:
			'There are no connections over UDP. Send a datagram with /udp host:port text.',
		onlyUdp: 'Datagrams go to host:port over UDP. To connect, use /connect.',
	},

	peers: {
		missing: 'Say which peer: its name, or the beginning of it.',
		sayWhich: 'Say which peer, or open its conversation first.',
		unknown: (word: string) =>
			`There is no peer ${quoted(word)}. /peers shows who is there.`,
		several: (word: string, count: number, names: readonly string[]) =>
			`${quoted(word)} could be ${count} peers: ${listed(names)}${count > names.length ? ', …' : ''}. Write more of it.`,
		alreadyGone: (name: string) =>
			`${name} has left already. /close takes it off the list.`,
		stillConnected: (name: string) => `${name} is connected already.`,
		cameByItself: (name: string) =>
			`${name} connected to you, so only it can connect again. Or use /connect with its address.`,
		disconnectFirst: (name: string) =>
			`${name} is still on the line. Use /disconnect first.`,
	},

	transfers: {
		noOffer: 'Nobody is offering files now.',
		noneRunning: 'No transfer is running now.',
		nonePaused: 'No transfer is paused now.',
		noneToPause: 'No transfer is running now that could be paused.',
		noneToRetry: 'Nothing that was sent from here has failed.',
		noneToLimit: 'No transfer is running now that could have a limit.',
		intoWhere: 'Say into which folder: /accept into ~/photos.',
		badLimit: (text: string) =>
			`${quoted(text)} is no limit. Write a size for one second, such as 20MB or 500kB, or off.`,
		limitIs: (rate: string) => `All transfers together: at most ${rate}.`,
		noLimit: 'There is no limit. /limit 20MB sets one.',
		badCount: (text: string) =>
			`${quoted(text)} is no number of transfers. Write one from 1 on, such as /parallel 3.`,
		sayCount: 'Say how many are sent at the same time, such as /parallel 3.',
		unknownView: (text: string) =>
			`${quoted(text)} is none of these: /transfers, /transfers failed, /transfers partial.`,
		unknown: (word: string) =>
			`No such transfer is called ${quoted(word)}. /transfers shows them.`,
		several: (titles: readonly string[]) =>
			`There are several: ${listed(titles.slice(0, 4))}${titles.length > 4 ? ', …' : ''}. Say which file.`,
	},

	listeners: {
		sayKind: 'Say what to listen on: /listen tcp 9090, or /listen udp 10000.',
		none: 'Nothing is listening now. /listen tcp 9090 opens a port.',
		unknown: (what: string) =>
			`Nothing listens on ${quoted(what)}. /listen shows the open ports.`,
		several: (names: readonly string[]) =>
			`There are several: ${listed(names)}. Say which, such as /unlisten ${names[0] ?? ''}.`,
		title: 'Listening on',
		everywhere: (port: number) => `port ${port}, on all addresses`,
		howTo:
			'/listen tcp 9091 opens another port, /unlisten tcp 9091 closes it; the same with udp.',
	},

	messages: {
		empty: 'Say what to send.',
		emptyDatagram:
			'Say what to send. The dialog (u in the panes) also sends empty ones.',
	},

	encoding: {
		sayWhich: 'Say which encoding, such as /encoding gbk or /encoding utf-8.',
		alwaysUtf8: (name: string) =>
			`${name} is a sockterm and always writes UTF-8. Encodings are for PLAIN peers.`,
	},

	nick: {
		current: (nick: string) => `Others see you as ${nick}.`,
		tooLong: (most: number) =>
			`That name is too long; ${most} characters are the most.`,
	},

	practice: {
		already:
			'The practice peer is here already: write to it, or send it a file.',
	},

	...dialogStrings,

	completion: {
		several: (names: readonly string[], count: number) =>
			`${names.join('  ')}${count > names.length ? `  … ${count} in all` : ''}`,
	},
} as const;
