import {strings} from '../../strings/index.js';
import {spansWidth, type Span, type Spans} from '../format/lines.js';
import {keyLabel} from '../input/key-label.js';
import type {HintKey} from '../input/keymap.js';
import type {Theme} from '../theme.js';

type KeyHint = readonly [key: string, hint: HintKey];

/** `Enter send  Esc close` from key names and what they do. */
export function keyHints(theme: Theme, hints: readonly KeyHint[]): Spans {
	return hints.flatMap(([key, hint], index): Span[] => [
		...(index > 0 ? [['  '] as const] : []),
		[keyLabel(key, theme.isAscii), 'accent'],
		[` ${strings.input.hints[hint]}`, 'dim'],
	]);
}

/** Those that fit `width` cells, in their order; `importance` of each: the lowest numbers stay longest. */
export function fittingKeyHints(
	theme: Theme,
	width: number,
	hints: ReadonlyArray<
		readonly [key: string, hint: HintKey, importance: number]
	>,
): Spans {
	let kept = hints;
	const draw = () =>
		keyHints(
			theme,
			kept.map(([key, hint]): KeyHint => [key, hint]),
		);
	while (kept.length > 1 && spansWidth(draw()) > width) {
		const least = Math.max(...kept.map(([, , importance]) => importance));
		kept = kept.filter(([, , importance]) => importance < least);
	}

	return draw();
}
