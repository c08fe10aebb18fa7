/**
 * A program under a real pseudo-terminal, its screen read through a terminal
 * model. What the model answers to queries goes back to the program, as with a
 * real terminal. Waiting is for content: each piece of output is looked at once
 * it is parsed. No test framework in here: benchmarks use it too.
 */
import {spawn} from '@lydell/node-pty';
import type {Terminal as Model} from '@xterm/headless';
import xterm from '@xterm/headless';
import stringWidth from 'string-width';

export interface TerminalModes {
	readonly alternateScreen: boolean;
	readonly cursorVisible: boolean;
	readonly bracketedPaste: boolean;
	readonly mouseTracking: boolean;
	readonly focusEvents: boolean;
}

export type Expected = string | RegExp | ((screen: string) => boolean);

export interface Terminal {
	readonly pid: number;
	/** The visible rows, trailing blanks cut. */
	screen(): string[];
	/** The visible rows as one text. */
	text(): string;
	/**
	 * The screen's text as soon as it holds, matches or satisfies `what`. Rejects after
	 * `timeoutMs` (15 s), and when the program has ended without it, with the screen in the message.
	 */
	waitFor(what: Expected, timeoutMs?: number): Promise<string>;
	/** Types, in one write. */
	write(keys: string | Uint8Array): void;
	resize(columns: number, rows: number): void;
	modes(): TerminalModes;
	/** Everything that the program has written, escapes and all (the last 8 MiB). */
	output(): string;
	/** Titles that the program has set. */
	titles(): readonly string[];
	/** The model itself, for cells and colours. */
	readonly model: Model;
	/** When it has ended and all of its output is parsed. */
	readonly exit: Promise<{readonly code: number; readonly signal: number}>;
	kill(signal?: NodeJS.Signals): void;
	/** Kills it, if it still runs, and waits for its end. */
	close(): Promise<void>;
}

export interface TerminalOptions {
	readonly command: string;
	readonly args: readonly string[];
	/** The whole environment; nothing is inherited. */
	readonly env: Readonly<Record<string, string>>;
	readonly columns?: number;
	readonly rows?: number;
	readonly cwd?: string;
}

const outputKept = 8 * 1024 * 1024;

/** Vowels and trailing consonants of Hangul: no cell of their own, in wcwidth as in terminals. */
const joinsSyllable = (codepoint: number): boolean =>
	(codepoint >= 0x11_60 && codepoint <= 0x11_ff) ||
	(codepoint >= 0xd7_b0 && codepoint <= 0xd7_fb);

/** The model's own table is Unicode 6: emoji would count as one column. */
export function useModernWidths(model: Model): void {
	const widths = new Map<number, 0 | 1 | 2>();
	const wcwidth = (codepoint: number) => {
		if (codepoint < 0x7f) return codepoint < 0x20 ? 0 : 1;
		let width = widths.get(codepoint);
		if (width === undefined) {
			const measured = joinsSyllable(codepoint)
				? 0
				: stringWidth(String.fromCodePoint(codepoint));
			width = measured >= 2 ? 2 : measured === 1 ? 1 : 0;
			widths.set(codepoint, width);
		}
		return width;
	};
	model.unicode.register({
		version: 'modern',
		wcwidth,
		// Packed as the model wants it: bit 0 joins the character before, bits 1-2 are the width.
		charProperties(codepoint, preceding) {
			const width = wcwidth(codepoint);
			const widthBefore = (preceding >> 1) & 3;
			const joins = width === 0 && widthBefore > 0;
			return ((joins ? widthBefore : width) << 1) | (joins ? 1 : 0);
		},
	});
	model.unicode.activeVersion = 'modern';
}

const matcher = (what: Expected) => {
	if (typeof what === 'string') return (text: string) => text.includes(what);
	if (typeof what === 'function') return what;
	return (text: string) => what.test(text);
};

export function openTerminal(options: TerminalOptions): Terminal {
	const columns = options.columns ?? 120;
	const rows = options.rows ?? 40;
	const model = new xterm.Terminal({
		cols: columns,
		rows,
		allowProposedApi: true,
		scrollback: 1000,
	});
	useModernWidths(model);
	let cursorVisible = true;
	for (const [final, visible] of [
		['h', true],
		['l', false],
	] as const) {
		model.parser.registerCsiHandler({prefix: '?', final}, parameters => {
			if (parameters.includes(25)) cursorVisible = visible;
			return false;
		});
	}
	const titles: string[] = [];
	model.onTitleChange(title => titles.push(title));

	const pty = spawn(options.command, [...options.args], {
		name: options.env['TERM'] ?? 'xterm-256color',
		cols: columns,
		rows,
		env: {...options.env},
		...(options.cwd ? {cwd: options.cwd} : {}),
	});
	let output = '';
	let ended = false;
	const waiters = new Set<() => void>();
	const wake = () => {
		for (const waiter of waiters) waiter();
	};
	pty.onData(data => {
		output += data;
		if (output.length > 2 * outputKept) output = output.slice(-outputKept);
		model.write(data, wake);
	});
	model.onData(answer => {
		if (!ended) pty.write(answer);
	});
	const exit = new Promise<{code: number; signal: number}>(resolve => {
		pty.onExit(({exitCode, signal}) => {
			// An empty write is parsed after everything that came before it.
			model.write('', () => {
				ended = true;
				resolve({code: exitCode, signal: signal ?? 0});
				wake();
			});
		});
	});

	const screen = () => {
		const buffer = model.buffer.active;
		// After a resize the model keeps cells beyond the edge, which nobody sees.
		return Array.from(
			{length: model.rows},
			(_, row) =>
				buffer
					.getLine(buffer.baseY + row)
					?.translateToString(true, 0, model.cols) ?? '',
		);
	};
	const text = () => screen().join('\n');
	const kill = (signal: NodeJS.Signals) => {
		if (!ended) process.kill(pty.pid, signal);
	};

	return {
		pid: pty.pid,
		screen,
		text,
		async waitFor(what, timeoutMs = 15_000) {
			const matches = matcher(what);
			return new Promise<string>((resolve, reject) => {
				const finish = (act: () => void) => {
					clearTimeout(timer);
					waiters.delete(look);
					act();
				};
				const fail = (reason: string) => {
					finish(() =>
						reject(
							new Error(`${reason}: ${String(what)}\nThe screen:\n${text()}`),
						),
					);
				};
				const look = () => {
					const seen = text();
					if (matches(seen)) finish(() => resolve(seen));
					else if (ended) fail('The program ended without');
				};
				const timer = setTimeout(
					() => fail(`Not seen within ${timeoutMs} ms`),
					timeoutMs,
				);
				waiters.add(look);
				look();
			});
		},
		write(keys) {
			// Buffers it takes, too, which its types do not say.
			pty.write(keys as string);
		},
		resize(newColumns, newRows) {
			model.resize(newColumns, newRows);
			pty.resize(newColumns, newRows);
		},
		modes: () => ({
			alternateScreen: model.buffer.active.type === 'alternate',
			cursorVisible,
			bracketedPaste: model.modes.bracketedPasteMode,
			mouseTracking: model.modes.mouseTrackingMode !== 'none',
			focusEvents: model.modes.sendFocusMode,
		}),
		output: () => output,
		titles: () => titles,
		model,
		exit,
		kill(signal = 'SIGTERM') {
			kill(signal);
		},
		async close() {
			try {
				kill('SIGKILL');
			} catch {
				// It ended by itself a moment ago.
			}
			await exit;
			model.dispose();
		},
	};
}
