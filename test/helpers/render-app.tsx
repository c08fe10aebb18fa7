/** The real console on a fake terminal and a fake engine: type into it, and wait for what it shows. */
import type {EventBody} from '../../source/engine/index.js';
import {
	runConsole,
	type ConsoleOptions,
} from '../../source/console/run-console.js';
import type {ConsoleSummary} from '../../source/console/summary.js';
import {createFakeEngine, started, type FakeEngine} from './fake-engine.js';
import {createFakeTerminal, type FakeTerminal} from './fake-terminal.js';

export interface RenderedApp extends FakeTerminal {
	readonly engine: FakeEngine;
	/** When it has ended, by itself or by `close`. */
	readonly ended: Promise<ConsoleSummary>;
	/** Quits it, as its user would, whatever is open. */
	close(): Promise<void>;
}

export const keys = {
	enter: '\r',
	escape: '\u001B',
	tab: '\t',
	backspace: '\u007F',
	up: '\u001B[A',
	down: '\u001B[B',
	pageUp: '\u001B[5~',
	pageDown: '\u001B[6~',
	end: '\u001B[F',
	f1: '\u001BOP',
	f4: '\u001BOS',
	ctrlC: '\u0003',
	ctrlZ: '\u001A',
	alt: (key: string) => `\u001B${key}`,
} as const;

export async function renderApp(
	options: {
		readonly columns?: number;
		readonly rows?: number;
		/** Emitted before the first frame; what a started engine says when missing. */
		readonly events?: ReadonlyArray<EventBody & {readonly at?: number}>;
	} & Partial<ConsoleOptions> = {},
): Promise<RenderedApp> {
	const {columns = 120, rows = 40, events = started, ...rest} = options;
	const terminal = createFakeTerminal(columns, rows);
	const engine = createFakeEngine();
	engine.emit(...events);
	const end = new AbortController();
	const ended = runConsole({
		engine,
		version: '0.0.0-test',
		env: {LANG: 'en_US.UTF-8'},
		addresses: ['192.168.1.20', '2001:db8::20'],
		stdin: terminal.stdin,
		stdout: terminal.stdout,
		signal: end.signal,
		...rest,
	});
	// A test that fails before it looks at the end must not fail a second time here.
	ended.catch(() => undefined);
	// A window may cover the composer where it is small.
	const first = rest.startOverlay ? '╭' : /to All|发给全部/;
	if (columns >= 20 && rows >= 5) await terminal.waitFor(first);
	return {
		...terminal,
		engine,
		ended,
		async close() {
			end.abort();
			await ended.catch(() => undefined);
		},
	};
}
