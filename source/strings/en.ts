/** Every sentence and word of the display, in English. A table in another language has the same shape. */
import type {Trust, TrustWarning} from '../engine/index.js';
import {streamStrings} from './en-stream.js';
import {transferStrings} from './en-transfers.js';

const plural = (count: number, one: string, many: string) =>
	`${count} ${count === 1 ? one : many}`;

export const en = {
	appName: 'sockterm',

	header: {
		listening: (kind: 'tcp' | 'tls' | 'udp', where: string) =>
			`${kind} ${where}`,
		notListening: (kind: 'tcp' | 'tls' | 'udp', port: number) =>
			`${kind} :${port} failed`,
		peers: (count: number) => plural(count, 'peer', 'peers'),
		news: (who: readonly string[], others: number) =>
			`new: ${who.join(', ')}${others > 0 ? ` and ${others} more` : ''}`,
	},

	trust: {
		PLAIN: 'PLAIN',
		UNVERIFIED: 'UNVERIFIED',
		VERIFIED: 'VERIFIED',
		BLOCKED: 'BLOCKED',
	} satisfies Record<Trust, string>,

	panes: {
		peers: 'Peers',
		conversation: 'Conversation',
		transfers: 'Transfers',
		datagrams: 'Datagrams',
	},

	peers: {
		all: 'All',
		udp: 'UDP',
		silent: 'silent',
		dialing: 'connecting',
		again: (seconds: number) =>
			seconds > 0 ? `again in ${seconds} s` : 'connecting',
		againShort: (seconds: number) => `${seconds} s`,
		left: 'left',
		warning: {
			lookalike: 'look-alike',
			otherKey: 'other key',
		} satisfies Record<TrustWarning, string>,
		more: (count: number) => `${count} more`,
	},

	conversation: {
		you: 'you',
		everybody: 'All',
		toPeer: (name: string) => `to ${name}: `,
		toAll: 'to all: ',
		joined: (name: string) => `${name} joined`,
		from: (address: string) => `from ${address}`,
		certificate: (fingerprint: string) => `certificate SHA-256 ${fingerprint}`,
		left: (name: string) => `${name} left`,
		cut: (name: string) => `the connection to ${name} is gone, trying again`,
		times: (sentence: string, count: string) =>
			`${sentence} (${count} times in a row; this is the last.)`,
		below: (count: number) => `${count} below`,
		nothingYet: 'Nothing said yet. Press i and type.',
	},

	transfer: transferStrings,

	stream: streamStrings,

	datagrams: {
		rate: (perSecond: string) => `${perSecond}/s`,
		arrived: (received: string, shown: string) =>
			`${received} in, ${shown} shown`,
		dropped: (byUs: string, byKernel: string | undefined) =>
			`dropped ${byUs} by us, ${byKernel ?? '?'} by kernel`,
		size: (bytes: number) => `${bytes} B`,
		empty: '(empty)',
		none: (port: number | undefined) => [
			'No datagrams yet.',
			port === undefined
				? '/listen udp 10000 receives them.'
				: `What comes to UDP port ${port} is shown here.`,
			'Esc then u sends one.',
		],
	},

	firstRun: {
		nobody: 'Nobody is connected yet.',
		listening: 'You are listening on',
		tcp: 'TCP',
		udp: 'UDP',
		notListening: 'You are not listening on any port.',
		next: 'What to do now',
		connect: ['Esc, c', 'connect to somebody'],
		netcat: (host: string, port: number) =>
			[`nc ${host} ${port}`, 'from another machine'] as const,
		listen: ['/listen tcp 9090', 'let others connect'],
		practice: ['/practice', 'try it with a practice peer'],
		help: ['/help', 'all commands and keys'],
	},

	composer: {
		to: (name: string) => `to ${name}`,
		toAll: (count: number) =>
			count === 0 ? 'to All (nobody yet)' : `to All (${count})`,
		placeholder: 'type a message, or / for a command',
		placeholderShort: 'message or /command',
	},

	hints: {
		offersWaiting: (count: number) =>
			`${plural(count, 'offer', 'offers')} waiting`,
		/** Between what waits and the keys that answer it. */
		answeredBy: ': ',
		inPanes: (accept: string, decline: string) =>
			`${accept} accept, ${decline} decline`,
		inComposer: (panes: string, accept: string) =>
			`${panes} then ${accept}, or /accept`,
		quitAgain: 'Press Ctrl-C again to quit.',
		severalOffers:
			'Several offers are waiting: choose one in Transfers, then press a or d.',
		noOffer: 'No offer is waiting.',
		noTransferSelected:
			'Choose a transfer first: Tab to Transfers, then j or k.',
		notBegun:
			'It has not begun yet: a accepts it, d declines it, x cancels it.',
		alreadyOver: 'That transfer is over. t sends again what failed.',
		onlyTheyGoOn: (name: string) =>
			`${name} has paused it, and only ${name} can let it go on. x cancels it.`,
		nothingToPause: 'No transfer is running now.',
		noPeerForFile:
			'Choose the peer that the file is for: files go to encrypted peers only.',
		rawTakesNoFiles: (name: string) =>
			`${name} is a PLAIN connection and cannot take files: connect two consoles with c.`,
		nobodyForFile:
			'Nobody can take a file yet: connect to another console first, with c.',
	},

	tooSmall: 'Too small: at least 20 × 5, please.',

	/** On the normal screen, after the console has closed. */
	summary: {
		saved: (count: number, where: string, existed: number) =>
			`${plural(count, 'file', 'files')} saved in ${where}${existed === 0 ? '' : existed === count ? ' (there already)' : ` (${existed} of them there already)`}.`,
		delivered: (count: number, existed: number) =>
			`${plural(count, 'file', 'files')} delivered${existed === 0 ? '' : existed === count ? ' (there already)' : ` (${existed} of them there already)`}.`,
		failed: (count: number) => `${plural(count, 'file', 'files')} failed:`,
		more: (count: number) => `and ${count} more`,
		unfinished: (count: number) =>
			`${plural(count, 'transfer was', 'transfers were')} still under way. What has arrived is kept: it goes on when it is sent again.`,
	},
} as const;
