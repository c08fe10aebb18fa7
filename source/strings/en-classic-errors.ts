/** What goes wrong between the classic file assistant and us, one sentence each. */
import type {ErrorCode} from '../errors.js';
import {
	fact,
	file,
	Name,
	name,
	size,
	where,
	type Sentence,
} from './error-facts.js';

const said = (details: Parameters<Sentence>[0]) =>
	details['said'] === undefined || details['said'] === ''
		? 'it said nothing'
		: `it said "${details['said']}"`;

export const classicErrorSentences = {
	classicHeaderMissing: details =>
		`${Name(details)} was asked for a file and did not say its name and size, so nothing was received. Let it send the name in GBK and the size as 8 bytes, little-endian.`,
	classicNameUndecodable: details =>
		`${Name(details)} sent a file name that is not GBK text (${fact(details, 'hex', 'unknown bytes')}), so the file was not received. Let it encode the name in GBK.`,
	classicSizeWrong: details =>
		`${Name(details)} announced a size of ${fact(details, 'size', 'so many')} bytes, which no file has, so it was not received. Let it send the size as 8 bytes, little-endian, signed.`,
	nameFlagged: details =>
		`The name "${fact(details, 'name', '')}" is one that programs obey, so the file was not received: nobody was asked about it. Ask the sender to rename it.`,
	classicIncomplete: details =>
		`${fact(details, 'host', 'The other side')} broke off after ${size(details, 'movedBytes') ?? 'a part'} of ${size(details, 'sizeBytes') ?? 'the whole'} of ${file(details)}, so nothing was kept. Let it send the file again.`,
	classicBeyond: details =>
		`${Name(details)} sent ${size(details, 'beyondBytes') ?? 'something'} more than the ${size(details, 'sizeBytes') ?? 'size'} that it had announced for ${fact(details, 'file', 'the file')}; they were left out. Compare the file with the original.`,
	classicNotAsked: details =>
		`What answers at ${where(details, 'that address')} did not ask for a file name, as the classic file assistant does (${said(details)}). Nothing was sent; look at the port, and start the receiver there first.`,
	classicNotStarted: details =>
		`${where(details, 'The other side')} was told name and size and did not answer that it begins (${said(details)}), so the file was not sent. Start its receiver again, then send again.`,
	classicCutOff: details =>
		`${where(details, 'The other side')} closed the connection abruptly after ${size(details, 'movedBytes') ?? 'a part'} of ${size(details, 'sizeBytes') ?? 'the whole'} of ${file(details)}, so it may not have all of it. Compare the files there, or send it again.`,
	classicMayLose: details =>
		`${where(details, 'The other side')} is not on this machine: a receiver of the course counts its reads, so over a network it may keep less than it is sent. Compare the sizes afterwards.`,
	classicOneFile: details =>
		`${fact(details, 'path', 'That')} is not one file, and the classic file assistant takes one file at a time. Name a file, or pack a folder first.`,
	classicNotPlain: details =>
		`The classic file assistant is plain TCP, so ${fact(details, 'address', 'that')} does not fit. Write HOST:PORT.`,
	classicNoPort: details =>
		`The classic file assistant has no port of its own: write the port too, such as ${fact(details, 'address', 'HOST')}:9191.`,
	classicBusy: details =>
		`${name(details)} connected to send a file while ${fact(details, 'limit', 'many')} others do, so it was closed. Let it try again when some are done.`,
} as const satisfies Partial<Record<ErrorCode, Sentence>>;
