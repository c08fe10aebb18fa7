/** A peer of its own that talks while something else goes on, and how long each of its messages took. */
import {startPeer} from '../test/helpers/programs.js';
import {percentile, type Result} from './measure.js';

export interface ChatWatch {
	/** Ms of each message, from sending it to its acknowledgement. */
	stop(): Promise<number[]>;
}

/** Talks to whoever listens on the port, once the session is there. */
export async function watchChat(
	folder: string,
	port: number,
	intervalSeconds = 0.01,
): Promise<ChatWatch> {
	const peer = startPeer(folder, 'chat_round_trip.py', [
		'127.0.0.1',
		port,
		'--count',
		100_000,
		'--interval',
		intervalSeconds,
	]);
	await peer.waitForLine('connected', 60_000);
	return {
		async stop() {
			peer.endInput();
			const line = await peer.waitForLine('roundTripMs', 60_000);
			const {roundTripMs} = JSON.parse(line) as {roundTripMs: number[]};
			await peer.exit;
			return roundTripMs;
		},
	};
}

export function chatRows(
	what: string,
	values: readonly number[],
	goal?: string,
): Result[] {
	return [
		{
			what: `${what}, p50 of ${values.length}`,
			values: [percentile(values, 0.5)],
			unit: 'ms',
		},
		{
			what: `${what}, p99`,
			values: [percentile(values, 0.99)],
			unit: 'ms',
			...(goal ? {goal} : {}),
		},
	];
}
