/**
 * A terminal in the test's own process: a stdin to type into, and a stdout with a
 * real size whose output a terminal model reads. For Ink's `render`.
 */
import {Readable, Writable} from 'node:stream';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {Terminal as Model} from '@xterm/headless';
import {type Expected, useModernWidths} from './terminal.js';

export interface FakeTerminal {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** Types, in one read of the program. */
	write(keys: string | Uint8Array): void;
	/** The visible rows, trailing blanks cut. */
	screen(): string[];
	text(): string;
	/** The screen's text as soon as it holds, matches or satisfies `what`. Rejects after `timeoutMs` with the screen. */
	waitFor(what: Expected, timeoutMs?: number): Promise<string>;
	/** Where the cursor is, and whether it is shown. */
	cursor(): {
		readonly x: number;
		readonly y: number;
		readonly isVisible: boolean;
	};
	resize(columns: number, rows: number): void;
	/** Everything written so far. */
	output(): string;
	readonly model: Model;
	/** Whether the program has raw mode on. */
	isRaw(): boolean;
}

const matcher = (what: Expected) => {
	if (typeof what === 'string') return (text: string) => text.includes(what);
	if (typeof what === 'function') return what;
	return (text: string) => what.test(text);
};

export function createFakeTerminal(columns = 80, rows = 24): FakeTerminal {
	const model = new Model({
		cols: columns,
		rows,
		allowProposedApi: true,
		convertEol: true,
	});
	useModernWidths(model);
	let isVisible = true;
	for (const [final, visible] of [
		['h', true],
		['l', false],
	] as const) {
		model.parser.registerCsiHandler({prefix: '?', final}, parameters => {
			if (parameters.includes(25)) isVisible = visible;
			return false;
		});
	}

	let output = '';
	const waiters = new Set<() => void>();
	const stdout = Object.assign(
		new Writable({
			decodeStrings: false,
			write(chunk: string | Uint8Array, _encoding, done) {
				output += String(chunk);
				model.write(chunk, () => {
					done();
					for (const waiter of waiters) waiter();
				});
			},
		}),
		{isTTY: true, columns, rows},
	);
	let isRaw = false;
	const stdin = Object.assign(new Readable({read() {}}), {
		isTTY: true,
		setRawMode(mode: boolean) {
			isRaw = mode;
		},
		ref() {},
		unref() {},
	});

	const screen = () => {
		const buffer = model.buffer.active;
		return Array.from(
			{length: model.rows},
			(_, row) =>
				buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '',
		);
	};
	const text = () => screen().join('\n');

	return {
		stdin: stdin as unknown as NodeJS.ReadStream,
		stdout: stdout as unknown as NodeJS.WriteStream,
		write(keys) {
			stdin.push(keys);
		},
		screen,
		text,
		async waitFor(what, timeoutMs = 5_000) {
			const matches = matcher(what);
			// Effects that a frame caused have run when its reader goes on.
			await nextTurn();
			return new Promise<string>((resolve, reject) => {
				const finish = (act: () => void) => {
					clearTimeout(timer);
					waiters.delete(look);
					act();
				};
				const look = () => {
					const seen = text();
					if (matches(seen)) finish(() => resolve(seen));
				};
				const timer = setTimeout(() => {
					const reason = `Not seen within ${timeoutMs} ms: ${String(what)}\n${text()}`;
					finish(() => reject(new Error(reason)));
				}, timeoutMs);
				waiters.add(look);
				look();
			});
		},
		cursor: () => ({
			x: model.buffer.active.cursorX,
			y: model.buffer.active.cursorY,
			isVisible,
		}),
		resize(newColumns, newRows) {
			model.resize(newColumns, newRows);
			Object.assign(stdout, {columns: newColumns, rows: newRows});
			stdout.emit('resize');
		},
		output: () => output,
		model,
		isRaw: () => isRaw,
	};
}
