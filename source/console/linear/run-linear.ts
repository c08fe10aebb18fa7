/**
 * The console line by line, for screen readers, terminals that can nothing but
 * print, and serial lines: what happens is a line, a line that is typed is sent.
 * The terminal edits that line itself; not one control sequence is written, and
 * nothing that was written changes.
 */
import {createInterface} from 'node:readline';
import type {Command} from '../../engine/index.js';
import {presetSettings} from '../../settings/index.js';
import {strings} from '../../strings/index.js';
import {exitCodeOf, inTime} from '../console-end.js';
import {createConsoleParts} from '../console-parts.js';
import {unicodeGlyphs, asciiGlyphs} from '../glyphs.js';
import type {ConsoleOptions} from '../run-console.js';
import {followSettings, looksOf} from '../settings-effects.js';
import {summarize, type ConsoleSummary} from '../summary.js';
import {guardTerminal, type ConsoleEnd} from '../terminal-guard.js';
import {createTheme, type Theme} from '../theme.js';
import {createAnnouncements} from './announcements.js';
import {drawingSize} from './overlay-text.js';
import type {Question} from './questions.js';
import {createScreenless} from './screenless.js';

/** No attributes, words instead of glyphs, and frames that are taken off again. */
function plainTheme(times: string | undefined): Theme {
	const plain = createTheme({colour: false, ascii: true, isDumb: true});
	return {
		...plain,
		...(times === 'minutes' || times === 'off' ? {times} : {}),
		glyphs: {...asciiGlyphs, border: unicodeGlyphs.border},
	};
}

const controls = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

/** Runs until its user quits, the input ends or a signal comes; then as the console. */
export async function runLinear(
	options: Omit<ConsoleOptions, 'onFrame' | 'stop' | 'startOverlay'>,
): Promise<ConsoleSummary> {
	const {engine, stdin = process.stdin, stdout = process.stdout} = options;
	const {settings = presetSettings()} = options;
	let theme = plainTheme(looksOf(settings).times);
	const {promise: ended, resolve: endWith} =
		Promise.withResolvers<ConsoleEnd>();
	// Nobody hears a line that could move the cursor.
	const print = (line: string) => {
		stdout.write(`${line.replace(controls, '?')}\n`);
	};
	const parts = createConsoleParts({
		engine,
		settings,
		size: drawingSize,
		theme: () => theme,
		version: options.version,
		typedLines: options.typedLines,
		workplace: options.workplace,
		quit: () => endWith({kind: 'quit'}),
		...(options.addresses ? {addresses: options.addresses} : {}),
	});
	const {ui, actions, dispatch, value} = parts;
	const guard = guardTerminal({stdin, stdout}, endWith, 'plain');
	print(strings.linear.welcome(options.version));
	const stopSettings = followSettings({
		settings,
		env: options.env ?? process.env,
		dispatch,
		notify: text => print(text),
		redraw() {
			theme = plainTheme(looksOf(settings).times);
		},
	});

	let question: Question | undefined;
	const ask = (next: Question | undefined) => {
		question = next;
		for (const line of next?.lines ?? []) print(line);
	};
	const send = (command: Command) => dispatch(command);
	const stopShowing = createScreenless({
		engine,
		ui,
		value: () => ({...value, theme}),
		print,
		ask,
		dispatch: send,
		quit: actions.quit,
	});

	const announcements = createAnnouncements(() => theme);
	const announce = () => {
		const state = engine.getState();
		for (const line of announcements.next(state)) print(line);
		if (question?.isOver?.(state)) question = undefined;
	};
	const stopEvents = engine.on(({type}) => {
		const cutsAgain =
			type === 'stream/framingChanged' || type === 'peer/encodingChanged';
		if (cutsAgain) announcements.renumbered();
	});
	const stopAnnouncing = engine.subscribe(announce);
	announce();

	const input = createInterface({input: stdin, terminal: false});
	input.on('line', line => {
		if (question) {
			const asked = question;
			if (asked.answer(line) && question === asked) question = undefined;
		} else if (line.trim() !== '') {
			parts.submit(line);
		}
	});
	input.on('close', () => endWith({kind: 'quit'}));
	options.signal?.addEventListener('abort', () => endWith({kind: 'quit'}));

	const end = await ended;
	input.close();
	stopAnnouncing();
	stopEvents();
	stopShowing();
	stopSettings();
	parts.stopFollowing();
	parts.paced.close();
	const summary = summarize(engine.getState(), exitCodeOf(end));
	const kept = parts.closeWorkplace();
	await inTime(Promise.all([engine.close(), value.typedLines.settled(), kept]));
	guard.release();
	for (const line of summary.lines) print(line);
	// A terminal that is read keeps the process going.
	stdin.pause();
	if (end.kind === 'error') throw end.error;
	return summary;
}
