/**
 * What the receiver of files says on their lane. Small files are saved many at a
 * time: what is said in one turn goes out together, in its order.
 */
import {limits} from '../../limits.js';
import {encodeFailed, encodeSaved} from '../../protocol/lane-frames.js';
import type {Connection, SafeName} from '../ports.js';

export interface LaneAnswers {
	saved(entry: number, name: string): void;
	failed(entry: number, code: string): void;
	/** Now, because the lane is about to end. */
	flush(): void;
}

export function createLaneAnswers(connection: Connection): LaneAnswers {
	let unsaid: Uint8Array[] = [];
	const flush = () => {
		if (unsaid.length > 0) connection.writeMany(unsaid);
		unsaid = [];
	};

	const say = (frame: Uint8Array) => {
		unsaid.push(frame);
		if (unsaid.length === 1) queueMicrotask(flush);
	};

	return {
		saved(entry, name) {
			say(encodeSaved({entry, name}));
		},
		failed(entry, code) {
			say(encodeFailed({entry, code}));
		},
		flush,
	};
}

/** The path as SAVED carries it; of one that grew too long by the numbers it got, the end. */
export function toSavedName(path: readonly SafeName[]): string {
	const name = path.join('/');
	const {length} = new TextEncoder().encode(name);
	return length > 4 * limits.nameBytes ? path.at(-1)! : name;
}
