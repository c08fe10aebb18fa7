import {describe, expect, it} from 'vitest';
import type {SafeName} from '../../source/engine/ports.js';
import {
	freeNameCandidates,
	nameKey,
	planName,
} from '../../source/storage/receive-name.js';
import {firstOf} from './helpers.js';

const written = (suggested: string) => {
	const plan = planName(suggested);
	return plan.ok ? plan.name : plan.error.details['reason'];
};

const bytesOf = (text: string) => Buffer.byteLength(text);

describe('a suggested name', () => {
	it.each([
		['', 'empty'],
		['.', 'dots'],
		['..', 'dots'],
		['../../x', 'separator'],
		['/etc/passwd', 'separator'],
		['a\\b', 'separator'],
		['C:evil', 'drive'],
		['c:', 'drive'],
		['a\0b', 'control'],
		['a\nb', 'control'],
		['\u001B[31mred', 'control'],
		['a\u007Fb', 'control'],
		['a\u009Bb', 'control'],
		['a\u2028b', 'control'],
	])('%j is refused: %s', (suggested, reason) => {
		const plan = planName(suggested);
		expect(plan).toEqual({
			ok: false,
			error: {code: 'nameRefused', blame: 'peer', details: {reason}},
		});
	});

	it.each([
		['report.pdf', 'report.pdf'],
		['你好 世界.txt', '你好 世界.txt'],
		['résumé (1).tar.gz', 'résumé (1).tar.gz'],
		['e\u0301.txt', 'é.txt'],
		['a<b>c:d"e|f?g*h', 'a_b_c_d_e_f_g_h'],
		['name.', 'name_'],
		['name. . ', 'name____'],
		['...', '___'],
		['   ', '___'],
		['a\u00A0', 'a_'],
		['evil\u202Efdp.exe', 'evil_fdp.exe'],
		['a\u200Bb\u{E0041}c\u00ADd\uE000e', 'a_b_c_d_e'],
		['\uD800x', '_x'],
		['❤\uFE0F.png', '❤\uFE0F.png'],
		['a\uFE0F.png', 'a_.png'],
		['👩\u200D👧.png', '👩_👧.png'],
		[`x${'\u0336'.repeat(20)}`, `x${'\u0336'.repeat(8)}_`],
		['con', '_con'],
		['NUL.txt', '_NUL.txt'],
		['aux.tar.gz', '_aux.tar.gz'],
		['com1', '_com1'],
		['LPT².log', '_LPT².log'],
		['con .txt', '_con .txt'],
		['con.', 'con_'],
		['CONIN$', '_CONIN$'],
		['console.txt', 'console.txt'],
		['.Sockterm-Parts', '_.Sockterm-Parts'],
	])('%j is written as %j', (suggested, expected) => {
		expect(written(suggested)).toBe(expected);
	});

	it('is cut at a grapheme, its extension kept', () => {
		const long = String(written(`${'好'.repeat(100)}.tar.gz`));
		expect(bytesOf(long)).toBeLessThanOrEqual(255);
		expect(long).toMatch(/^好{82}\.tar\.gz$/);
		const flags = String(written('🇨🇳'.repeat(40)));
		expect(flags).toBe('🇨🇳'.repeat(31));
		expect(bytesOf(String(written(`x.${'y'.repeat(300)}`)))).toBe(255);
		expect(written(`${'a'.repeat(254)} b`)).toBe(`${'a'.repeat(254)}_`);
	});
});

describe('a flag', () => {
	it.each([
		'.bashrc',
		'.ssh',
		'.git',
		'.gitconfig',
		'GIT~1',
		'.envrc',
		'.npmrc',
		'autorun.inf',
		'Desktop.INI',
		'tool.desktop',
		'letter.pdf.lnk',
		'-rf',
		`invoice.pdf${' '.repeat(30)}.exe`,
		'invoice.pdf\u3000\u3000\u3000.exe',
	])('is raised by %j', suggested => {
		expect(planName(suggested)).toMatchObject({ok: true, flagged: true});
	});

	it.each(['a.txt', 'photo 1.jpg', 'git.md', 'x-1.desktop.txt', '~notes'])(
		'is not raised by %j',
		suggested => {
			expect(planName(suggested)).toMatchObject({ok: true, flagged: false});
		},
	);
});

describe('names of one folder', () => {
	it.each([
		['README', 'readme'],
		['straße', 'STRASSE'],
		['é', 'e\u0301'],
		['ΣΑΣ', 'σας'],
	])('%j and %j collide', (left, right) => {
		expect(nameKey(left)).toBe(nameKey(right));
	});

	it('are told apart otherwise', () => {
		expect(nameKey('a.txt')).not.toBe(nameKey('b.txt'));
		expect(nameKey('资料')).not.toBe(nameKey('资科'));
	});
});

describe('free names', () => {
	const namesOf = (suggested: string, count: number): SafeName[] => {
		const plan = planName(suggested);
		if (!plan.ok) throw new Error('refused');
		return firstOf(freeNameCandidates(plan.name), count);
	};

	it('are numbered before the extension', () => {
		expect(namesOf('a.txt', 3)).toEqual(['a.txt', 'a (1).txt', 'a (2).txt']);
		expect(namesOf('a.tar.gz', 2)).toEqual(['a.tar.gz', 'a (1).tar.gz']);
		expect(namesOf('.bashrc', 2)).toEqual(['.bashrc', '.bashrc (1)']);
		expect(namesOf('Makefile', 2)).toEqual(['Makefile', 'Makefile (1)']);
		expect(namesOf('v1. two words', 2)[1]).toBe('v1. two words (1)');
	});

	it('stay within 255 bytes', () => {
		const names = namesOf(`${'好'.repeat(100)}.txt`, 20);
		expect(new Set(names).size).toBe(20);
		for (const name of names) {
			expect(bytesOf(name)).toBeLessThanOrEqual(255);
			expect(name.endsWith('.txt')).toBe(true);
		}
	});

	it('come to an end', () => {
		expect([...namesOf('a', 20_000)]).toHaveLength(10_000);
	});
});
