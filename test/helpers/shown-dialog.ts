/** A dialog on its own on a fake terminal, with a record of what it calls. */
import type {ReactNode} from 'react';
import {expect} from 'vitest';
import {type RenderedPart, renderPart} from './render-part.js';
import {waitFor} from './wait-for.js';

export interface DialogStage {
	readonly width: number;
	/** Names and arguments in JSON, since the last `show`. */
	readonly calls: readonly string[];
	/** A callback that is recorded under a name. */
	note(name: string): (...args: readonly unknown[]) => void;
	/** Waits until a call was made that begins with `name`. */
	called(name: string): Promise<string>;
	/** Ends the one before; waits for the text `first`. */
	show(node: ReactNode, first: string, rows?: number): Promise<RenderedPart>;
	close(): Promise<void>;
}

export function createDialogStage(width = 60): DialogStage {
	let part: RenderedPart | undefined;
	const calls: string[] = [];
	const close = async () => {
		await part?.close();
		part = undefined;
	};

	return {
		width,
		calls,
		note:
			name =>
			(...args) => {
				calls.push([name, ...args.map(each => JSON.stringify(each))].join(' '));
			},
		called: async name =>
			waitFor(() => calls.find(call => call.startsWith(name)), name),
		async show(node, first, rows = 24) {
			await close();
			calls.length = 0;
			part = renderPart(node, {columns: width, rows});
			await part.waitFor(first);
			return part;
		},
		close,
	};
}

/** Every row of the dialog has both its edges. */
export function expectWhole(screen: string): void {
	const rows = screen.split('\n');
	const last = rows.findIndex(row => row.startsWith('╰'));
	expect(rows[0]).toMatch(/^╭.*╮$/);
	expect(rows[last]).toMatch(/^╰.*╯$/);
	for (const row of rows.slice(1, last)) expect(row).toMatch(/^│.*│$/);
}
