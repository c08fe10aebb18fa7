import {describe, expect, test} from 'vitest';
import type {Notebook, NotebookPort} from '../../../source/engine/ports.js';
import type {Snippet} from '../../../source/engine/index.js';
import {SocktermError, type ErrorCode} from '../../../source/errors.js';
import {limits} from '../../../source/limits.js';
import {createWorld} from '../../helpers/engine-under-test.js';

const empty: Notebook = {snippets: [], addresses: []};

/** A file in memory, and the faults that one has. */
function createMemoryNotebook(): NotebookPort & {
	kept: Notebook;
	fault: ErrorCode | undefined;
} {
	return {
		kept: empty,
		fault: undefined,
		async load() {
			if (this.fault) throw new SocktermError(this.fault, {path: '/state'});
			return this.kept;
		},
		async save(notebook) {
			if (this.fault === 'notebookUnusable') {
				throw new SocktermError(this.fault);
			}

			this.kept = notebook;
		},
	};
}

function started(notebook?: NotebookPort) {
	const world = createWorld();
	const alice = world.engine('alice', notebook ? {notebook} : {});
	alice.engine.start();
	let ref = 0;
	return {
		alice,
		async save(snippet: Snippet) {
			alice.dispatch({type: 'notebook/saveSnippet', snippet, ref: ++ref});
			const mine = ref;
			await alice.untilTrue(() =>
				alice.events.some(
					event =>
						(event.type === 'command/done' ||
							event.type === 'command/refused') &&
						event.ref === mine,
				),
			);
			return alice.of('command/refused').find(event => event.ref === mine)
				?.error.code;
		},
	};
}

const ping: Snippet = {name: 'ping', line: '01 02', notation: 'hex'};

describe('the notebook', () => {
	test('is told at the start, and after each change once it is kept', async () => {
		const notebook = createMemoryNotebook();
		notebook.kept = {...empty, snippets: [ping]};
		const {alice, save} = started(notebook);
		expect((await alice.until('notebook/changed')).notebook).toEqual(
			notebook.kept,
		);
		expect(await save({name: 'pong', line: 'x', notation: 'text'})).toBe(
			undefined,
		);
		const {snippets} = alice.engine.getState().notebook;
		expect(snippets.map(({name}) => name)).toEqual(['ping', 'pong']);
		expect(notebook.kept.snippets).toEqual(snippets);
		alice.dispatch({type: 'notebook/deleteSnippet', name: 'PING'});
		await alice.next('notebook/changed');
		expect(notebook.kept.snippets).toHaveLength(1);
	});

	test('one of the same name takes its place, one with the same key its key', async () => {
		const {alice, save} = started();
		await save({...ping, key: 3});
		await save({name: 'pong', line: 'y', notation: 'text', key: 3});
		await save({name: 'Ping', line: '03', notation: 'hex'});
		expect(alice.engine.getState().notebook.snippets).toEqual([
			{name: 'Ping', line: '03', notation: 'hex'},
			{name: 'pong', line: 'y', notation: 'text', key: 3},
		]);
	});

	test('two programs with one file do not undo what the other did', async () => {
		const notebook = createMemoryNotebook();
		const first = started(notebook);
		const second = started(notebook);
		await first.save(ping);
		await second.save({...ping, name: 'pong'});
		expect(notebook.kept.snippets.map(({name}) => name)).toEqual([
			'ping',
			'pong',
		]);
	});

	test('refuses what is of no use', async () => {
		const {save, alice} = started();
		expect(await save({...ping, line: '0'})).toBe('halfByte');
		expect(await save({...ping, line: ''})).toBe('nothingToSend');
		expect(await save({...ping, name: 'two words'})).toBe('badNotebookName');
		expect(await save({...ping, name: ''})).toBe('badNotebookName');
		expect(
			await save({
				...ping,
				notation: 'text',
				line: 'x'.repeat(limits.snippetCharacters + 1),
			}),
		).toBe('snippetTooLong');
		alice.dispatch({type: 'notebook/deleteSnippet', name: 'nope', ref: 100});
		expect(
			(await alice.until('command/refused', e => e.ref === 100)).error,
		).toMatchObject({code: 'noSuchSnippet', details: {name: 'nope'}});
		expect(alice.of('notebook/changed')).toEqual([]);
	});

	test('is full at its limit, and one can still be changed', async () => {
		const notebook = createMemoryNotebook();
		const snippets = Array.from({length: limits.notebookItems}, (_, index) => ({
			...ping,
			name: `s${index}`,
		}));
		notebook.kept = {...empty, snippets};
		const {save} = started(notebook);
		expect(await save(ping)).toBe('notebookFull');
		expect(await save({...ping, name: 's0', line: '09'})).toBe(undefined);
		expect(notebook.kept.snippets[0]?.line).toBe('09');
	});

	test('a damaged file is told, and a change starts anew', async () => {
		const notebook = createMemoryNotebook();
		notebook.fault = 'notebookDamaged';
		const {alice, save} = started(notebook);
		expect(await alice.until('notebook/changed')).toMatchObject({
			notebook: empty,
			error: {code: 'notebookDamaged'},
		});
		notebook.fault = undefined;
		expect(await save(ping)).toBe(undefined);
		expect(notebook.kept.snippets).toEqual([ping]);
	});

	test('what cannot be written is refused, and not told as kept', async () => {
		const notebook = createMemoryNotebook();
		const {alice, save} = started(notebook);
		await alice.until('notebook/changed');
		notebook.fault = 'notebookUnusable';
		expect(await save(ping)).toBe('notebookUnusable');
		expect(alice.engine.getState().notebook).toEqual(empty);
		notebook.fault = undefined;
		expect(await save(ping)).toBe(undefined);
	});

	test('keeps addresses', async () => {
		const {alice} = started();
		const entry = {
			name: 'plc',
			target: {kind: 'raw', host: '10.0.0.5', port: 502},
		} as const;
		alice.dispatch({type: 'notebook/saveAddress', entry});
		await alice.until('notebook/changed');
		expect(alice.engine.getState().notebook.addresses).toEqual([entry]);
		const bad = {name: 'x', target: {...entry.target, port: 0}};
		alice.dispatch({type: 'notebook/saveAddress', entry: bad, ref: 1});
		expect((await alice.until('command/refused')).error.code).toBe(
			'badAddress',
		);
		alice.dispatch({type: 'notebook/deleteAddress', name: 'plc'});
		await alice.next('notebook/changed');
		expect(alice.engine.getState().notebook.addresses).toEqual([]);
	});
});
