/** What is said about pairing and trust, on the command line and on the screen. */
import type {PairingEnd, TrustWarning} from '../engine/index.js';

const attempts = (count: number) =>
	count === 1 ? '1 attempt is left' : `${count} attempts are left`;

/** Of the code on our screen, and of theirs. */
const ended: Readonly<
	Record<PairingEnd, (name: string, attemptsLeft: number) => string>
> = {
	burnt: name =>
		`The code is burnt: three attempts with ${name} were wrong. Somebody mistyped it, or somebody is between you. Try again with a new code, and ask ${name} whether it was them.`,
	expired: name =>
		`The code with ${name} has expired. Show a new one, and type it within two minutes.`,
	withdrawn: name => `The code with ${name} was taken back.`,
	disconnected: (name, attemptsLeft) =>
		attemptsLeft < 3
			? `The connection to ${name} went away while a code was tried. The code is worth nothing now: pair again, and be careful if it happens twice.`
			: `The connection to ${name} went away, and the code with it. Pair again when it is back.`,
};

export const pairingStrings = {
	ended,
	failed: (name: string, attemptsLeft: number) =>
		`That was not the code of ${name}: ${attempts(attemptsLeft)}. If it was typed right, somebody may be between you.`,
	paired: (name: string) =>
		`${name} is VERIFIED from now on. No code is needed again.`,
	already: (name: string) => `${name} is VERIFIED already.`,
	warning: {
		lookalike: (name: string, petname: string) =>
			`${name} calls itself like ${petname}, and is somebody else: another key.`,
		otherKey: (name: string, petname: string) =>
			`${name} answers where ${petname} was, with another key. It counts as somebody else.`,
	} as const satisfies Record<
		TrustWarning,
		(name: string, petname: string) => string
	>,
	show: (name: string, code: string) =>
		`Type ${code} at ${name} within two minutes (v, or /pair). Tell it in person or by phone.`,
	shownThere: (name: string) => `${name} shows a code.`,
	waitForCode: (name: string) =>
		`Waiting for ${name} to show a code: /pair over there.`,
	ask: 'Code: ',
	noCode: 'No code was typed. Nothing is verified.',
} as const;

export const pairingUsage = {
	operand: (operand: string) =>
		`sockterm pair takes no "${operand}": a code is typed when it is asked for, or stands in SOCKTERM_PAIRING_CODE, because arguments can be seen by everybody on this machine.`,
	onlyPeers: (address: string) =>
		`Only encrypted peers can be verified; ${address} is plain.`,
	toOne: 'sockterm pair is with one peer. Start it once for each --to.',
	idOperand: (operand: string) => `sockterm id takes no "${operand}".`,
} as const;

export const trustInputStrings = {
	pairing: pairingStrings,
	asked: (name: string) =>
		`${name} shows a code to be verified with: v or /pair, and type it.`,
	codeElsewhere:
		'/pair takes no code: lines are remembered. The code is typed in the dialog that /pair opens.',
	onlyEncrypted: (name: string) =>
		`${name} is no encrypted peer: there is no key to verify.`,
	notThere: (name: string) =>
		`${name} is not connected now. Pair when both of you are there.`,
	noPeer: 'Open the conversation with a peer first, then press v.',
	notVerified: (name: string) => `${name} is not verified: there is no pin.`,
	pins: {
		title: 'Verified and blocked',
		none: 'Nobody is verified.',
		since: (date: string) => `since ${date}`,
		there: 'connected',
		wasAt: (address: string) => `not connected, was at ${address}`,
		away: 'not connected',
		howTo: [
			'/connect NAME dials one, /whois NAME shows all of it.',
			'/trust NAME accept 2GB 100 takes by itself what it offers.',
			'/unpair NAME, /block NAME, /unblock NAME or ADDRESS.',
		],
	},
	autoAccept: {
		off: 'nothing is taken by itself',
		on: (size: string, entries: number, day: string, taken: string) =>
			`up to ${size} and ${entries === 1 ? '1 entry' : `${entries} entries`} an offer are taken by themselves, ${day} a day (${taken} so far)`,
		of: (name: string, text: string) => `${name}: ${text}.`,
		usage: (word: string) =>
			`/trust NAME accept 2GB 100 takes by itself what NAME offers, up to 2 GB and 100 entries; /trust NAME accept off takes nothing. "${word}" is neither.`,
		bad: (text: string) =>
			`"${text}" is not how much: /trust NAME accept SIZE ENTRIES SIZE-A-DAY, such as 2GB 100 20GB, or off.`,
	},
	whois: {
		since: (date: string) => `since ${date}`,
		id: (id: string) => `id ${id}`,
		noKey: 'no key',
	},
	dialog: {
		title: (name: string) => `Verify ${name}`,
		showing: (name: string) =>
			`Let ${name} type this code there (v or /pair). Tell it in person or by phone, not in this chat.`,
		none: 'no code now: close, and open again for a new one',
		attempts: (left: number) =>
			left === 3 ? '' : left === 1 ? '1 attempt left' : `${left} attempts left`,
		typing: (name: string) => `Or type the code that ${name} shows you:`,
		waiting: (name: string) => `Or type the one of ${name}, once it shows one:`,
		checking: 'Checking …',
		sixDigits: 'A code has six digits.',
		callIt: 'Call it:',
		nameFirst: 'Choose another name first (Tab), then type the code.',
		notShown: (name: string) => `${name} shows no code now.`,
	},
} as const;
