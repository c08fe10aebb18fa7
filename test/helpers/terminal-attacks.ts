/**
 * Text and bytes that try to take over the terminal that shows them, made by code:
 * each control character, each family of sequences behind each introducer, and
 * characters that turn text around, have no width, pile up or stand for nothing.
 */
export interface Attack {
	readonly name: string;
	/** As one line: holds no line feed. */
	readonly bytes: Uint8Array;
	/** The same as text, lone surrogates too, where there is one. */
	readonly text?: string;
}

const escape = '\u001B';
const bell = '\u0007';

const hex = (code: number) => code.toString(16).padStart(2, '0');

const between = (first: number, last: number): number[] =>
	Array.from({length: last - first + 1}, (_, index) => first + index);

const encoder = new TextEncoder();

/** UTF-8 that lone surrogates have too, as three bytes each (WTF-8). */
function wtf8(text: string): Uint8Array {
	const parts = Array.from(text, character => {
		const code = character.codePointAt(0)!;
		return code >= 0xd8_00 && code <= 0xdf_ff
			? [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
			: [...encoder.encode(character)];
	});
	return Uint8Array.from(parts.flat());
}

const ofText = (name: string, text: string): Attack => ({
	name,
	text,
	bytes: wtf8(text),
});

const ofBytes = (name: string, bytes: readonly number[]): Attack => ({
	name,
	bytes: Uint8Array.from([0x61, ...bytes, 0x62]),
});

const csiBodies = [
	'2J',
	'3J',
	'H',
	'1;1H',
	'10;10H',
	'2K',
	'5A',
	'3B',
	'99D',
	'9G',
	'5d',
	'31;1;5m',
	'38;2;1;2;3m',
	'4:3m',
	'8m',
	'7m',
	'2;5r',
	'9L',
	'9M',
	'9@',
	'9P',
	'9X',
	'9S',
	'9T',
	'99b',
	's',
	'u',
	'?1049h',
	'?1049l',
	'?25h',
	'?25l',
	'?2004l',
	'?2026h',
	'?1000h',
	'?1006h',
	'?1004h',
	'?6h',
	'?7l',
	'4h',
	'20h',
	'!p',
	'?5h',
	'6n',
	'5n',
	'?6n',
	'c',
	'>c',
	'=c',
	'>q',
	'>1u',
	'?u',
	'<u',
	'>4;2m',
	'?2026$p',
	'18t',
	'21t',
	'8;5;5t',
	'2t',
	'1"q',
	'61"p',
	'0 q',
	'1;2;3;4$r',
	'200~',
	'201~',
	'i',
	'5i',
	'1',
];
const oscBodies = [
	'0;stolen title',
	'1;icon',
	'2;stolen title',
	'4;1;?',
	'7;file://x/',
	'8;;http://evil.example/',
	'9;note',
	'10;?',
	'11;?',
	'12;#ff0000',
	'50;font',
	'52;c;c3RvbGVu',
	'52;c;?',
	'104',
	'133;A',
	'777;notify;a;b',
	'1337;File=inline=1:AAAA',
	'Ltitle',
	'7770;x',
	'0;half',
];
const otherStrings: ReadonlyArray<readonly [string, string]> = [
	...[
		'$qm',
		'+q544e',
		'q#0;2;0;0;0~',
		'1$tx',
		'=1s',
		'tmux;x',
		'0;1|17/ab',
	].map(body => ['P', body] as const),
	['_', 'Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA'],
	['_', 'tmux title'],
	['^', 'private message'],
	['X', 'start of string'],
	['k', 'screen title'],
];
const shortSequences = [
	'c',
	'7',
	'8',
	'=',
	'>',
	'D',
	'E',
	'M',
	'H',
	'N',
	'O',
	'Z',
	'n',
	'o',
	'(0',
	')0',
	'#8',
	'%G',
	'%@',
	' F',
	' G',
	'6',
	'9',
	'\\',
	'l',
	'|',
];

/** The 8-bit form of `ESC` and a character, as UTF-8. */
const c1Of = (final: string) =>
	String.fromCodePoint(final.codePointAt(0)! + 0x40);

function sequences(): Attack[] {
	const csi = csiBodies.flatMap(body => [
		ofText(`CSI ${body}`, `${escape}[${body}`),
		ofText(`8-bit CSI ${body}`, `\u009B${body}`),
		ofBytes(`raw CSI ${body}`, [0x9b, ...encoder.encode(body)]),
	]);
	const osc = oscBodies.flatMap(body => [
		ofText(`OSC ${body} BEL`, `${escape}]${body}${bell}`),
		ofText(`OSC ${body} ST`, `${escape}]${body}${escape}\\`),
		ofText(`8-bit OSC ${body}`, `\u009D${body}\u009C`),
		ofBytes(`raw OSC ${body}`, [0x9d, ...encoder.encode(body), 0x9c]),
		ofText(`OSC ${body} without end`, `${escape}]${body}`),
	]);
	const strings = otherStrings.flatMap(([introducer, body]) => [
		ofText(
			`ESC ${introducer} ${body}`,
			`${escape}${introducer}${body}${escape}\\`,
		),
		ofText(`8-bit ${introducer} ${body}`, `${c1Of(introducer)}${body}\u009C`),
		ofText(
			`ESC ${introducer} ${body} without end`,
			`${escape}${introducer}${body}`,
		),
	]);
	const short = shortSequences.map(body =>
		ofText(`ESC ${body}`, `${escape}${body}`),
	);
	return [...csi, ...osc, ...strings, ...short];
}

function controls(): Attack[] {
	const c0 = between(0, 0x1f).filter(code => code !== 0x0a);
	return [
		...[...c0, ...between(0x7f, 0x9f), 0x20_28, 0x20_29].map(code =>
			ofText(`U+${hex(code)}`, `a${String.fromCodePoint(code)}b`),
		),
		...between(0x80, 0x9f).map(code => ofBytes(`byte ${hex(code)}`, [code])),
		ofBytes('overlong ESC, two bytes', [0xc0, 0x9b, 0x5b, 0x32, 0x4a]),
		ofBytes('overlong ESC, three bytes', [0xe0, 0x80, 0x9b, 0x63]),
		ofBytes('overlong ESC, four bytes', [0xf0, 0x80, 0x80, 0x9b, 0x63]),
		ofBytes('overlong line feed', [0xc0, 0x8a]),
		ofBytes('no UTF-8', [0xff, 0xfe, 0xf8, 0x88, 0x80, 0x80, 0x80]),
		ofBytes('half a character', [0xe4, 0xbd]),
		ofBytes('a pair of surrogates', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]),
		ofBytes('beyond Unicode', [0xf4, 0x90, 0x80, 0x80]),
	];
}

