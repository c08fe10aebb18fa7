import {expect, test} from 'vitest';
import {createOutput} from '../../source/headless/output.js';
import {Sink} from './run.js';

function open(isTerminal: boolean) {
	const stderr = new Sink();
	// Where both are the terminal, what stands on it is one text.
	const stdout = isTerminal ? stderr : new Sink();
	stdout.isTTY = isTerminal;
	return {stderr, output: createOutput(stdout, stderr, () => 20)};
}

test('a line wipes the bar before it is written', () => {
	const {stderr, output} = open(true);
	output.bar('a 10%');
	output.bar('a 1%');
	output.line('one');
	output.note('two');
	expect(stderr.text).toBe('\ra 10%\ra 1% \r      \rone\ntwo\n');
});

test('results that go elsewhere leave the bar alone', () => {
	const {stderr, output} = open(false);
	output.bar('你好 5%');
	output.line('one');
	expect(stderr.text).toBe('\r你好 5%');
	output.bar(undefined);
	output.bar(undefined);
	expect(stderr.text).toBe(`\r你好 5%\r${' '.repeat(9)}\r`);
});

test('a question stands below what is written meanwhile, and no bar in its place', () => {
	const {stderr, output} = open(true);
	output.bar('a 10%');
	output.question('Yes? ');
	output.bar('a 20%');
	output.note('one');
	output.answered();
	output.note('two');
	expect(stderr.text).toBe('\ra 10%\r       \rYes? \none\nYes? two\n');
});

test('a question that is taken back ends its row', () => {
	const {stderr, output} = open(false);
	output.question('Yes? ');
	output.question(undefined);
	output.question(undefined);
	output.note('one');
	expect(stderr.text).toBe('Yes? \none\n');
});
