/**
 * Keeps rooms on disk. Decides when: at once, and what changes while one is being
 * written is written after it. Invariants: of one room one write at a time; a room
 * that was left does not come back; that it cannot be written is told once, until
 * it can again.
 */
import {toErrorInfo} from '../../errors.js';
import type {EngineContext} from '../context.js';
import type {KeptRoom} from './room-port.js';

export interface RoomKeeper {
	/** `kept` is looked at when its turn has come. */
	changed(name: string, kept: () => KeptRoom): void;
	removed(name: string): void;
	/** Resolves once everything is written, or could not be. */
	settled(): Promise<void>;
}

type Task = {readonly kept: () => KeptRoom} | 'remove';

export function createRoomKeeper(context: EngineContext): RoomKeeper {
	const port = context.ports.rooms;
	const waiting = new Map<string, Task>();
	const running = new Map<string, Promise<void>>();
	let isFailing = false;

	const carryOut = async (name: string, task: Task) => {
		try {
			if (task === 'remove') await port?.remove(name);
			else await port?.save(task.kept());
			isFailing = false;
		} catch (error) {
			if (!isFailing) {
				context.emit({type: 'room/problem', error: toErrorInfo(error)});
			}

			isFailing = true;
		}
	};

	const run = async (name: string) => {
		for (let task = waiting.get(name); task; task = waiting.get(name)) {
			waiting.delete(name);
			await carryOut(name, task);
		}

		running.delete(name);
	};

	const add = (name: string, task: Task) => {
		if (!port) return;
		waiting.set(name, task);
		if (!running.has(name)) running.set(name, run(name));
	};

	return {
		changed(name, kept) {
			add(name, {kept});
		},
		removed(name) {
			add(name, 'remove');
		},
		async settled() {
			await Promise.all(running.values());
		},
	};
}
