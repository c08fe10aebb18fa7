/** Typing bytes, repeating them, keeping them: part of `strings.input`. */
import {formatSize} from '../util/quantities.js';

const quoted = (text: string) => `“${text}”`;

export const byteStrings = {
	notations: {text: 'text', escapes: 'escapes', hex: 'hex'},
	/** In a line that is empty still. */
	placeholders: {
		escapes: String.raw`text with \r\n \x00 \u4f60, tokens such as $crc32`,
		hex: '01 0d 0a, tokens such as $crc16/modbus $len:u16be $seq',
	},
	/** What a line says when the notation has changed. */
	switched: {
		text: 'What you type is text again.',
		escapes: String.raw`What you type is text with escapes, and only that is sent: \r\n \x00 \u4f60 $crc32. Alt-X: hex.`,
		hex: 'What you type is hex, and only that is sent: 01 0d 0a $crc16/modbus $len:u16be. Alt-X: text.',
	},
	size: (count: number) => formatSize(count),
	choosePeer:
		'Exact bytes go to one PLAIN connection: open its conversation first.',

	raw: 'Say what to send: /raw GET / HTTP/1.0\\r\\n\\r\\n',

	repeat: {
		say: 'Say how often and what: /repeat 500ms x10 ping. /repeat stop ends it.',
		badPeriod: (text: string) =>
			`${quoted(text)} is no time. Write one such as 500ms, 2s or 1m: /repeat 500ms ping.`,
		ended: (name: string, sent: number) =>
			`Repeated ${sent === 1 ? 'once' : `${sent} times`} to ${name}.`,
		failed: (name: string, sent: number, why: string) =>
			`Repeating to ${name} ended after ${sent}. ${why}`,
	},

	file: {
		say: 'Say which file: /sendraw PATH. /sendraw stop ends one that is on its way.',
		sent: (file: string, size: string, name: string) =>
			`${file} (${size}) went to ${name} as bytes.`,
		failed: (file: string, size: string, name: string, why: string) =>
			`${file} did not go to ${name} whole: ${size} of it went. ${why}`,
	},

	snippets: {
		title: 'Snippets',
		none: 'No snippets yet. /snippet save NAME TEXT keeps one.',
		howTo: '/snippet NAME sends one, /snippet key 3 NAME puts it on Alt-F3.',
		say: 'Say which: /snippet NAME, /snippet save NAME TEXT, /snippet list.',
		kept: (name: string) => `${name} is kept. /snippet ${name} sends it.`,
		deleted: (name: string) => `${name} is no longer kept.`,
		put: (name: string, key: number) => `${name} is on Alt-F${key}.`,
		taken: (name: string) => `${name} is on no key.`,
		sayName: 'Say its name: /snippet delete NAME.',
		saySave: 'Say its name and what to keep: /snippet save NAME TEXT.',
		sayKey: 'Say a key from 1 to 9, or none, and a name: /snippet key 3 NAME.',
		reserved: (name: string) =>
			`${quoted(name)} is a word of this command. Choose another name.`,
		noneOnKey: (key: number) =>
			`No snippet is on Alt-F${key}. /snippet key ${key} NAME puts one there.`,
		onKey: (key: number) => `Alt-F${key}`,
	},
} as const;
