/** Raw conversations as bytes. Part of the one table, `strings.stream`. */
import type {FrameEnding} from '../engine/index.js';

const quoted = (text: string) => `“${text}”`;

const grouped = (value: number) =>
	String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');

const bytes = (count: number) =>
	count === 1 ? '1 byte' : `${grouped(count)} bytes`;

export const streamStrings = {
	bytes,
	at: (offset: number) => `at ${grouped(offset)}`,
	more: (size: string) => `${size} more; /hex shows all of it`,

	/** How a frame ended, where that is worth a word. */
	endings: {
		whole: '',
		forced: 'cut at the limit',
		quiet: 'nothing more came',
		end: 'the stream ended',
		lost: 'no frame',
	} satisfies Record<FrameEnding, string>,

	reads: (first: number, last: number) =>
		first === last ? `read ${first}` : `reads ${first} to ${last}`,
	readsShort: (first: number, last: number) =>
		first === last ? `r${first}` : `r${first}-${last}`,
	ofRead: (index: number, count: number) => `, ${index} of ${count}`,
	ofReadShort: (index: number, count: number) => ` ${index}/${count}`,

	/** At the lower edge of a raw conversation. */
	footer: {
		hex: 'hex',
		reads: 'reads',
		unfinishedOf: (held: number, all: number) =>
			`${grouped(held)} of ${bytes(all)}`,
		unfinishedLine: (held: number) => `${bytes(held)} of an unfinished line`,
		unfinished: (held: number) => `${bytes(held)} unfinished`,
		sent: (text: string, paceMs: number) =>
			`${text}${paceMs > 0 ? ` every ${paceMs} ms` : ''}`,
		unfinishedShort: (held: number) => `${grouped(held)} B unfinished`,
		repeat: (sent: number, count: number | undefined, every: string) =>
			`repeat ${sent}${count === undefined ? '' : `/${count}`} every ${every}`,
		repeatShort: (sent: number, count: number | undefined) =>
			`repeat ${sent}${count === undefined ? '' : `/${count}`}`,
		file: (name: string, percent: string) => `${name} ${percent}`,
	},

	/** Why a lens does not fit here. */
	openRaw: 'That is for PLAIN conversations: open one first.',
	alwaysWhole: (name: string) =>
		`${name} is a sockterm: its messages are whole already. Framing is for PLAIN peers.`,
	hexOn: 'Bytes are shown as hex. h or /hex shows text again.',
	hexOff: 'Bytes are shown as text.',
	readsOn: 'Each read is marked: where it ended, and which frames came in it.',
	readsOff: 'Reads are no longer marked.',
	sayOnOff: (text: string) => `${quoted(text)} is neither on nor off.`,

	framing: {
		title: (name: string) => `Where does a message of ${name} end?`,
		sendingTitle: (name: string) => `How is a message to ${name} sent?`,
		placeholder: 'or type one, such as length u32be',
		now: 'now',
		received: {
			chunks: 'a message is what was read at once',
			lines: {
				any: 'LF, CRLF or CR ends a message',
				lf: 'LF ends a message',
				crlf: 'CRLF ends a message',
				cr: 'CR ends a message',
			},
			delimiter: 'these bytes end a message',
			length: (
				count: number,
				isBig: boolean,
				offset: number,
				countsItself: boolean,
			) =>
				[
					offset > 0 ? `behind ${bytes(offset)} ` : '',
					count === 1
						? 'a byte says how long it is'
						: `${count} bytes, ${isBig ? 'big' : 'little'} endian, say how long it is`,
					countsItself ? ', the number included' : '',
				].join(''),
			fixed: (count: number) => `a message has always ${bytes(count)}`,
			idle: (ms: number) => `${ms} ms without a byte end a message`,
		},
		sent: {
			chunks: 'nothing is added to what you type',
			lines: {
				any: 'LF is added',
				lf: 'LF is added',
				crlf: 'CRLF is added',
				cr: 'CR is added',
			},
			delimiter: 'these bytes are added',
			length: (
				count: number,
				isBig: boolean,
				offset: number,
				countsItself: boolean,
			) =>
				[
					'its length in front, as ',
					count === 1
						? 'one byte'
						: `${count} bytes, ${isBig ? 'big' : 'little'} endian`,
					offset > 0 ? `, behind ${bytes(offset)} of zeros` : '',
					countsItself ? ', counting itself' : '',
				].join(''),
			fixed: (count: number) => `only messages of ${bytes(count)} are sent`,
			idle: () => 'nothing is added to what you type',
		},
		sendingSet: (name: string, text: string, words: string, paceMs: number) =>
			`What goes to ${name} is sent as ${text}: ${words}${paceMs > 0 ? `, at most every ${paceMs} ms` : ''}.`,
		saySending:
			'Say how a message is sent, such as /framing send length u32be.',
	},

	encoding: {
		title: 'How is its text written?',
		datagramsTitle: 'How is the text of datagrams written?',
		placeholder: 'type to filter',
		none: 'No encoding is called that.',
		nothingToShow: 'Nothing has come yet.',
	},

	eol: {
		say: 'Say what ends a line that you send: /eol lf, crlf, cr or none.',
		unknown: (text: string) =>
			`${quoted(text)} is no line ending. Write lf, crlf, cr or none.`,
	},

	pace: {
		say: 'Say the least time between two sends, such as /pace 20ms, or /pace off.',
		bad: (text: string) =>
			`${quoted(text)} is no time. Write one up to 60s, such as 20ms or 1.5s, or off.`,
	},

	copy: {
		unknown: (text: string) =>
			`${quoted(text)} is none of these: /copy hex, c, python, text.`,
		nothing: 'There is no message here to copy.',
		tooLong: (size: string, most: string) =>
			`That would be ${size}, and a terminal takes at most ${most}. /export writes all of it to a file.`,
		done: (what: string, as: string) =>
			`Gave the terminal ${what} to copy, as ${as}.`,
		formats: {
			hex: 'hex',
			c: 'a C array',
			python: 'Python bytes',
			text: 'text',
		},
	},
} as const;
