import {describe, expect, test} from 'vitest';
import {createUiStore} from '../../source/console/store.js';
import {createSubmittedLines} from '../../source/console/submitted-lines.js';

const command = {type: 'chat/send', conversation: 'all', text: 'hi'} as const;

function setup() {
	const ui = createUiStore({columns: 80, rows: 24});
	return {ui, lines: createSubmittedLines(ui)};
}

const draft = (ui: ReturnType<typeof createUiStore>) =>
	ui.getState().drafts.get('all');

describe('submitted lines', () => {
	test('every command gets a number of its own', () => {
		const {lines} = setup();
		expect(lines.tag(command)).toEqual({...command, ref: 1});
		expect(lines.tag(command)).toEqual({...command, ref: 2});
		expect(lines.tag({...command, ref: 77})).toEqual({...command, ref: 77});
	});

	test('the line of a refused command comes back', () => {
		const {ui, lines} = setup();
		const {ref} = lines.tag(command, {conversation: 'all', line: '/x'});
		lines.refused(ref!);
		expect(draft(ui)).toBe('/x');
	});

	test('but not over something that is being typed, nor twice, nor once it was done', () => {
		const {ui, lines} = setup();
		const from = {conversation: 'all', line: '/x'} as const;
		const first = lines.tag(command, from);
		ui.dispatch({type: 'draft/changed', conversation: 'all', text: 'new'});
		lines.refused(first.ref!);
		expect(draft(ui)).toBe('new');
		ui.dispatch({type: 'draft/changed', conversation: 'all', text: ''});
		lines.refused(first.ref!);
		expect(draft(ui)).toBeUndefined();
		const second = lines.tag(command, from);
		lines.done(second.ref!);
		lines.refused(second.ref!);
		expect(draft(ui)).toBeUndefined();
	});
});
