import type {Peer, Trust} from '../engine/index.js';
import {
	colourCode,
	colourDepth,
	isLightBackground,
	paletteFor,
	palettes,
	type ColourDepth,
	type Hue,
	type Palette,
} from './palettes.js';
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
	| 'currentHit'
	/** Who has named us. */
	| 'mention';

export interface Theme {
	readonly glyphs: Glyphs;
	readonly isAscii: boolean;
	readonly times: Times;
	/** Text in a style, as SGR sequences that end what they begin. */
	paint(text: string, style: StyleName): string;
}

/** How times stand in front of messages. */
export type Times = 'seconds' | 'minutes' | 'off';

interface Look {
	readonly bold?: true;
	readonly dim?: true;
	readonly inverse?: true;
}

/** What stays without colour. */
const weights: Readonly<Record<StyleName, Look>> = {
	plain: {},
	dim: {dim: true},
	strong: {bold: true},
	frame: {},
	frameFocused: {bold: true},
	selected: {bold: true},
	accent: {},
	self: {},
	good: {},
	warning: {},
	bad: {},
	hit: {inverse: true},
	currentHit: {inverse: true, bold: true},
	mention: {inverse: true, bold: true},
};

const hues: Readonly<Partial<Record<StyleName, Hue>>> = {
	frame: 'frame',
	frameFocused: 'accent',
	selected: 'accent',
	accent: 'accent',
	self: 'accent',
	good: 'good',
	warning: 'warning',
	bad: 'bad',
	currentHit: 'warning',
	mention: 'warning',
};

const sgr = (code: number | string) => `\u{1B}[${code}m`;

function wrapper(
	{bold, dim, inverse}: Look,
	colour: string | undefined,
): readonly [open: string, close: string] {
	let open = '';
	let close = '';
	const add = (on: number | string, off: number) => {
		open += sgr(on);
		close = sgr(off) + close;
	};

	if (bold) add(1, 22);
	if (dim) add(2, 22);
	if (inverse) add(7, 27);
	if (colour !== undefined) add(colour, 39);
	return [open, close];
}

export interface ThemeOptions {
	/** False: no colours, only the weight of letters. */
	readonly colour: boolean;
	readonly ascii: boolean;
	/** No attribute at all. */
	readonly isDumb?: boolean;
	/** Missing: the terminal's own sixteen. */
	readonly palette?: Palette;
	/** What colours the terminal can show. */
	readonly depth?: ColourDepth;
	readonly times?: Times;
}

/** The looks for a terminal. */
export function createTheme(options: ThemeOptions): Theme {
	const {palette = palettes.sixteen, depth = 'sixteen'} = options;
	const wrappers = new Map<StyleName, readonly [string, string]>();
	for (const name of Object.keys(weights) as StyleName[]) {
		const hue = hues[name];
		const isShown = options.colour && hue !== undefined;
		const {dim, ...weight} = weights[name];
		// What is dim for a reason can be read all the same where contrast was asked for.
		const look = dim && !palette.hasFaint ? weight : weights[name];
		wrappers.set(
			name,
			options.isDumb
				? ['', '']
				: wrapper(look, isShown ? colourCode(palette, hue, depth) : undefined),
		);
	}

	return {
		glyphs: options.ascii ? asciiGlyphs : unicodeGlyphs,
		isAscii: options.ascii,
		times: options.times ?? 'seconds',
		paint(text, style) {
			const [open, close] = wrappers.get(style)!;
			return open === '' || text === '' ? text : open + text + close;
		},
	};
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the settings say of the looks. */
export interface Looks {
	readonly theme?: string | undefined;
	readonly borders?: string | undefined;
	readonly times?: string | undefined;
}

function wantsAscii(env: Environment, borders: string | undefined): boolean {
	if (borders === 'ascii' || borders === 'unicode') return borders === 'ascii';
	const asksForAscii = env['SOCKTERM_ASCII'];
	if (asksForAscii) return asksForAscii !== '0';
	const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
	const {TERM} = env;
	return TERM === 'dumb' || TERM === 'linux' || /^(C|POSIX)$/.test(locale);
}

/**
 * The theme for a terminal and the settings. `NO_COLOR` (https://no-color.org) and
 * `TERM=dumb` stand over a theme that is left to us; one that was chosen stands over
 * `NO_COLOR`. ASCII where the locale says that it is no Unicode one.
 */
export function themeFor(env: Environment, looks: Looks = {}): Theme {
	const {theme = 'auto', times} = looks;
	const isDumb = env['TERM'] === 'dumb';
	const isAuto = theme === 'auto';
	return createTheme({
		colour: theme !== 'none' && !isDumb && !(isAuto && env['NO_COLOR']),
		ascii: wantsAscii(env, looks.borders),
		isDumb,
		palette: paletteFor(theme, isLightBackground(env)),
		depth: colourDepth(env),
		...(times === 'minutes' || times === 'off' ? {times} : {}),
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
