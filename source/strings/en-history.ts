/** The history: what is said about it. Part of the one table. */
import type {ErrorCode} from '../errors.js';
import {formatSize} from '../util/quantities.js';
import {fact, file, why, type Sentence} from './error-facts.js';

const quoted = (text: string) => `“${text}”`;
const count = (number: number, one: string, more: string) =>
	number === 1 ? `1 ${one}` : `${number.toLocaleString('en')} ${more}`;

export const historyErrorSentences = {
	historyUnusable: details =>
		`The history ${file(details)} cannot be used${why(details)}, so nothing of this run is kept. Check the folder and its rights, or start with --no-history.`,
	historyNewer: details =>
		`The history ${file(details)} was written by a later sockterm, so nothing of this run is kept. Update this one, or start with another --state-dir.`,
	historyDamaged: details =>
		`The history was damaged and is now ${fact(details, 'path', 'set aside')}. A new one was begun; verified peers and your identity are not touched.`,
	historyFailed: details =>
		`The history ${file(details)} cannot be read or written${why(details)}. What is said meanwhile is not kept; it is tried again by itself.`,
	historyFull: details =>
		`The disk of ${file(details)} is full, so what is said now is not kept. Make room; it goes on by itself.`,
	noHistory: () =>
		'No history is kept in this run. Start without --no-history to have one.',
	nothingThatDay: () =>
		'Nothing was kept from that day on. /history shows how far back it goes.',
} satisfies Partial<Record<ErrorCode, Sentence>>;

export const historyStrings = {
	runBegins: (when: string) => `this run begins, ${when}`,
	runBegan: (when: string) => `a run began, ${when}`,
	day: (when: string) => when,
	unread: 'new',
	gap: 'newer messages below',
	/** At the edge of a pane, where more than is known comes below. */
	moreBelow: (rows: number) => `more than ${rows} below`,
	recovered: 'The history is kept again.',
	unkept: (messages: number, sizeBytes: number) =>
		`${count(messages, 'message', 'messages')} (${formatSize(sizeBytes)}) came too fast and ${messages === 1 ? 'was' : 'were'} not kept`,
	verified: (name: string) => `${name} is VERIFIED from now on`,
	blocked: (name: string) => `${name} was blocked: its key had changed`,
	transfer: (facts: {
		readonly title: string;
		readonly others: number;
		readonly size: string;
		readonly outcome: string;
		readonly folder: string | undefined;
	}) =>
		`${facts.title}${facts.others > 0 ? ` and ${facts.others} more` : ''}  ${facts.size}  ${facts.outcome}${facts.folder === undefined ? '' : ` in ${facts.folder}`}`,

	search: {
		title: (needle: string) => `${quoted(needle)} in the history`,
		looking: (needle: string) => `Looking for ${quoted(needle)}…`,
		nothing: (needle: string) =>
			`${quoted(needle)} is nowhere in the history, nor on the screen.`,
		found: (hits: number, isAll: boolean) =>
			isAll ? count(hits, 'line', 'lines') : `the newest ${hits} lines`,
	},

	clear: {
		title: 'Clear',
		yes: 'delete',
		no: 'keep it',
		ask: (name: string | undefined) =>
			name === undefined
				? 'Delete everything that was said in all conversations, from the screen and from the history?'
				: `Delete everything that was said with ${name}, from the screen and from the history?`,
		detail: 'It cannot be undone. Files that were received stay.',
		done: (rows: number) =>
			`Cleared. ${count(rows, 'row is', 'rows are')} gone from the history.`,
	},

	goto: {
		usage:
			'Say where to: /goto 2026-11-01, /goto 2026-11-01 14:30, /goto today, /goto unread or /goto end.',
		noUnread: 'There is nothing unread here.',
		nothing: 'Nothing is kept from then on.',
	},

	stat: {
		title: 'History',
		none: 'No history is kept in this run.',
		kept: (rows: number, conversations: number) =>
			`${count(rows, 'row', 'rows')} of ${count(conversations, 'conversation', 'conversations')}`,
		range: (from: string, to: string) => `from ${from} to ${to}`,
		size: (used: number, most: number) =>
			`${formatSize(used)} of at most ${formatSize(most)}`,
		days: (days: number) => `kept for ${count(days, 'day', 'days')}`,
		peers: (peers: number) =>
			`${count(peers, 'encrypted peer', 'encrypted peers')} seen`,
		howTo:
			'/history days 90 and /history size 200MB keep less or more, in later runs too. /clear deletes a conversation. Nothing is kept with --no-history.',
		usage:
			'Say what to change: /history days 90, or /history size 200MB. Alone it shows what is kept.',
		retained: (days: number, bytes: number) =>
			`Kept from now on: ${count(days, 'day', 'days')}, at most ${formatSize(bytes)}.`,
	},
} as const;
