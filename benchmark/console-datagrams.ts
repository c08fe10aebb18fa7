/**
 * The console under a 120×40 terminal while datagrams come in: frames, keys, messages of a peer and
 * the counts on its screen, which are read to the last one from the zoomed pane.
 */
import {setTimeout as delay} from 'node:timers/promises';
import {openConsole} from '../test/helpers/sockterm-side.js';
import {watchChat} from './chat-watch.js';
import {cpuSeconds, residentBytes} from './measure.js';
import {typeKeys} from './type-keys.js';

export interface Sent {
	readonly sent: number;
	readonly seconds: number;
}

export interface ConsoleCounts {
	readonly received: number;
	readonly shown: number;
	readonly droppedByUs: number;
	readonly droppedByKernel: number;
}

const counts =
	/([\d,]+) in, ([\d,]+) shown, dropped ([\d,]+) by us, ([\d,]+) by kernel/;

function readCounts(screen: string): ConsoleCounts | undefined {
	const found = counts.exec(screen);
	if (!found) return undefined;
	const [
		received = NaN,
		shown = NaN,
		droppedByUs = NaN,
		droppedByKernel = NaN,
	] = found.slice(1).map(text => Number(text.replaceAll(',', '')));
	return {received, shown, droppedByUs, droppedByKernel};
}

/** Ink marks each frame as one synchronized update. */
const framesIn = (output: string) => output.split('\u001B[?2026h').length - 1;

/** `flood` sends to a port and says how many; keys are typed until it has ended. */
export async function measureConsole(
	home: string,
	flood: (port: number) => Promise<Sent>,
) {
	const side = await openConsole({home});
	try {
		const chat = await watchChat(home, side.tcpPort, 0.05);
		const residentBefore = residentBytes(side.pid);
		const outputBefore = side.output().length;
		const cpuBefore = cpuSeconds(side.pid);
		const startedAt = performance.now();
		let isOver = false;
		const flooding = flood(side.udpPort).finally(() => {
			isOver = true;
		});
		// The sender is a program that takes its time to start.
		await side.waitFor('127.0.0.1:', 30_000);
		const keys = await typeKeys(side, () => isOver);
		const sent = await flooding;
		const chatMs = await chat.stop();
		const elapsed = (performance.now() - startedAt) / 1000;
		const frames = framesIn(side.output().slice(outputBefore));
		const cpu = (cpuSeconds(side.pid) ?? NaN) - (cpuBefore ?? NaN);

		side.write('\u001B');
		await delay(200);
		// Once around the panes at most.
		for (let pane = 0; pane < 4; pane++) {
			side.write('z');
			await delay(500);
			if (counts.test(side.screen().join('\n'))) break;
			side.write('z');
			await delay(200);
			side.write('\t');
			await delay(200);
		}

		const read = () => readCounts(side.screen().join('\n'));
		// Counts come once a second while anything changes.
		for (let waits = 0; waits < 50; waits++) {
			const {received = 0, droppedByKernel = 0} = read() ?? {};
			if (received + droppedByKernel === sent.sent) break;
			await delay(100);
		}

		return {
			...sent,
			counts: read(),
			keys,
			chatMs,
			framesPerSecond: frames / elapsed,
			cpuPercent: (cpu / elapsed) * 100,
			residentBefore,
			residentAfter: residentBytes(side.pid),
		};
	} finally {
		await side.close();
	}
}
