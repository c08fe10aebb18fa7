import type {Peer, Trust} from '../engine/index.js';
import {asciiGlyphs, unicodeGlyphs, type Glyphs} from './glyphs.js';

/** What a piece of text means; the theme decides how that looks. */
export type StyleName =
	| 'plain'
	| 'dim'
	| 'strong'
	| 'frame'
	| 'frameFocused'
	| 'selected'
	| 'accent'
	| 'self'
	| 'good'
	| 'warning'
	| 'bad'
	/** What was searched for, and the one of it that was gone to. */
	| 'hit'
	| 'currentHit';

export interface Theme {
	readonly glyphs: Glyphs;
	readonly isAscii: boolean;
	/** Text in a style, as SGR sequences that end what they begin. */
	paint(text: string, style: StyleName): string;
}

interface Codes {
	readonly colour?: number;
	readonly bold?: true;
	readonly dim?: true;
	readonly inverse?: true;
}

// Sixteen colours, so that the terminal's own palette decides how they look.
const looks: Readonly<Record<StyleName, Codes>> = {
	plain: {},
	dim: {dim: true},
	strong: {bold: true},
	frame: {colour: 90},
	frameFocused: {colour: 36, bold: true},
	selected: {colour: 36, bold: true},
	accent: {colour: 36},
	self: {colour: 36},
	good: {colour: 32},
	warning: {colour: 33},
	bad: {colour: 31},
	hit: {inverse: true},
	currentHit: {inverse: true, bold: true, colour: 33},
};

const sgr = (code: number) => `\u{1B}[${code}m`;

function wrapper(
	{colour, bold, dim, inverse}: Codes,
	withColour: boolean,
): readonly [open: string, close: string] {
	let open = '';
	let close = '';
	const add = (on: number, off: number) => {
		open += sgr(on);
		close = sgr(off) + close;
	};

	if (bold) add(1, 22);
	if (dim) add(2, 22);
	if (inverse) add(7, 27);
	if (colour !== undefined && withColour) add(colour, 39);
	return [open, close];
}

/**
 * The looks for a terminal. Without colour the weight of letters is kept;
 * `isDumb` leaves out every attribute and draws with ASCII.
 */
export function createTheme(options: {
	readonly colour: boolean;
	readonly ascii: boolean;
	readonly isDumb?: boolean;
}): Theme {
	const wrappers = new Map<StyleName, readonly [string, string]>();
	for (const [name, codes] of Object.entries(looks)) {
		wrappers.set(
			name as StyleName,
			options.isDumb ? ['', ''] : wrapper(codes, options.colour),
		);
	}

	return {
		glyphs: options.ascii ? asciiGlyphs : unicodeGlyphs,
		isAscii: options.ascii,
		paint(text, style) {
			const [open, close] = wrappers.get(style)!;
			return open === '' || text === '' ? text : open + text + close;
		},
	};
}

/** `NO_COLOR` (https://no-color.org), `TERM=dumb`, and ASCII where the locale says that it is no Unicode one. */
export function themeFromEnvironment(
	env: Readonly<Record<string, string | undefined>>,
): Theme {
	const isDumb = env['TERM'] === 'dumb';
	const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
	const asksForAscii = env['SOCKTERM_ASCII'];
	return createTheme({
		colour: !env['NO_COLOR'] && !isDumb,
		ascii: asksForAscii
			? asksForAscii !== '0'
			: isDumb || env['TERM'] === 'linux' || /^(C|POSIX)$/.test(locale),
		isDumb,
	});
}

/** The glyph that stands before a peer's name; a word stands beside it wherever there is room. */
export function peerGlyph(
	peer: Pick<Peer, 'trust' | 'lifecycle'>,
	glyphs: Glyphs,
): string {
	switch (peer.lifecycle.phase) {
		case 'unclassified': {
			return glyphs.unknown;
		}

		case 'dialing': {
			return glyphs.dialing;
		}

		case 'waiting': {
			return glyphs.waiting;
		}

		case 'left': {
			return peer.trust === 'BLOCKED' ? glyphs.trust.BLOCKED : glyphs.left;
		}

		case 'ready': {
			return peer.trust ? glyphs.trust[peer.trust] : glyphs.unknown;
		}
	}
}

export function trustStyle(trust: Trust | undefined): StyleName {
	switch (trust) {
		case 'VERIFIED': {
			return 'good';
		}

		case 'BLOCKED': {
			return 'bad';
		}

		case 'PLAIN':
		case 'UNVERIFIED': {
			return 'warning';
		}

		case undefined: {
			return 'dim';
		}
	}
}
