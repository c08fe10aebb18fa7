import {afterEach, expect, test} from 'vitest';
import {errorInfo} from '../../source/errors.js';
import {describeError} from '../../source/strings/index.js';
import {keys, renderApp, type RenderedApp} from '../helpers/render-app.js';
import {waitFor} from '../helpers/wait-for.js';

let app: RenderedApp | undefined;

afterEach(async () => {
	await app?.close();
	app = undefined;
});

const words = (text: string) => text.split(/\s+/).join(' ');

test.each([
	[60, 20],
	[80, 24],
])(
	'at %d×%d the whole of a long notice is read, to what to do next',
	async (columns, rows) => {
		app = await renderApp({columns, rows});
		await app.waitFor('Nobody is connected yet.');
		app.write(`/unknown${keys.enter}`);
		const screen = await app.waitFor('type //.');
		expect(words(screen)).toContain('that starts with a slash, type //.');
		const lines = screen.split('\n');
		expect(lines[rows - 2]).toContain('/unknown');
		expect(lines[rows - 1]).toContain('Enter send');
		app.write('x');
		const {text} = app;
		await waitFor(() => !text().includes('type //.'), 'no notice');
	},
);

test('a failed listener, told on a narrow screen', async () => {
	const error = errorInfo('portTaken', {port: 9090, kind: 'tcp'});
	app = await renderApp({columns: 60, rows: 20});
	app.engine.emit({type: 'listener/failed', kind: 'tcp', port: 9090, error});
	const {text} = app;
	await waitFor(
		() => words(text()).includes(describeError(error)),
		'the whole sentence',
	);
});
