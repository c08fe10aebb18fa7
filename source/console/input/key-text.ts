/** A key as people write it in the file of settings: `ctrl+n`, `Ctrl-N`, `C-n`, `M-1`, `PgUp`, `F4`, `:`. */

const modifiers: Readonly<Record<string, 'ctrl' | 'alt' | 'shift'>> = {
	ctrl: 'ctrl',
	control: 'ctrl',
	c: 'ctrl',
	alt: 'alt',
	meta: 'alt',
	m: 'alt',
	shift: 'shift',
	s: 'shift',
};

const names: Readonly<Record<string, string>> = {
	esc: 'escape',
	return: 'enter',
	del: 'delete',
	pgup: 'pageup',
	pgdn: 'pagedown',
	pgdown: 'pagedown',
	' ': 'space',
};

const named = new Set(
	'enter escape tab space backspace delete up down left right pageup pagedown home end'.split(
		' ',
	),
);

/** What a terminal sends for these is another key. */
const sentAs: Readonly<Record<string, string>> = {
	'ctrl+i': 'tab',
	'ctrl+m': 'enter',
	'ctrl+[': 'escape',
};

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

export type ReadKey =
	| {readonly kind: 'key'; readonly name: string}
	/** It cannot be told from another one. */
	| {readonly kind: 'same'; readonly as: string}
	| {readonly kind: 'none'};

/** The canonical name (`key-name.ts`). */
export function readKey(text: string): ReadKey {
	const held = new Set<string>();
	let rest = text;
	for (;;) {
		// The last character is the key, also where it is `+` or `-`.
		const found = /^([a-z]+)[+-](?=.)/i.exec(rest);
		const modifier = modifiers[found?.[1]?.toLowerCase() ?? ''];
		if (!found || !modifier) break;
		held.add(modifier);
		rest = rest.slice(found[0].length);
	}

	const lower = rest.toLowerCase();
	const special = names[lower] ?? lower;
	const isSpecial = named.has(special) || /^f(?:[1-9]|1[0-2])$/.test(special);
	if (!isSpecial && [...graphemes.segment(rest)].length !== 1) {
		return {kind: 'none'};
	}

	if (!isSpecial && /\p{C}/u.test(rest)) return {kind: 'none'};
	const isHeld = held.has('ctrl') || held.has('alt');
	const isCapital = !isSpecial && !isHeld && held.has('shift');
	const name = isSpecial
		? special
		: isHeld
			? lower
			: isCapital
				? rest.toUpperCase()
				: rest;
	const full = [
		...(held.has('ctrl') ? ['ctrl'] : []),
		...(held.has('alt') ? ['alt'] : []),
		...(held.has('shift') && isSpecial ? ['shift'] : []),
		name,
	].join('+');
	const same = sentAs[full];
	return same === undefined
		? {kind: 'key', name: full}
		: {kind: 'same', as: same};
}

/** Types a character where a line is typed. */
export const isText = (name: string): boolean =>
	name === 'space' || [...graphemes.segment(name)].length === 1;
