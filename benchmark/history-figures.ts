/** The console over a long history and over none: its start, its pages and searches, its memory. */
import {existsSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {
	openConsole,
	type SocktermConsole,
} from '../test/helpers/sockterm-side.js';
import {fillHistory} from './history-fill.js';
import {cpuSeconds, ownBytes, residentBytes} from './measure.js';
import {settledBytes} from './settled.js';

/** A home with that many messages; made where there is none yet. */
export function homeWithHistory(home: string, messages: number): string {
	const state = join(home, 'state');
	mkdirSync(state, {recursive: true});
	if (!existsSync(join(state, 'history.db'))) {
		fillHistory(state, messages, {endAt: Date.now()});
	}

	return home;
}

export async function withConsole(
	home: string,
	args: readonly string[],
	use: (side: SocktermConsole) => Promise<void>,
): Promise<void> {
	let close: () => Promise<void> = async () => undefined;
	try {
		const side = await openConsole({
			home,
			args,
			onOpened(terminal) {
				close = terminal.close;
			},
		});
		await use(side);
	} finally {
		await close();
	}
}

export interface Costs {
	/** Ms of each. */
	readonly times: number[];
	/** Processor ms of the whole program, a mean: the system counts in steps of ten. */
	readonly cpuMs: number;
}

const cpuMsOf = (pid: number) => (cpuSeconds(pid) ?? Number.NaN) * 1000;

/** From the start of the program to a frame with its ports, and its processor time until then. */
export async function startToFrame(
	home: string,
): Promise<{readonly ms: number; readonly cpuMs: number}> {
	const startedAt = performance.now();
	let ms = Number.NaN;
	let cpuMs = Number.NaN;
	await withConsole(home, [], async ({pid}) => {
		ms = performance.now() - startedAt;
		cpuMs = cpuMsOf(pid);
	});
	return {ms, cpuMs};
}

async function costsOf(
	{pid}: SocktermConsole,
	count: number,
	work: (index: number) => Promise<unknown>,
	between: (index: number) => Promise<unknown> = async () => undefined,
): Promise<Costs> {
	const times: number[] = [];
	let cpuMs = 0;
	for (let index = 0; index < count; index++) {
		const cpuBefore = cpuMsOf(pid);
		const startedAt = performance.now();
		await work(index);
		times.push(performance.now() - startedAt);
		cpuMs += cpuMsOf(pid) - cpuBefore;
		await between(index);
	}

	return {times, cpuMs: cpuMs / count};
}

/** Up, a page each time. */
export const scroll = async (
	side: SocktermConsole,
	pages: number,
): Promise<Costs> =>
	costsOf(side, pages, async () => {
		const before = side.text();
		const changed = side.waitFor(text => text !== before);
		side.write('\u001B[5~');
		await changed;
	});

/** Rare, frequent and nowhere; of one character, two, and more. */
const needles = [
	'独一无二',
	'needle',
	'世界',
	'温度',
	'timeout retry',
	'zz',
	'独',
	'Q',
];

/** Each needle, until the first page of what is found is shown. */
export const search = async (
	side: SocktermConsole,
	count: number,
): Promise<Costs> =>
	costsOf(
		side,
		count,
		async index => {
			const found = side.waitFor(
				text =>
					text.includes('in the history') &&
					/\b\d+ lines?\b|is nowhere in/.test(text),
			);
			side.enter(`/search ${needles[index % needles.length]}`);
			await found;
		},
		async () => {
			side.write('\u001B');
			await side.waitFor(text => !text.includes('in the history'));
			side.write('i');
			await side.waitFor('type a message');
		},
	);

export interface HistoryFigures {
	readonly pages: Costs;
	readonly searches: Costs;
	readonly startBytes: number;
	/** Right after all of it, and once it has come to rest. */
	readonly busyBytes: number;
	readonly endBytes: number;
	/** Of those, without the program file. */
	readonly endOwnBytes: number;
}

export async function useHistory(
	home: string,
	pages: number,
	searches: number,
): Promise<HistoryFigures> {
	let figures: HistoryFigures | undefined;
	await withConsole(home, [], async side => {
		// A history of an earlier build gets its index first.
		await side.waitFor('this run begins', 120_000);
		const startBytes = await settledBytes(side.pid, {quietMs: 12_000});
		figures = {
			startBytes,
			pages: await scroll(side, pages),
			searches: await search(side, searches),
			busyBytes: residentBytes(side.pid) ?? Number.NaN,
			endBytes: await settledBytes(side.pid, {quietMs: 12_000}),
			endOwnBytes: ownBytes(side.pid) ?? Number.NaN,
		};
	});
	return figures!;
}
