import {Text, useInput, usePaste} from 'ink';
import {useState} from 'react';
import {afterEach, expect, test} from 'vitest';
import {keyName} from '../../../source/console/input/key-name.js';
import {type RenderedPart, renderPart} from '../../helpers/render-part.js';
import {waitFor} from '../../helpers/wait-for.js';

let part: RenderedPart | undefined;
afterEach(async () => {
	await part?.close();
	part = undefined;
});

async function listen() {
	const names: string[] = [];
	const pastes: string[] = [];
	function Listener() {
		useInput((input, key) => {
			names.push(keyName(input, key));
		});
		usePaste(text => {
			pastes.push(text);
		});
		return <Text>listening</Text>;
	}

	part = renderPart(<Listener />);
	await part.waitFor('listening');
	return {names, pastes, terminal: part};
}

test('each key of one read comes on its own, under its name', async () => {
	const {names, terminal} = await listen();
	const keys: Array<[string, string]> = [
		['h', 'h'],
		['G', 'G'],
		[' ', 'space'],
		['?', '?'],
		['7', '7'],
		['你', '你'],
		['👩‍👩‍👧', '👩‍👩‍👧'],
		['\r', 'enter'],
		['\n', 'ctrl+j'],
		['\t', 'tab'],
		['\u001B[Z', 'shift+tab'],
		['\u007F', 'backspace'],
		['\b', 'backspace'],
		['\u001B[3~', 'delete'],
		['\u0003', 'ctrl+c'],
		['\u0001', 'ctrl+a'],
		['\u001B[A', 'up'],
		['\u001BOB', 'down'],
		['\u001B[1;5D', 'ctrl+left'],
		['\u001B[1;3C', 'alt+right'],
		['\u001B[5~', 'pageup'],
		['\u001B[6~', 'pagedown'],
		['\u001B[H', 'home'],
		['\u001B[4~', 'end'],
		['\u001BOP', 'f1'],
		['\u001B[14~', 'f4'],
		['\u001B[[D', 'f4'],
		['\u001B[24~', 'f12'],
		['\u001B[1;3P', 'alt+f1'],
		['\u001BO3S', 'alt+f4'],
		['\u001B[15;3~', 'alt+f5'],
		['\u001B[20;3~', 'alt+f9'],
		['\u001B1', 'alt+1'],
		['\u001Ba', 'alt+a'],
		['\u001B\u007F', 'alt+backspace'],
		['\u001BOx', ''],
		['\u001B[I', ''],
	];
	terminal.write(keys.map(([bytes]) => bytes).join(''));
	const expected = keys.map(([, name]) => name).filter(name => name !== '');
	await waitFor(
		() => names.filter(name => name !== '').length >= expected.length,
		'the keys',
	);
	expect(names.filter(name => name !== '')).toEqual(expected);
});

test('a lone Esc comes once, and Esc twice comes twice', async () => {
	const {names, terminal} = await listen();
	terminal.write('\u001B');
	await waitFor(() => names.length === 1, 'Esc');
	terminal.write('\u001B\u001B');
	await waitFor(() => names.length === 3, 'two more');
	terminal.write('x');
	await waitFor(() => names.length === 4, 'x');
	expect(names).toEqual(['escape', 'escape', 'escape', 'x']);
});

test('an escape sequence split over reads is one key', async () => {
	const {names, terminal} = await listen();
	for (const piece of ['\u001B', '[', '1;', '5D']) terminal.write(piece);
	terminal.write('x');
	await waitFor(() => names.includes('x'), 'x');
	expect(names).toEqual(['ctrl+left', 'x']);
});

test('UTF-8 split over reads is one character', async () => {
	const {names, terminal} = await listen();
	for (const byte of new TextEncoder().encode('你x')) {
		terminal.write(Uint8Array.of(byte));
	}

	await waitFor(() => names.includes('x'), 'x');
	expect(names).toEqual(['你', 'x']);
});

test('a paste comes whole and is no key', async () => {
	const {names, pastes, terminal} = await listen();
	terminal.write('a\u001B[200~one\rt');
	terminal.write('wo\u001B[20');
	terminal.write('1~b');
	await waitFor(() => names.includes('b'), 'b');
	expect(names).toEqual(['a', 'b']);
	expect(pastes).toEqual(['one\rtwo']);
});

test('ten thousand keys in one read all come, in order', async () => {
	const {names, terminal} = await listen();
	const typed = Array.from({length: 10_000}, (_, index) =>
		String.fromCodePoint(97 + (index % 26)),
	);
	terminal.write(typed.join(''));
	await waitFor(() => names.length >= typed.length, 'all keys');
	expect(names.join('')).toBe(typed.join(''));
});

test('keys typed while nobody listens wait for the next listener', async () => {
	const {names, terminal} = await listen();
	function Later() {
		useInput(input => {
			names.push(`later ${input}`);
		});
		return <Text>later</Text>;
	}

	terminal.rerender(<Text>nobody</Text>);
	await terminal.waitFor('nobody');
	terminal.write('x');
	terminal.rerender(<Later />);
	await waitFor(() => names.length > 0, 'x');
	expect(names).toEqual(['later x']);
});

test('a key that swaps components sends the next ones to the new component', async () => {
	const names: string[] = [];
	function Panes({onOpen}: {readonly onOpen: () => void}) {
		useInput(input => {
			names.push(`panes ${input}`);
			if (input === 'o') onOpen();
		});
		return <Text>panes</Text>;
	}

	function Dialog({onClose}: {readonly onClose: () => void}) {
		useInput(input => {
			names.push(`dialog ${input}`);
			if (input === 'c') onClose();
		});
		return <Text>dialog</Text>;
	}

	function Host() {
		const [isOpen, setIsOpen] = useState(false);
		return isOpen ? (
			<Dialog onClose={() => setIsOpen(false)} />
		) : (
			<Panes onOpen={() => setIsOpen(true)} />
		);
	}

	part = renderPart(<Host />);
	await part.waitFor('panes');
	part.write('oxcyocz');
	await waitFor(() => names.length >= 7, 'all keys');
	expect(names).toEqual([
		'panes o',
		'dialog x',
		'dialog c',
		'panes y',
		'panes o',
		'dialog c',
		'panes z',
	]);
});

test('raw mode is passed on, and given back', async () => {
	const {terminal} = await listen();
	expect(terminal.isRaw()).toBe(true);
	await part?.close();
	part = undefined;
	expect(terminal.isRaw()).toBe(false);
});
