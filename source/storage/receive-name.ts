/**
 * The one maker of `SafeName`: what a stranger suggests becomes a name of one
 * path component that is the same, visible and harmless on every system, or is
 * refused. It does not look at the disk; finding a free name is the folder's.
 *
 * Refused (a suggestion like that is no accident): empty, `.`, `..`, `/`, `\`,
 * a drive letter, control characters and line separators. Replaced by `_`, one for one, so that it can be seen: `<>:"|?*`,
 * trailing dots and spaces, characters that are invisible or turn the direction
 * of writing, private and unassigned ones, lone surrogates, more than 8
 * combining marks in a row. Preceded by `_`: the devices of Windows and our own
 * sub-folder. Cut at a grapheme, extension kept: more than 255 bytes.
 *
 * Invariants: pure; idempotent (a safe name gives itself); at most 255 bytes.
 */
import type {SafeName} from '../engine/ports.js';
import {errorInfo, type ErrorInfo} from '../errors.js';
import {limits} from '../limits.js';

/** Where part files live, inside the receive folder. */
export const partsFolderName = '.sockterm-parts';

export type ComponentPlan =
	| {readonly ok: true; readonly name: SafeName; readonly flagged: boolean}
	| {readonly ok: false; readonly error: ErrorInfo};

/** How one suggested component would be written. `nameRefused` says why in `reason`. */
export function planName(suggested: string): ComponentPlan {
	return isOrdinary(suggested)
		? {ok: true, name: toSafeName(suggested), flagged: false}
		: planUnusualName(suggested);
}

/** The same by every rule, one after the other. */
export function planUnusualName(suggested: string): ComponentPlan {
	const reason = reasonToRefuse(suggested);
	return reason ? refusal(reason) : accepted(makeSafe(suggested));
}

const ordinary = /^[a-z\d_]+(?:[-.][a-z\d_]+)*$/i;
// Shorter than any limit, and than what a number makes longer.
const ordinaryCharacters = 100;
const special =
	/^(?:con|prn|aux|nul|clock|conin|conout|com\d|lpt\d|autorun|desktop)|\.(?:desktop|lnk|url|scf|pif)$/i;

/** Nearly every name of a large tree: letters, digits and single dots between them, and nothing that anybody reacts to. */
const isOrdinary = (name: string): boolean =>
	name.length <= ordinaryCharacters &&
	ordinary.test(name) &&
	!special.test(name);

const accepted = (name: SafeName): ComponentPlan => ({
	ok: true,
	name,
	flagged: isFlagged(name),
});

/** `long`: the whole path is; `crowded`: too many folders of one name. */
export const refusal = (reason: Refusal | 'long' | 'crowded') =>
	({ok: false, error: errorInfo('nameRefused', {reason})}) as const;

/** A name that was made here once, read again; undefined for any other text. */
export function readSafeName(text: string): SafeName | undefined {
	const plan = planName(text);
	return plan.ok && plan.name === text ? plan.name : undefined;
}

/** What two names must not share in one folder: NFC and case folding. */
export function nameKey(name: string): string {
	// Up and down again: full case folding, where `ß` equals `SS`.
	return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/** `a.txt`, `a (1).txt`, `a (2).txt` …, each within 255 bytes. */
export function* freeNameCandidates(name: SafeName): Generator<SafeName> {
	for (let number = 0; number < limits.freeNames; number++)
		yield numberedName(name, number);
}

/** The name itself for 0. */
export function numberedName(name: SafeName, number: number): SafeName {
	if (number === 0) return name;
	const {stem, extension} = splitExtension(name);
	return toSafeName(fit(stem, ` (${number})${extension}`));
}

type Refusal = 'empty' | 'dots' | 'separator' | 'drive' | 'control';

function reasonToRefuse(suggested: string): Refusal | undefined {
	if (suggested === '') return 'empty';
	if (suggested === '.' || suggested === '..') return 'dots';
	if (/[/\\]/.test(suggested)) return 'separator';
	if (/^[a-z]:/i.test(suggested)) return 'drive';
	return /[\p{Cc}\u2028\u2029]/u.test(suggested) ? 'control' : undefined;
}

// A variation selector after a picture is seen: it makes the picture. What stands before it is looked at last: at nothing else.
const unseen =
	/[\uFE0E\uFE0F](?<!(?!\p{C})\p{Extended_Pictographic}.)|(?![\uFE0E\uFE0F])[\p{C}\p{Default_Ignorable_Code_Point}]/gu;
// From the first of them on, and nowhere else: a name of dots alone would be looked at from each.
const trailing = /(?<![.\p{Zs}])[.\p{Zs}]+$/u;
const deviceStem =
	/^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[\d¹²³])$/i;

