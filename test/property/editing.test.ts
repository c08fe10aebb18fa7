/** Any keys, in any split of reads, make of a draft what a plainly written editor makes of it. */
import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	breakLine,
	emptyLine,
	insertText,
	withCaret,
} from '../../source/console/input/line.js';
import {
	edit,
	moveVertically,
	type EditAction,
} from '../../source/console/input/line-editor.js';
import {ReferenceEditor} from '../helpers/reference-editor.js';
import {renderApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

/** What a terminal sends, what it does there and here. */
const editingKeys: ReadonlyArray<
	readonly [bytes: string, operation: string, action?: EditAction]
> = [
	['\u0001', 'home', 'lineStart'],
	['\u001B[H', 'home', 'lineStart'],
	['\u0005', 'end', 'lineEnd'],
	['\u001B[F', 'end', 'lineEnd'],
	['\u0002', 'left', 'left'],
	['\u001B[D', 'left', 'left'],
	['\u0006', 'right', 'right'],
	['\u001B[C', 'right', 'right'],
	['\u001Bb', 'wordLeft', 'wordLeft'],
	['\u001B[1;5D', 'wordLeft', 'wordLeft'],
	['\u001Bf', 'wordRight', 'wordRight'],
	['\u001B[1;5C', 'wordRight', 'wordRight'],
	['\u007F', 'backspace', 'deleteLeft'],
	['\u0004', 'delete', 'deleteRight'],
	['\u001B[3~', 'delete', 'deleteRight'],
	['\u0017', 'rubout', 'cutBlankLeft'],
	['\u001B\u007F', 'cutWordLeft', 'cutWordLeft'],
	['\u001Bd', 'cutWordRight', 'cutWordRight'],
	['\u0015', 'cutToStart', 'cutToStart'],
	['\u000B', 'cutToEnd', 'cutToEnd'],
	['\u0019', 'yank', 'yank'],
	['\u001By', 'yankPop', 'yankPop'],
	['\u001F', 'undo', 'undo'],
	['\u001B/', 'redo', 'redo'],
	['\u0014', 'transpose', 'transposeCharacters'],
	['\u001Bu', 'upperCase', 'upperCaseWord'],
	['\u001Bl', 'lowerCase', 'lowerCaseWord'],
	['\n', 'newLine'],
	['\u001B\r', 'newLine'],
	['\u001B[A', 'up'],
	['\u001B[B', 'down'],
];

const typed = [
	'a',
	'B',
	'ß',
	' ',
	'.',
	'_',
	'é',
	'e\u0301',
	'\u0301',
	'你',
	'好',
	'👍🏽',
	'👩‍👩‍👧',
	'🇩🇪',
	'가',
];
const step = fc.oneof(
	fc.constantFrom(...typed).map(text => ({text})),
	fc.constantFrom(...editingKeys).map(key => ({key})),
);
type Step =
	{readonly text: string} | {readonly key: (typeof editingKeys)[number]};

function reference(steps: readonly Step[]): ReferenceEditor {
	const editor = new ReferenceEditor();
	for (const each of steps) {
		if ('text' in each) editor.type(each.text);
		else editor.operations[each.key[1]]!();
	}

	return editor;
}

/** One character a column: what a column is in cells has a test of its own. */
const isNarrow = (each: Step) =>
	!('text' in each) || /^[\p{ASCII}éß]$/u.test(each.text);

test('the line editor', () => {
	fc.assert(
		fc.property(fc.array(step, {maxLength: 60, size: 'max'}), steps => {
			const narrow = steps.every(each => isNarrow(each));
			const played = narrow
				? steps
				: steps.filter(
						each => 'text' in each || !/^(up|down)$/.test(each.key[1]),
					);
			let line = emptyLine;
			for (const each of played) {
				if ('text' in each) line = insertText(line, each.text);
				else if (each.key[2]) line = edit(line, each.key[2]);
				else if (each.key[1] === 'newLine') line = breakLine(line);
				else {
					const by = each.key[1] === 'up' ? -1 : 1;
					line = moveVertically(line, by) ?? withCaret(line, line.caret);
				}
			}

			const {left, right} = reference(played);
			expect([
				line.text.slice(0, line.caret),
				line.text.slice(line.caret),
			]).toEqual([left, right]);
		}),
		{numRuns: 3000},
	);
});

/** At any byte, also inside of a character and of a sequence. */
function splitBytes(text: string, cuts: readonly number[]): Uint8Array[] {
	const whole = Buffer.from(text);
	const places = cuts
		.map(cut => cut % (whole.length + 1))
		.toSorted((left, right) => left - right);
	return [0, ...places].map((start, index) =>
		whole.subarray(start, places[index] ?? whole.length),
	);
}

test('the composer, whatever the bytes were split into', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(step, {maxLength: 50, size: 'max'}),
			fc.array(fc.nat(400), {maxLength: 12, size: 'max'}),
			fc.option(
				fc.constantFrom('one\ntwo', 'x\r\n\ty', '世界', 'a\u001B[A\u0003b\n'),
			),
			async (steps, cuts, paste) => {
				const played = steps.every(each => isNarrow(each))
					? steps
					: steps.filter(
							each => 'text' in each || !/^(up|down)$/.test(each.key[1]),
						);
				const editor = reference(played);
				const sent = played.map(each =>
					'text' in each ? each.text : each.key[0],
				);
				if (paste !== null) {
					sent.push(`\u001B[200~${paste}\u001B[201~`);
					editor.paste(
						paste
							.replaceAll('\r\n', '\n')
							.replace(/\n$/, '')
							.replaceAll('\t', ' ')
							.replaceAll(/(?!\n)\p{Cc}/gu, ''),
					);
				}

				// Where the caret stands is seen by what is typed there.
				sent.push('#', '\r');
				editor.type('#');
				const app = await renderApp({columns: 60, rows: 12});
				try {
					for (const chunk of splitBytes(sent.join(''), cuts)) app.write(chunk);
					const command = await waitFor(
						() => app.engine.dispatched[0],
						'the line',
					);
					expect(command).toMatchObject({type: 'chat/send', text: editor.text});
					expect(app.engine.dispatched).toHaveLength(1);
				} finally {
					await app.close();
				}
			},
		),
		{numRuns: 40, interruptAfterTimeLimit: 60_000},
	);
}, 90_000);
