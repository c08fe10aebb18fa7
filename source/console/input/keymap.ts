/**
 * All keys, as rows of one table: what handles them, the hint bar and the help
 * read it. A row stands here only when its action works.
 */
import type {strings} from '../../strings/index.js';
import type {Action} from './action-names.js';

export type {
	Action,
	ConversationNumber,
	SnippetNumber,
} from './action-names.js';

/**
 * Who looks at a key. `field` is the line being typed, wherever it stands; a composer is one too.
 * `offer`, `partials` and `listeners` are windows: keys of `overlay` work there too, after their own.
 */
export type KeyPlace =
	| 'composer'
	| 'panes'
	| 'overlay'
	| 'offer'
	| 'partials'
	| 'listeners'
	| 'picker'
	| 'field';

/** Names of the sentences in `strings.input.hints`. */
export type HintKey = keyof typeof strings.input.hints;

export interface Binding {
	readonly id: string;
	readonly where: KeyPlace;
	/** Canonical names (`key-name.ts`), the one to show first. */
	readonly keys: readonly string[];
	readonly action: Action;
	readonly hint: HintKey;
}

export type Row = readonly [keys: string, action: Action, hint?: HintKey];

const conversationNumbers = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

const conversationRows = conversationNumbers.map(
	number => [`alt+${number}`, `conversation${number}`, 'conversation'] as const,
);

const snippetRows = conversationNumbers.map(
	number => [`alt+f${number}`, `snippet${number}`, 'snippet'] as const,
);

/** All rows of all places. */
export type KeyTable = Readonly<Record<KeyPlace, readonly Row[]>>;

