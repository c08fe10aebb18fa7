/** What the display is drawn with: a Unicode set, and one for terminals without it. */
import type {Trust} from '../engine/index.js';
import type {GraphGlyphs} from './format/graphs.js';

export interface Glyphs extends GraphGlyphs {
	readonly border: {
		readonly topLeft: string;
		readonly topRight: string;
		readonly bottomLeft: string;
		readonly bottomRight: string;
		readonly horizontal: string;
		readonly vertical: string;
	};
	readonly trust: Readonly<Record<Trust, string>>;
	readonly unknown: string;
	readonly left: string;
	readonly waiting: string;
	readonly dialing: string;
	readonly cursor: string;
	readonly prompt: string;
	readonly ellipsis: string;
	readonly incoming: string;
	readonly outgoing: string;
	/** In front of wrapped lines, where remote text cannot reach. */
	readonly continued: string;
	readonly sending: string;
	readonly delivered: string;
	readonly failed: string;
	readonly up: string;
	readonly down: string;
	readonly arrow: string;
	readonly joined: string;
	readonly parted: string;
	readonly below: string;
	readonly question: string;
	readonly warning: string;
	readonly note: string;
	/** Inside of a message: a read ended here. */
	readonly readEnd: string;
	/** At the right of messages that came in one read: the first, those between, the last. */
	readonly readFirst: string;
	readonly readMiddle: string;
	readonly readLast: string;
	/** Slow ones: each of their frames is a frame of the whole screen. */
	readonly spinner: 'squareCorners' | 'line';
}

export const unicodeGlyphs: Glyphs = {
	border: {
		topLeft: '╭',
		topRight: '╮',
		bottomLeft: '╰',
		bottomRight: '╯',
		horizontal: '─',
		vertical: '│',
	},
	trust: {PLAIN: '·', UNVERIFIED: '◌', VERIFIED: '✓', BLOCKED: '⊘'},
	unknown: '?',
	left: '×',
	waiting: '↻',
	dialing: '→',
	cursor: '▸',
	prompt: '›',
	ellipsis: '…',
	incoming: '>',
	outgoing: '<',
	continued: '┊',
	sending: '…',
	delivered: '✓',
	failed: '✗',
	up: '↑',
	down: '↓',
	arrow: '→',
	joined: '→',
	parted: '←',
	below: '↓',
	question: '?',
	warning: '!',
	note: '*',
	readEnd: '◂',
	readFirst: '╮',
	readMiddle: '┤',
	readLast: '╯',
	barFull: '█',
	barEmpty: '░',
	spark: [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
	spinner: 'squareCorners',
};

export const asciiGlyphs: Glyphs = {
	border: {
		topLeft: '+',
		topRight: '+',
		bottomLeft: '+',
		bottomRight: '+',
		horizontal: '-',
		vertical: '|',
	},
	trust: {PLAIN: '.', UNVERIFIED: '~', VERIFIED: '=', BLOCKED: '!'},
	unknown: '?',
	left: 'x',
	waiting: '@',
	dialing: '>',
	cursor: '>',
	prompt: '>',
	ellipsis: '~',
	incoming: '>',
	outgoing: '<',
	continued: ':',
	sending: '~',
	delivered: '+',
	failed: 'x',
	up: '^',
	down: 'v',
	arrow: '->',
	joined: '->',
	parted: '<-',
	below: 'v',
	question: '?',
	warning: '!',
	note: '*',
	readEnd: '|',
	readFirst: '\\',
	readMiddle: '|',
	readLast: '/',
	barFull: '#',
	barEmpty: '.',
	spark: [' ', '_', '.', '-', '=', '+', '*', '%', '#'],
	spinner: 'line',
};
