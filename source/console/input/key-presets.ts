/**
 * Keys as people have them in their fingers: rows that stand over those of the table. A
 * key that is named here loses what it did in that place before.
 */
import type {KeyPlace, Row} from './keymap.js';

export type PresetName = 'default' | 'weechat' | 'irssi' | 'vim';

type Preset = Readonly<Partial<Record<KeyPlace, readonly Row[]>>>;

const walk = (next: string, previous: string): readonly Row[] => [
	[next, 'nextConversation'],
	[previous, 'previousConversation'],
];

/** irssi's Alt-1 … Alt-0, Alt-q … Alt-p. */
const irssiWindows: readonly Row[] = '1234567890qwertyuiop'
	.split('')
	.map(
		(key, index) =>
			[
				`alt+${key}`,
				`conversation${(index + 1) as 1}`,
				'conversation',
			] as const,
	);

const irssi: readonly Row[] = [
	...walk('ctrl+n alt+right', 'ctrl+p alt+left'),
	...irssiWindows,
];

const weechat = walk('alt+down alt+right f6', 'alt+up alt+left f5');

export const keyPresets: Readonly<Record<PresetName, Preset>> = {
	default: {},
	weechat: {composer: weechat, panes: weechat},
	irssi: {composer: irssi, panes: irssi},
	vim: {
		panes: [
			['l', 'nextPane'],
			['h', 'previousPane'],
			['H', 'toggleHex'],
			['L', 'listeners'],
			['ctrl+d ctrl+f', 'pageDown'],
			['ctrl+u ctrl+b', 'pageUp'],
			[':', 'startCommand'],
			...walk('ctrl+n', 'ctrl+p'),
		],
		overlay: [
			['ctrl+d ctrl+f', 'pageDown'],
			['ctrl+u ctrl+b', 'pageUp'],
		],
	},
};
