/** Exports, the log, search and filter: what is said about them. Part of the one table. */
import type {ErrorCode} from '../errors.js';
import {formatSize} from '../util/quantities.js';
import {fact, file, why, type Sentence} from './error-facts.js';

const quoted = (text: string) => `“${text}”`;

export const keepErrorSentences = {
	exportExists: details =>
		`${file(details)} exists already and was not touched. Choose another name.`,
	exportFailed: details =>
		`${file(details)} cannot be written${why(details)}, so nothing was kept. Check the folder and its rights, or choose another.`,
	nothingToExport: () =>
		'There is nothing to export here yet. Wait until something was said, or name another peer.',
	exportNeedsBytes: () =>
		'A capture file holds the bytes of PLAIN conversations and datagrams; those of encrypted peers were never seen as packets. Export as text, csv or ndjson instead.',
	logFailed: details =>
		`The log ${file(details)} cannot be written${why(details)}, so no log is kept now. Check the disk and its rights, then start it again with /log FILE.`,
	logBehind: details =>
		`${fact(details, 'lines', 'Some')} lines are missing here: the disk was too slow for them. Log to a faster disk.`,
} satisfies Partial<Record<ErrorCode, Sentence>>;

export const keepStrings = {
	export: {
		sayWhere:
			'Say where to: /export chat.txt, or with .csv, .ndjson or .pcapng at the end.',
		unknownFormat: (path: string) =>
			`What ${quoted(path)} should be cannot be told from its name. Use .txt, .csv, .ndjson or .pcapng, or say it: /export csv ${path}.`,
		tooMany: 'One name after the path is enough: a peer, all, or datagrams.',
		written: (path: string, items: number, sizeBytes: number) =>
			`${items === 1 ? '1 row' : `${items} rows`}, ${formatSize(sizeBytes)}, written to ${path}.`,
		captured: (path: string, items: number, sizeBytes: number) =>
			`${items === 1 ? '1 read or write' : `${items} reads and writes`}, ${formatSize(sizeBytes)}, written to ${path}.`,
	},

	log: {
		is: (path: string) =>
			`Everything is written to ${path}. /log off ends that.`,
		none: 'No log is kept. /log FILE starts one.',
		started: (path: string) => `From now on everything is written to ${path}.`,
		ended: 'The log is closed.',
	},

	search: {
		prompt: 'find in',
		placeholder: 'text, /expression/ or hex:0d0a',
		found: (what: string, index: number, count: number) =>
			`${quoted(what)}: ${index} of ${count}. n next, N previous, i to write.`,
		wrapped: (what: string, index: number, count: number) =>
			`${quoted(what)}: ${index} of ${count}, from the other end`,
		nothing: (what: string) => `${quoted(what)} is nowhere here.`,
		looking: (what: string) => `Looking for ${quoted(what)}…`,
		noQuery: 'Nothing was searched for yet: / asks what for.',
		ended: 'The search is over.',
		halfByte: (text: string) =>
			`${quoted(text)} is no bytes in hex. Write pairs of digits, such as hex:0d0a.`,
		tooLong: 'That is too long to search for.',
	},

	filter: {
		prompt: 'show only in',
		placeholder: 'in, out, peer:bob, text, /expression/, hex:0d0a; empty: all',
		title: (what: string) => `only ${what}`,
		none: 'Everything is shown. /filter TEXT shows only what holds it.',
		is: (what: string) => `Only ${what} is shown. /filter off shows all again.`,
		off: 'Everything is shown again.',
		nothing: 'Nothing of what is here fits the filter.',
		looking: 'Looking through what is here…',
		noPeer: 'Say which peer: /filter peer:bob.',
		inbound: 'received',
		outbound: 'sent',
		peer: (name: string) => `of ${name}`,
	},

	datagramView: {
		paused: (fresh: string) =>
			fresh === '0' ? 'paused' : `paused, ${fresh} new`,
		bySender: 'by sender',
		senders: (count: number) => (count === 1 ? '1 sender' : `${count} senders`),
		forgotten: (count: number) => `${count} older ones forgotten`,
		count: (datagrams: string, bytes: string) => `${datagrams}  ${bytes}`,
		meter: (facts: {
			readonly missing: string;
			readonly doubled: string;
			readonly late: string;
			readonly jitterMs: string;
		}) =>
			`missing ${facts.missing}  doubled ${facts.doubled}  late ${facts.late}  jitter ${facts.jitterMs} ms`,
		meterShort: (facts: {
			readonly missing: string;
			readonly doubled: string;
			readonly late: string;
			readonly jitterMs: string;
		}) =>
			`miss ${facts.missing} dup ${facts.doubled} late ${facts.late} ${facts.jitterMs} ms`,
	},
} as const;
