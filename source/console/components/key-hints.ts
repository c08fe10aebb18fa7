import {strings} from '../../strings/index.js';
import type {Span, Spans} from '../format/lines.js';
import {keyLabel} from '../input/key-label.js';
import type {HintKey} from '../input/keymap.js';
import type {Theme} from '../theme.js';

/** `Enter send  Esc close` from key names and what they do. */
export function keyHints(
	theme: Theme,
	hints: ReadonlyArray<readonly [key: string, hint: HintKey]>,
): Spans {
	return hints.flatMap(([key, hint], index): Span[] => [
		...(index > 0 ? [['  '] as const] : []),
		[keyLabel(key, theme.isAscii), 'accent'],
		[` ${strings.input.hints[hint]}`, 'dim'],
	]);
}
