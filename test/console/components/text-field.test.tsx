import * as fc from 'fast-check';
import {Box, Text} from 'ink';
import {useState} from 'react';
import {afterEach, expect, test} from 'vitest';
import {
	TextField,
	type TextFieldProps,
} from '../../../source/console/components/text-field.js';
import {emptyLine, insertText} from '../../../source/console/input/line.js';
import {edit} from '../../../source/console/input/line-editor.js';
import {type RenderedPart, renderPart} from '../../helpers/render-part.js';
import {waitFor} from '../../helpers/wait-for.js';

let part: RenderedPart | undefined;
afterEach(async () => {
	await part?.close();
	part = undefined;
});

interface Field {
	readonly terminal: RenderedPart;
	readonly submitted: string[];
	value(): string;
	set(value: string): void;
	/** Types, and waits until all of it was seen (`Ctrl-G` does nothing in a field). */
	type(keys: string): Promise<void>;
	close(): Promise<void>;
}

async function openField(
	props: Partial<TextFieldProps> = {},
	{columns = 40, isBordered = false} = {},
): Promise<Field> {
	const submitted: string[] = [];
	let value = props.value ?? '';
	let setValue: (next: string) => void = () => {};
	let seen = 0;
	function Form() {
		const [held, setHeld] = useState(value);
		value = held;
		setValue = setHeld;
		return (
			<Box
				flexDirection="column"
				width={columns}
				borderStyle={isBordered ? 'single' : undefined}
			>
				<Text>form</Text>
				<Box>
					<Text>› </Text>
					<TextField
						isActive
						{...props}
						value={held}
						onChange={setHeld}
						onSubmit={text => {
							submitted.push(text);
							setHeld('');
						}}
						onKey={(name, line) => {
							if (name === 'ctrl+g') seen++;
							return props.onKey?.(name, line) ?? name === 'ctrl+g';
						}}
					/>
				</Box>
				<Text>end</Text>
			</Box>
		);
	}

	const terminal = renderPart(<Form />, {columns, rows: 8});
	part = terminal;
	await terminal.waitFor('form');
	return {
		terminal,
		submitted,
		value: () => value,
		set(next) {
			setValue(next);
		},
		async type(keys) {
			const before = seen;
			terminal.write(`${keys}\u0007`);
			await waitFor(() => seen > before, 'the end of the keys', 20_000);
		},
		async close() {
			await terminal.close();
		},
	};
}

test('a line and Enter in one read is submitted whole', async () => {
	const field = await openField();
	await field.type('hello\r');
	expect(field.submitted).toEqual(['hello']);
	expect(field.value()).toBe('');
	await field.type('again');
	await field.terminal.waitFor('› again');
});

test('three backspaces in one read delete three characters', async () => {
	const field = await openField({value: 'hello'});
	await field.type('\u007F\u007F\u007F');
	expect(field.value()).toBe('he');
	await field.terminal.waitFor(/› he$/m);
});

test('a backspace takes a whole emoji', async () => {
	const field = await openField();
	await field.type('a👩‍👩‍👧👍🏽e\u0301');
	expect(field.value()).toBe('a👩‍👩‍👧👍🏽e\u0301');
	await field.type('\u007F\u007F');
	expect(field.value()).toBe('a👩‍👩‍👧');
	await field.type('\u007F');
	expect(field.value()).toBe('a');
});

test('Ctrl and Alt with a letter insert no letter', async () => {
	const field = await openField({value: 'ab'});
	const controls = Array.from({length: 26}, (_, index) => index + 1)
		// Tab, Enter, Esc and the keys that edit have other tests.
		.filter(
			code => ![1, 2, 4, 5, 6, 7, 8, 10, 11, 13, 20, 21, 23, 25].includes(code),
		)
		.map(code => String.fromCodePoint(code));
	await field.type([...controls, '\u001Bx', '\u001Bé', '\u001BOP'].join(''));
	expect(field.value()).toBe('ab');
	await field.type('c');
	expect(field.value()).toBe('abc');
});

test('the keys of a shell edit in the middle', async () => {
	const field = await openField();
	await field.type('world\u0001hello \u0005!');
	expect(field.value()).toBe('hello world!');
	await field.type('\u0017');
	expect(field.value()).toBe('hello ');
	await field.type('\u0019\u0019');
	expect(field.value()).toBe('hello world!world!');
	await field.type('\u0001\u001Bf\u000B');
	expect(field.value()).toBe('hello');
	await field.type('\u001B[D\u001B[Dx\u001B[3~');
	expect(field.value()).toBe('helxo');
	await field.type('\u0015');
	expect(field.value()).toBe('o');
	await field.type('a');
	expect(field.value()).toBe('ao');
});

test('the terminal cursor sits at the caret, wide characters counted', async () => {
	const field = await openField();
	await field.type('你好a');
	await field.terminal.waitFor(() => field.terminal.cursor().x === 2 + 5);
	expect(field.terminal.cursor()).toEqual({x: 7, y: 1, isVisible: true});
	await field.type('\u0002\u0002');
	await field.terminal.waitFor(() => field.terminal.cursor().x === 2 + 2);
});

