/**
 * The encodings that are offered, and how people call them. Decides names only;
 * what bytes mean in one is left to `text-decoding.ts`.
 *
 * Invariant: whatever name the library knows for an encoding of text leads to one
 * that is offered. Its tables are loaded when an encoding is first used.
 */
import iconv from 'iconv-lite';
import {SocktermError} from '../errors.js';

const numbered = (prefix: string, numbers: string) =>
	numbers.split(' ').map(number => prefix + number);

const offered = [
	'utf-8',
	'gb18030',
	'gbk',
	'big5',
	'cp950',
	'shift_jis',
	'euc-jp',
	'euc-kr',
	...numbered('utf-', '16le 16be 32le 32be 7 7-imap'),
	'cesu-8',
	'us-ascii',
	...numbered('iso-8859-', '1 2 3 4 5 6 7 8 9 10 11 13 14 15 16'),
	...numbered('windows-', '874 1250 1251 1252 1253 1254 1255 1256 1257 1258'),
	...numbered('koi8-', 'r u ru t'),
	...numbered(
		'cp',
		'437 720 737 775 808 850 852 855 856 857 858 860 861 862 863 864 865 866 869 922 1046 1124 1125 1129 1133 1161 1162 1163',
	),
	'macintosh',
	...numbered(
		'mac',
		'roman croatian cyrillic greek iceland romania thai turkish ukraine centeuro',
	),
	'tis-620',
	'viscii',
	'tcvn',
	'armscii-8',
	'georgian-academy',
	'georgian-ps',
	'pt154',
	'rk1048',
	'mik',
	'hp-roman8',
	'iso646-cn',
	'iso646-jp',
];

/** Canonical lower-case names, those that are used most first. */
export const offeredEncodings = (): readonly string[] => offered;

const keyOf = (name: string) => name.toLowerCase().replaceAll(/[^\da-z]/g, '');

/** Codecs of the library that have another name here, or do the same as another one. */
const renamed = Object.entries({
	ucs2: 'utf-16le',
	utf16: 'utf-16le',
	utf32: 'utf-32le',
	binary: 'iso-8859-1',
	ascii: 'us-ascii',
	cp936: 'gbk',
	cp949: 'euc-kr',
	big5hkscs: 'big5',
	shiftjis: 'shift_jis',
});

const canonicalNames = new Map([
	...offered.map(name => [keyOf(name), name] as const),
	...renamed,
]);

/**
 * The canonical name: `utf-8`, `gb18030`, `gbk` (also for gb2312 and cp936), `utf-16le` …
 * Throws encodingUnknown {encoding} for what is no encoding of text.
 */
export function normalizeEncoding(name: string): string {
	const key = keyOf(name);
	const known = canonicalNames.get(key);
	if (known !== undefined) return known;
	const codec = aliased(key);
	const canonical = codec === undefined ? undefined : canonicalNames.get(codec);
	if (canonical === undefined) {
		throw new SocktermError('encodingUnknown', {encoding: name});
	}

	canonicalNames.set(key, canonical);
	return canonical;
}

/** Whether `normalizeEncoding` knows it. */
export function isEncoding(name: string): boolean {
	try {
		return normalizeEncoding(name) !== '';
	} catch {
		return false;
	}
}

/** What the library calls the codec that it has under another name. */
function aliased(key: string): string | undefined {
	// Asking for one loads the list of names.
	iconv.encodingExists('utf8');
	const names: Readonly<Record<string, unknown>> = iconv.encodings ?? {};
	let found = Object.hasOwn(names, key) ? names[key] : undefined;
	let codec = key;
	while (typeof found === 'string') {
		codec = found;
		found = names[codec];
	}

	return found === undefined ? undefined : codec;
}

type CodecName = Parameters<typeof iconv.decode>[1];

/** The library finds its codecs by name without punctuation. */
export function codecName(canonical: string): CodecName {
	return keyOf(canonical);
}
