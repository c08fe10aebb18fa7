/**
 * Writes what the recorder keeps. Decides when: together, a few times a second, one
 * batch on its way at a time. Invariants: no session ever waits for it; a failure
 * is told once, what comes meanwhile is counted and said once it works again; what
 * is read afterwards sees what was said before.
 */
import {SocktermError, toErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {HistoryEntry, HistoryPort, Retention} from './history-port.js';
import {createHistoryQueue} from './history-queue.js';
import {createRecorder} from './recorder.js';

export interface HistoryKeeper {
	/** Opens it, and tells. */
	start(): void;
	/** What was said so far is on its way to the disk before anything that is asked next. Throws noHistory. */
	port(): HistoryPort;
	/** What waits of it is not written any more; missing: of all. */
	forget(key?: string): void;
	/** Resolves once it is known whether there is one. */
	readonly opened: Promise<boolean>;
	close(): Promise<void>;
}

export function createHistoryKeeper(
	context: EngineContext,
	port: HistoryPort,
	asked: Partial<Retention>,
): HistoryKeeper {
	const {clock} = context.ports;
	const recorder = createRecorder(context.state());
	const queue = createHistoryQueue();
	const {promise: opened, resolve: tellOpened} =
		Promise.withResolvers<boolean>();
	let phase: 'opening' | 'on' | 'failing' | 'over' = 'opening';
	let writing: Promise<void> | undefined;
	let cancelFlush: (() => void) | undefined;
	let cancelPrune: (() => void) | undefined;

	const fail = (error: unknown) => {
		if (phase !== 'failing') {
			phase = 'failing';
			const info = toErrorInfo(error);
			context.emit({type: 'history/failed', error: info, isOver: false});
		}
	};

	const lostRow = (): HistoryEntry[] => {
		const {messages, sizeBytes} = queue.takeLost();
		if (messages === 0) return [];
		return [
			{
				what: 'row',
				keys: ['all'],
				at: clock.now(),
				order: context.state().folded,
				part: 0,
				kept: {kind: 'unkept', messages, sizeBytes},
				text: '',
			},
		];
	};

	/** What could not be written is as what did not fit. */
	const giveUp = (entries: readonly HistoryEntry[]) => {
		for (const entry of entries) queue.lose(entry);
	};

	const write = async (entries: readonly HistoryEntry[]) => {
		if (entries.length === 0) return;
		try {
			await port.append(entries);
			if (phase === 'failing') {
				phase = 'on';
				context.emit({type: 'history/recovered'});
			}
		} catch (error) {
			giveUp(entries);
			fail(error);
		}
	};

	const flush = async () => {
		cancelFlush = undefined;
		await writing;
		queue.add(recorder.leftOut(clock.now()));
		const batch = [...lostRow(), ...queue.take()];
		writing = write(batch);
		await writing;
		writing = undefined;
		if (queue.size > 0 || recorder.hasLeftOut()) arm();
	};

	function arm(): void {
		if (phase === 'opening' || phase === 'over') return;
		const delayMs =
			phase === 'failing' ? limits.historyRetryMs : limits.historyBatchMs;
		cancelFlush ??= clock.after(delayMs, () => void flush());
	}

	const stopListening = context.on(event => {
		if (phase === 'over') return;
		const entries = recorder.of(event, context.state());
		if (entries.length > 0) queue.add(entries);
		if (queue.size > 0 || recorder.hasLeftOut()) arm();
	});

	const prune = async () => {
		const removed = await port.prune(clock.now()).catch(() => 0);
		if (phase === 'over') return;
		// A little at a time: what is asked meanwhile has its turn.
		const delayMs = removed > 0 ? limits.historyBatchMs : limits.historyPruneMs;
		cancelPrune = clock.after(delayMs, () => void prune());
	};

	const end = () => {
		phase = 'over';
		stopListening();
		queue.takeAll();
		cancelFlush?.();
		cancelPrune?.();
	};

	const open = async () => {
		try {
			const {setAside: path} = await port.open(context.instance, asked);
			if (phase === 'over') return;
			phase = 'on';
			context.emit({
				type: 'history/opened',
				...(path === undefined
					? {}
					: {error: new SocktermError('historyDamaged', {path}).info}),
			});
			tellOpened(true);
			arm();
			cancelPrune = clock.after(limits.historyPruneFirstMs, () => void prune());
		} catch (error) {
			end();
			const info = toErrorInfo(error);
			context.emit({type: 'history/failed', error: info, isOver: true});
			tellOpened(false);
		}
	};

	return {
		opened,
		start() {
			void open();
		},
		port() {
			if (phase === 'over' || phase === 'opening') {
				throw new SocktermError('noHistory');
			}

			if (phase === 'on') void write([...lostRow(), ...queue.takeAll()]);
			return port;
		},
		forget(key) {
			recorder.forget(key);
		},
		async close() {
			if (phase === 'on') {
				cancelFlush?.();
				await writing;
				const rest = recorder.leftOut(clock.now(), true);
				await write([...lostRow(), ...queue.takeAll(), ...rest]);
			}

			end();
			tellOpened(false);
			await port.close();
		},
	};
}