test('a long line scrolls within its border', async () => {
	const field = await openField({}, {columns: 30, isBordered: true});
	await field.type('你好世界'.repeat(20));
	const whole = (screen: string) => {
		const rows = screen.split('\n').slice(0, 5);
		return (
			rows[0] === `┌${'─'.repeat(28)}┐` &&
			rows[4] === `└${'─'.repeat(28)}┘` &&
			rows.slice(1, 4).every(row => row.startsWith('│') && row.endsWith('│'))
		);
	};

	await field.terminal.waitFor(
		screen => whole(screen) && /› [你好世界]+ *│/.test(screen),
	);
	await field.type('\u0001');
	await field.terminal.waitFor(
		screen => whole(screen) && screen.includes('› 你好世界你好'),
	);
	await field.terminal.waitFor(() => field.terminal.cursor().x === 3);
	for (let step = 0; step < 30; step++) await field.type('\u0006');
	await field.type('|');
	await field.terminal.waitFor(screen => whole(screen) && screen.includes('|'));
	expect(field.value().indexOf('|')).toBe(30);
});

test('a paste is one line', async () => {
	const field = await openField();
	await field.type('<>\u0002\u001B[200~one\r\ntwo\n\u001B[201~!');
	expect(field.value()).toBe('<one two!>');
	expect(field.submitted).toEqual([]);
});

test('another value puts the caret at its end', async () => {
	const field = await openField({value: 'abc'});
	await field.type('\u0001x');
	expect(field.value()).toBe('xabc');
	field.set('from the history');
	await field.terminal.waitFor('from the history');
	await field.type('!');
	expect(field.value()).toBe('from the history!');
});

test('a key that the host takes does nothing else', async () => {
	const field = await openField({
		onKey: name => name === 'x' || name === 'enter',
	});
	await field.type('axbx\rc');
	expect(field.value()).toBe('abc');
	expect(field.submitted).toEqual([]);
});

test('Tab completes, and typing on meanwhile wins', async () => {
	let answer: (() => void) | undefined;
	const field = await openField({
		value: 'a tail',
		complete: async ({text, caret}) =>
			new Promise(resolve => {
				answer = () => resolve({text: `done${text.slice(caret)}`, caret: 4});
			}),
	});
	await field.type('\u0001\u0006\t');
	answer?.();
	await field.terminal.waitFor('› done tail');
	await field.type('!');
	expect(field.value()).toBe('done! tail');
	await field.type('\t');
	await field.type('?');
	answer?.();
	await field.type('.');
	expect(field.value()).toBe('done!?. tail');
});

test('a mask hides what is typed', async () => {
	const field = await openField({mask: '*'});
	await field.type('secret');
	await field.terminal.waitFor('› ******');
	expect(field.terminal.text()).not.toContain('secret');
});

test('a placeholder stands in an empty field only', async () => {
	const field = await openField({placeholder: 'host:port'});
	await field.terminal.waitFor('› host:port');
	await field.terminal.waitFor(() => field.terminal.cursor().x === 2);
	await field.type('x');
	await field.terminal.waitFor(/› x$/m);
	expect(field.terminal.text()).not.toContain('host');
});

test('a field that is not active takes no key', async () => {
	const field = await openField({isActive: false, value: 'kept'});
	field.terminal.write('x\r');
	await field.terminal.waitFor('› kept');
	field.set('kept too');
	await field.terminal.waitFor('› kept too');
	expect(field.submitted).toEqual([]);
	expect(field.value()).toBe('kept too');
});

test('a thousand keys in one read get through exactly', async () => {
	const field = await openField({}, {columns: 60});
	const typed = Array.from({length: 1000}, (_, index) =>
		String.fromCodePoint(97 + (index % 26)),
	).join('');
	await field.type(typed);
	expect(field.value()).toBe(typed);
});

const keys: Array<readonly [string, Parameters<typeof edit>[1]]> = [
	['\u0001', 'lineStart'],
	['\u0005', 'lineEnd'],
	['\u001B[D', 'left'],
	['\u0006', 'right'],
	['\u001Bb', 'wordLeft'],
	['\u001B[1;5C', 'wordRight'],
	['\u007F', 'deleteLeft'],
	['\u001B[3~', 'deleteRight'],
	['\u0017', 'cutBlankLeft'],
	['\u0015', 'cutToStart'],
	['\u000B', 'cutToEnd'],
	['\u0019', 'yank'],
];
const typedKey = fc.oneof(
	{
		weight: 3,
		arbitrary: fc
			.constantFrom('a', 'b', ' ', '你', '👩‍👩‍👧', 'e\u0301', '.')
			.map(text => ({bytes: text, text, action: undefined})),
	},
	{
		weight: 2,
		arbitrary: fc
			.constantFrom(...keys)
			.map(([bytes, action]) => ({bytes, text: '', action})),
	},
);

test('whatever is typed, the field holds what the line editor says', async () => {
	const field = await openField({width: 12});
	await fc.assert(
		fc.asyncProperty(fc.array(typedKey, {maxLength: 40}), async typed => {
			await field.type('\u0005\u0015');
			await field.type(typed.map(({bytes}) => bytes).join(''));
			// The cut text survives from one run to the next: begin with what is cut first.
			let line = emptyLine;
			for (const {text, action} of typed) {
				line = action ? edit(line, action) : insertText(line, text);
			}

			if (!typed.some(({action}) => action === 'yank')) {
				expect(field.value()).toBe(line.text);
			}
		}),
		{numRuns: 60},
	);
});