/** What holds where nobody has chosen others. */
export const defaultKeys: KeyTable = {
	composer: [
		['escape', 'focusPanes'],
		['f4', 'sendFile'],
		['f1', 'help'],
		['tab', 'complete'],
		['shift+tab', 'completeBack'],
		['alt+enter ctrl+j', 'newLine'],
		['up ctrl+p', 'historyOlder'],
		['down ctrl+n', 'historyNewer'],
		['ctrl+up alt+p', 'globalOlder'],
		['ctrl+down alt+n', 'globalNewer'],
		['ctrl+r', 'recallSearch'],
		['ctrl+l', 'redraw'],
		['alt+.', 'lastArgument'],
		['pageup', 'pageUp'],
		['pagedown', 'pageDown'],
		['alt+a', 'nextWithActivity'],
		['alt+g ctrl+g', 'jump'],
		['alt+x', 'cycleNotation'],
		...conversationRows,
		...snippetRows,
		['ctrl+c', 'interrupt'],
		['ctrl+z', 'suspend'],
	],
	panes: [
		['f f4', 'sendFile'],
		['c', 'connect'],
		['v', 'pair'],
		['u', 'sendDatagram'],
		['a', 'accept'],
		['d', 'decline'],
		['p', 'pauseTransfer'],
		['P', 'pauseAll'],
		['x', 'cancelTransfer'],
		['t', 'retryTransfer'],
		['K +', 'moveEarlier'],
		['J -', 'moveLater'],
		['F', 'showFailed'],
		['m', 'framing'],
		['e', 'encoding'],
		['h', 'toggleHex'],
		['r', 'toggleReads'],
		['y', 'copyMessage'],
		['/', 'search'],
		['n', 'nextHit'],
		['N', 'previousHit'],
		['&', 'filter'],
		['s', 'toggleSenders'],
		['space', 'togglePause'],
		['escape', 'leave'],
		['l', 'listeners'],
		['? f1', 'help'],
		['q', 'quit'],
		['enter', 'select'],
		['i', 'focusComposer'],
		['tab', 'nextPane'],
		['shift+tab', 'previousPane'],
		['k up', 'moveUp'],
		['j down', 'moveDown'],
		['g home', 'moveTop'],
		['G end', 'moveBottom'],
		['pageup', 'pageUp'],
		['pagedown', 'pageDown'],
		['z', 'toggleZoom'],
		['ctrl+l', 'redraw'],
		['alt+a', 'nextWithActivity'],
		['alt+g ctrl+g', 'jump'],
		...conversationRows,
		...snippetRows,
		['ctrl+c', 'interrupt'],
		['ctrl+z', 'suspend'],
	],
	overlay: [
		['escape', 'close'],
		['ctrl+c', 'interrupt'],
		['k up', 'moveUp'],
		['j down', 'moveDown'],
		['g home', 'moveTop'],
		['G end', 'moveBottom'],
		['pageup', 'pageUp'],
		['pagedown space', 'pageDown'],
	],
	offer: [
		['a enter', 'accept', 'acceptMarked'],
		['d', 'decline'],
		['space', 'mark', 'toggleEntry'],
		['A *', 'markAll', 'toggleAll'],
		['o', 'chooseFolder'],
		['escape', 'close', 'decideLater'],
	],
	partials: [['x delete', 'deletePartial']],
	listeners: [
		['x delete', 'closeListener'],
		['a', 'addListener'],
	],
	picker: [
		['enter', 'select', 'openOrChoose'],
		['space', 'mark'],
		['.', 'toggleHidden'],
		['backspace', 'parentFolder'],
		['tab', 'submit', 'sendMarked'],
		['up', 'moveUp'],
		['down', 'moveDown'],
		['home', 'moveTop'],
		['end', 'moveBottom'],
		['pageup', 'pageUp'],
		['pagedown', 'pageDown'],
		['escape', 'close'],
	],
	field: [
		['enter', 'submit'],
		['ctrl+a home', 'lineStart'],
		['ctrl+e end', 'lineEnd'],
		['ctrl+b left', 'left'],
		['ctrl+f right', 'right'],
		['alt+b ctrl+left alt+left', 'wordLeft'],
		['alt+f ctrl+right alt+right', 'wordRight'],
		['backspace', 'deleteLeft'],
		['ctrl+d delete', 'deleteRight'],
		['ctrl+w', 'cutBlankLeft'],
		['alt+backspace', 'cutWordLeft'],
		['alt+d', 'cutWordRight'],
		['ctrl+u', 'cutToStart'],
		['ctrl+k', 'cutToEnd'],
		['ctrl+y', 'yank'],
		['alt+y', 'yankPop'],
		['ctrl+_ ctrl+/', 'undo'],
		['alt+/', 'redo'],
		['ctrl+t', 'transposeCharacters'],
		['alt+t', 'transposeWords'],
		['alt+u', 'upperCaseWord'],
		['alt+l', 'lowerCaseWord'],
		['alt+c', 'capitalizeWord'],
		['alt+\\', 'deleteBlanks'],
	],
};

const bindings = new Map<KeyPlace, readonly Binding[]>();
const actions = new Map<KeyPlace, ReadonlyMap<string, Action>>();

/** From now on these rows hold. */
export function holdKeys(table: KeyTable): void {
	for (const where of Object.keys(table) as KeyPlace[]) {
		const rows = table[where].map(([keys, action, hint]): Binding => {
			return {
				id: `${where}.${action}`,
				where,
				keys: keys.split(' '),
				action,
				hint: hint ?? (action as HintKey),
			};
		});
		bindings.set(where, rows);
		actions.set(
			where,
			new Map(rows.flatMap(row => row.keys.map(key => [key, row.action]))),
		);
	}
}

holdKeys(defaultKeys);

/** What a key does in a place; undefined where it does nothing there. */
export function actionFor(
	where: KeyPlace,
	keyName: string,
): Action | undefined {
	const own = actions.get(where)!;
	// Ctrl-J is Enter wherever it is nothing of its own.
	return (
		own.get(keyName) ?? (keyName === 'ctrl+j' ? own.get('enter') : undefined)
	);
}

/** All rows of a place, the most useful first. */
export function bindingsFor(where: KeyPlace): readonly Binding[] {
	return bindings.get(where)!;
}
