/** What can go wrong with bytes that are typed, repeated or kept. Part of the one table of `en-errors.ts`. */
import type {ErrorDetails} from '../errors.js';
import {formatSize} from '../util/quantities.js';

const place = ({position}: ErrorDetails) =>
	typeof position === 'number' ? `Character ${position + 1}` : 'A character';

const text = (details: ErrorDetails, key: string, otherwise: string) =>
	String(details[key] ?? otherwise);

const bytes = (value: string | number | undefined) =>
	typeof value === 'number' ? formatSize(value) : 'too much';

const seconds = (value: string | number | undefined) =>
	typeof value !== 'number'
		? 'that'
		: value < 1000
			? `${value} ms`
			: `${Math.round(value / 1000)} s`;

export const byteErrorSentences = {
	badHexDigit: (details: ErrorDetails) =>
		`${place(details)}, ${text(details, 'character', 'there')}, is no hex digit. Write bytes as pairs of 0–9 and a–f, such as 01 0d 0a; Alt-X goes on to text.`,
	halfByte: (details: ErrorDetails) =>
		`${place(details)}, ${text(details, 'digit', 'a digit')}, is half a byte. Each byte has two digits, such as 0${text(details, 'digit', '1')}.`,
	badEscape: (details: ErrorDetails) =>
		`${place(details)}: ${text(details, 'escape', 'that')} is no escape. There are \\r \\n \\t \\0 \\\\ \\$ \\x0a \\u4f60 \\u{1f600}.`,
	unknownToken: (details: ErrorDetails) =>
		`${place(details)}: there is no token ${text(details, 'token', 'like that')}. There are ${text(details, 'known', '$len $seq $ts')}; for the sign itself write \\$.`,
	unknownTokenFormat: (details: ErrorDetails) =>
		`${place(details)}: ${text(details, 'token', 'this token')} is written with one of ${text(details, 'formats', 'its formats')}. Braces keep it apart from what follows: \${seq}.`,
	lengthDoesNotFit: (details: ErrorDetails) =>
		`A length of ${bytes(details['lengthBytes'])} does not fit: this $len counts to ${bytes(details['mostBytes'])}. Use a wider one, such as $len:u32be.`,
	nothingToSend: () => 'There is nothing in it to be sent. Write some bytes.',
	onlyPlain: (details: ErrorDetails) =>
		`${text(details, 'name', 'This peer')} is a sockterm: exact bytes go to PLAIN connections only. Write it a message, or send it a file with /send.`,
	badRepeat: (details: ErrorDetails) =>
		`Nothing can be repeated like that: the pause is ${seconds(details['leastMs'])} to ${seconds(details['mostMs'])}, and the count a whole number from 1 on. For example /repeat 500ms x10 ping.`,
	noRepeat: (details: ErrorDetails) =>
		`Nothing is being repeated to ${text(details, 'name', 'this peer')}. /repeat 1s TEXT starts it.`,
	rawFileBusy: (details: ErrorDetails) =>
		`A file is on its way to ${text(details, 'name', 'this peer')} already. Wait for its end, or stop it with /sendraw stop.`,
	noRawFile: (details: ErrorDetails) =>
		`No file is being sent to ${text(details, 'name', 'this peer')} as bytes. /sendraw PATH sends one.`,
	notOneFile: (details: ErrorDetails) =>
		`${text(details, 'path', 'That')} is a folder, and only the bytes of one file can be sent so. Name a file in it.`,
	noSuchSnippet: (details: ErrorDetails) =>
		`There is no snippet called ${text(details, 'name', 'that')}. /snippet list shows them.`,
	noSuchAddress: (details: ErrorDetails) =>
		`There is no saved address called ${text(details, 'name', 'that')}. Look at the spelling.`,
	badNotebookName: (details: ErrorDetails) =>
		`${text(details, 'name', 'That') || 'Nothing'} cannot be a name: one word of 1 to ${text(details, 'most', '32')} characters is needed. Choose another.`,
	notebookFull: (details: ErrorDetails) =>
		`No more than ${text(details, 'most', 'so many')} can be kept. Delete one that you do not need.`,
	snippetTooLong: (details: ErrorDetails) =>
		`That is too long to be kept: ${text(details, 'most', 'some thousand')} characters are the most. Keep it in a file, and send that with /sendraw.`,
	workplaceUnusable: (details: ErrorDetails) =>
		`What comes back after a restart cannot be kept in ${text(details, 'path', 'the state folder')} (${text(details, 'what', 'unknown')}). Check its rights, and that the disk has room.`,
	workplaceDamaged: (details: ErrorDetails) =>
		`The file of what comes back after a restart was damaged and is now ${text(details, 'path', 'set aside')}. You start without: open again the listeners that you need.`,
	notebookUnusable: (details: ErrorDetails) =>
		`The file with your snippets and addresses, ${text(details, 'path', 'in the state folder')}, cannot be used (${text(details, 'what', 'unknown')}). Check its rights, and that the disk has room.`,
	notebookDamaged: (details: ErrorDetails) =>
		`The file with your snippets and addresses was damaged and is now ${text(details, 'path', 'set aside')}. You start with an empty one; what can be saved of it, copy back by hand.`,
	linesUnusable: (details: ErrorDetails) =>
		`The file with the lines that you typed, ${text(details, 'path', 'in the state folder')}, cannot be used (${text(details, 'what', 'unknown')}): lines of this run are not kept. Check its rights, and that the disk has room.`,
	linesDamaged: (details: ErrorDetails) =>
		`The file with the lines that you typed was damaged and is now ${text(details, 'path', 'set aside')}. You start with none.`,
} as const;