function characters(): Attack[] {
	const codes: ReadonlyArray<readonly [string, readonly number[]]> = [
		['bidi', [0x6_1c, 0x20_0e, 0x20_0f, ...between(0x20_2a, 0x20_2e)]],
		['isolates', between(0x20_66, 0x20_69)],
		['no width', [0xad, 0x3_4f, 0x18_0e, 0x20_0b, 0x20_0c, 0x20_0d]],
		['no width either', [...between(0x20_60, 0x20_6f), 0xfe_ff, 0xff_f9]],
		['fillers', [0x11_5f, 0x11_60, 0x31_64, 0xff_a0, 0x17_b4, 0x28_00]],
		['tags', [0xe_00_01, ...between(0xe_00_41, 0xe_00_46), 0xe_00_7f]],
		['variation selectors', [...between(0xfe_00, 0xfe_0f), 0xe_01_00]],
		['private use', [0xe0_00, 0xf8_ff, 0xf_00_00, 0x10_ff_fd]],
		['noncharacters', [0xfd_d0, 0xff_fe, 0xff_ff, 0x1_ff_fe]],
		['lone surrogates', [0xd8_3d, 0xdb_ff, 0xde_00]],
		['marks', [0x3_01, 0x20_dd, 0xe_33, 0xf_b9, 0x93_f, 0x6_51, 0x5_b0]],
		['wide', [0xfd_fd, 0x1_24_2b, 0x1_22_19, 0xff_21, 0x1f6_00, 0x30_00]],
	];
	return [
		...codes.flatMap(([name, all]) =>
			all.map(code =>
				ofText(`${name} ${hex(code)}`, `a${String.fromCodePoint(code)}b`),
			),
		),
		...codes.map(([name, all]) =>
			ofText(
				`all ${name}`,
				all.map(code => String.fromCodePoint(code)).join(''),
			),
		),
		ofText('turned around', 'photo_\u202Egpj.exe\u202C \u2067forged\u2069'),
		ofText('Zalgo', `a${'\u0301\u0316\u0489'.repeat(12)}b`),
		ofText('marks on nothing', `${'\u0301'.repeat(40)}x`),
		ofText('families', '👨‍👩‍👧‍👦👩🏽‍🚀🏳️‍🌈🇩🇪🇨1️⃣❤️❤︎'.repeat(6)),
		ofText('joiners', '\u200D👩\u200D\u200D\u200D👩\u200Ca\u200D'),
		ofText('chains', Array.from({length: 30}, () => '👩').join('\u200D')),
		ofText('jamo', `${'\u1100'.repeat(20)}\u1161\u11AB${'\u11AB'.repeat(20)}`),
		ofText('scripts', 'नमस्ते ﷽ ꧅ 𒐫 สำ ห์ གྷྲ ｱﾞ עִבְרִית العربية'.repeat(3)),
	];
}

const forged = '99:99:99 ● root › forged';

function tricks(): Attack[] {
	return [
		ofText('carriage return', `text\r${forged}`),
		ofText('carriage returns', `\r\r\r${forged}\r`),
		ofText('backspaces', `text${'\b'.repeat(60)}${forged}`),
		ofText('deletes', `text${'\u007F'.repeat(60)}${forged}`),
		ofText('tabs', `\t\t${'\t'.repeat(30)}${forged}`),
		ofText(
			'line separators',
			`text\u2028${forged}\u2029${forged}\u0085${forged}`,
		),
		ofText('form feed', `text\f${forged}\v${forged}`),
		ofText('to the first column', `${escape}[1G${forged}`),
		ofText('answerback', '\u0005\u0005'),
		ofText('spaces to the next row', `${' '.repeat(200)}${forged}`),
		ofText('a long word', between(100, 190).join('')),
		ofText('a long wide word', `x${'你'.repeat(70)}`),
		ofText('borders', '│ ╮ ╯ ──────╮'.repeat(12)),
		ofText('a reset in pieces', `${escape}${escape}[${escape}[2${escape}[2J`),
	];
}

export const terminalAttacks: readonly Attack[] = [
	...controls(),
	...sequences(),
	...characters(),
	...tricks(),
];

/** Those that are text: for fields of JSON. */
export const textAttacks = terminalAttacks.flatMap(({text}) =>
	text === undefined ? [] : [text],
);