// ASCII that needs no look at Unicode: nearly all names of a large tree.
const plain = /^[\w\-.()[\] +,;=@#%&'!{}~^$`]+$/;

function makeVisible(suggested: string): string {
	return suggested
		.normalize('NFC')
		.replace(unseen, '_')
		.replace(/(\p{M}{8})\p{M}+/gu, '$1_')
		.replace(/[<>:"|?*]/g, '_');
}

function makeSafe(suggested: string): SafeName {
	const isPlain = plain.test(suggested);
	const visible = isPlain ? suggested : makeVisible(suggested);
	const ended = endVisibly(visible);
	// Windows takes what stands before the first dot, spaces off, for the device.
	const [stem = ''] = ended.split('.');
	const isTaken =
		deviceStem.test(stem.trimEnd()) ||
		(isPlain ? ended.toLowerCase() : nameKey(ended)) === partsFolderName;
	const {stem: whole, extension} = splitExtension(
		isTaken ? `_${ended}` : ended,
	);
	return toSafeName(endVisibly(fit(whole, extension)));
}

const endVisibly = (text: string) =>
	text.replace(trailing, end => '_'.repeat(end.length));

const segmenter = new Intl.Segmenter('und', {granularity: 'grapheme'});

/** As many graphemes of `stem` as leave room for `tail`, and `tail`. */
function fit(stem: string, tail: string): string {
	const room = limits.nameBytes - Buffer.byteLength(tail);
	if (Buffer.byteLength(stem) <= room) return stem + tail;
	const kept = cut(segmenter.segment(stem), room);
	// One grapheme can be longer than a name may be.
	return (kept || cut(toSegments(stem), room)) + tail;
}

function cut(pieces: Iterable<{readonly segment: string}>, room: number) {
	let kept = '';
	let bytes = 0;
	for (const {segment} of pieces) {
		bytes += Buffer.byteLength(segment);
		if (bytes > room) break;
		kept += segment;
	}

	return kept;
}

const toSegments = (text: string) => Array.from(text, segment => ({segment}));

function splitExtension(name: string): {stem: string; extension: string} {
	const extension =
		/(?<=[^.])(?:\.tar)?\.[^.\s]{1,16}$/iu.exec(name)?.[0] ?? '';
	return {stem: name.slice(0, name.length - extension.length), extension};
}

/**
 * Names to which some program reacts by itself, or that hide what they are:
 * dotfiles, options, 8.3 short names, launchers, a gap of spaces before the end.
 */
function isFlagged(name: SafeName): boolean {
	return name.startsWith('.') || isFlaggedAnywhere(name);
}

/** The same inside a folder of its own, where other dotfiles do nothing. */
export function isFlaggedAnywhere(name: SafeName): boolean {
	return (
		/^-|~\d|[\p{Zs}\u2800]{3}/u.test(name) ||
		/^\.(?:git|(?:envrc|npmrc)$)/i.test(name) ||
		/^(?:autorun\.inf|desktop\.ini)$|\.(?:desktop|lnk|url|scf|pif)$/i.test(name)
	);
}

const toSafeName = (text: string) => text as SafeName;
