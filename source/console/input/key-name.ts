import type {Key} from 'ink';

const named = [
	['return', 'enter'],
	['escape', 'escape'],
	['tab', 'tab'],
	['backspace', 'backspace'],
	['delete', 'delete'],
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
] as const satisfies ReadonlyArray<readonly [keyof Key, string]>;

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

function isOneCharacter(text: string): boolean {
	const first = graphemes.segment(text)[Symbol.iterator]().next();
	return !first.done && first.value.segment.length === text.length;
}

/**
 * The canonical name of what Ink's `useInput` got: `a`, `G`, `?`, `space`, `enter`,
 * `shift+tab`, `ctrl+c`, `alt+1`, `ctrl+left`, `f4`. Empty for what is no key: a released
 * one, a terminal's answer, several characters at once.
 */
export function keyName(input: string, key: Key): string {
	if (key.eventType === 'release') return '';
	if (key.super && /^f\d{1,2}$/.test(input)) {
		return key.meta ? `alt+${input}` : input;
	}

	const special = named.find(([field]) => key[field]);
	// Ink calls Esc pressed twice Alt-Esc.
	const name = special?.[1] ?? plainName(input, key);
	if (name === '' || name === 'escape') return name;
	return [
		key.super || key.hyper ? 'super+' : '',
		key.ctrl ? 'ctrl+' : '',
		key.meta ? 'alt+' : '',
		key.shift && special ? 'shift+' : '',
		name,
	].join('');
}

function plainName(input: string, key: Key): string {
	if (input === '\n') return key.ctrl ? 'j' : 'ctrl+j';
	if (input === ' ') return 'space';
	if (!isOneCharacter(input)) return '';
	return key.ctrl || key.meta ? input.toLowerCase() : input;
}
