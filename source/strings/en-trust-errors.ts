/** Sentences for what goes wrong with pairing, pins and blocks. */
import type {ErrorDetails} from '../errors.js';
import {fact, Name, name, size, type Sentence} from './error-facts.js';

export const trustErrorSentences = {
	notVerified: (details: ErrorDetails) =>
		`${Name(details)} is not verified, and only verified peers are let in here. Start without --require-verified, pair, and start with it again.`,
	keyChanged: (details: ErrorDetails) =>
		`${Name(details)} has another key than the one that you verified, so nothing was sent to it. Either it was set up anew, or somebody else answers in its place. Ask; if it is right, /unpair ${name(details, 'NAME')} and then /pair.`,
	peerBlocked: (details: ErrorDetails) =>
		`${Name(details)} is blocked. /unblock lets it in again.`,
	plainRefused: () =>
		'Plain connections are not taken here. Connect with sockterm.',
	badCode: () => 'A pairing code has six digits, as the other screen shows it.',
	noCodeShown: (details: ErrorDetails) =>
		`${Name(details)} shows no code now. Ask for one with /pair over there, and type it here.`,
	codeUnderWay: (details: ErrorDetails) =>
		`A code is being checked with ${name(details)}. Wait for its answer.`,
	tooManyCodes: (details: ErrorDetails) =>
		`Too many codes were shown to ${name(details)} on this connection. /reconnect, then /pair.`,
	onlyEncrypted: (details: ErrorDetails) =>
		`${Name(details)} is no encrypted peer: there is no key to verify. Both sides need sockterm and a connection without tcp://.`,
	badPetname: (details: ErrorDetails) =>
		`A pet name is one word of at most ${fact(details, 'most', '32')} characters, and "${fact(details, 'petname', '')}" is not. Choose another one.`,
	petnameTaken: (details: ErrorDetails) =>
		`The pet name "${fact(details, 'petname', '')}" looks like ${name(details)}, whom you know already. Choose another one.`,
	noSuchPin: (details: ErrorDetails) =>
		`No verified peer is called "${fact(details, 'petname', '')}". /peers lists them.`,
	pinUnreached: (details: ErrorDetails) =>
		`Nobody has dialled ${name(details)} from here yet, so its address is not known. /connect host:port.`,
	tooManyPins: (details: ErrorDetails) =>
		`${fact(details, 'most', 'So many')} are kept already. Remove one with /unpair or /unblock.`,
	notBlocked: (details: ErrorDetails) =>
		`${Name(details)} is not blocked. /peers lists who is.`,
	badCaps: (details: ErrorDetails) =>
		`What is taken of ${name(details)} by itself needs three numbers above 0: bytes and entries of an offer (at most ${fact(details, 'most', '20,000')}), and bytes a day.`,
	autoUnverified: (details: ErrorDetails) =>
		`Not taken by itself: ${name(details)} is not verified. /pair first.`,
	autoFlagged: (details: ErrorDetails) =>
		`Not taken by itself: programs obey a file called "${fact(details, 'file', '')}". Look at it, then accept or decline.`,
	autoRefusedName: (details: ErrorDetails) =>
		`Not taken by itself: "${fact(details, 'file', 'a name')}" cannot be a file name here. Accept the others, or decline.`,
	autoSizeUnknown: () =>
		'Not taken by itself: its size is not known. Accept or decline.',
	autoTooMany: (details: ErrorDetails) =>
		`Not taken by itself: ${fact(details, 'count', 'so many')} entries, and ${fact(details, 'most', 'fewer')} are what ${name(details)} may send unasked. Accept or decline.`,
	autoTooLarge: (details: ErrorDetails) =>
		`Not taken by itself: ${size(details, 'bytes') ?? 'it'} is more than the ${size(details, 'limitBytes') ?? 'size'} that ${name(details)} may send unasked. Accept or decline.`,
	autoDayFull: (details: ErrorDetails) =>
		`Not taken by itself: with it ${name(details)} would have sent more than ${size(details, 'limitBytes') ?? 'its share'} in a day unasked. Accept or decline.`,
	autoNoRoom: (details: ErrorDetails) =>
		`Not taken by itself: there is no room here for ${size(details, 'bytes') ?? 'it'}. Make room, then accept; or decline.`,
	notesUnusable: (details: ErrorDetails) =>
		`The file with unfinished transfers, ${fact(details, 'path', 'in the state folder')}, cannot be used (${fact(details, 'what', 'unknown')}): after a restart none goes on by itself. Check its rights, and that the disk has room.`,
	notesDamaged: (details: ErrorDetails) =>
		`The file with unfinished transfers was damaged and is now ${fact(details, 'path', 'set aside')}: what was begun does not go on by itself. Send it again.`,
	resumeChanged: (details: ErrorDetails) =>
		`${fact(details, 'path', 'A file')} is not what ${name(details)} accepted any more, so it was not offered again. Send it again.`,
	trustUnusable: (details: ErrorDetails) =>
		`The file with your verified peers, ${fact(details, 'path', 'in the state folder')}, cannot be used (${fact(details, 'what', 'unknown')}): nobody counts as verified, and no block holds. Check its rights, and that the disk has room.`,
	unpairedMeanwhile: (details: ErrorDetails) =>
		`${name(details)} was unpaired by another sockterm of yours at the moment in which it was verified: it is not verified. Pair again.`,
	trustDamaged: (details: ErrorDetails) =>
		`The file with your verified peers was damaged and is now ${fact(details, 'path', 'set aside')}. Nobody counts as verified, and no block holds: pair again, or repair it by hand.`,
} as const satisfies Record<string, Sentence>;
