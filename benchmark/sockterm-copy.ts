/** Copies by the built program without a screen, each side with a home of its own, and what they cost. */
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import type {ChildProgram} from '../test/helpers/child-program.js';
import {startVerb} from '../test/helpers/programs.js';
import {
	homeFlags,
	openListening,
	type Listening,
} from '../test/helpers/sockterm-side.js';
import {watchPeak} from './measure.js';

export interface Copied {
	readonly elapsedMs: number;
	/** The most memory that each held at any time, where /proc tells. */
	readonly peakBytes: {readonly sender: number; readonly receiver: number};
}

export interface Sides {
	readonly folder: string;
	readonly receiver: Listening;
	/** `sockterm send` to that receiver. */
	send(paths: readonly string[], flags?: readonly string[]): ChildProgram;
	/** Ends the receiver and removes everything. */
	stop(): Promise<void>;
}

/** A receiver that takes everything, below `folder`. `port` is another way to it (a proxy). */
export async function openSides(
	folder: string,
	port?: (tcpPort: number) => Promise<number>,
): Promise<Sides> {
	const home = join(folder, 'receiving');
	const receiver = await openListening(home, ['--accept', 'all']);
	const target = port ? await port(receiver.tcpPort) : receiver.tcpPort;
	const sending = join(folder, 'sending');
	return {
		folder,
		receiver,
		send: (paths, flags = []) =>
			startVerb(folder, [
				'send',
				...paths,
				'--to',
				`127.0.0.1:${target}`,
				...homeFlags(sending),
				...flags,
			]),
		async stop() {
			await receiver.stop();
			for (const path of [home, sending]) {
				rmSync(path, {recursive: true, force: true});
			}
		},
	};
}

/** The whole life of the command `sockterm send`, its start included. */
export async function copyWithSockterm(
	folder: string,
	paths: readonly string[],
): Promise<Copied> {
	const sides = await openSides(folder);
	try {
		const startedAt = performance.now();
		const send = sides.send(paths);
		const {pid: senderPid = 0} = send.process;
		const {pid: receiverPid = 0} = sides.receiver.process;
		const peaks = [watchPeak(senderPid), watchPeak(receiverPid)] as const;
		const {code} = await send.exit;
		const elapsedMs = performance.now() - startedAt;
		const [sender, receiver] = [peaks[0].stop(), peaks[1].stop()];
		if (code !== 0) {
			throw new Error(`send ended with ${code}: ${send.errors()}`);
		}

		return {elapsedMs, peakBytes: {sender, receiver}};
	} finally {
		await sides.stop();
	}
}
