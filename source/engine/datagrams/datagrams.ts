/**
 * UDP: one row a datagram, at most so many a second, and an honest count of all.
 * received = shown + dropped by us; what the kernel dropped is told beside it.
 * Nothing is ever answered by itself. What is sent, and which groups are joined,
 * is in `datagram-handlers.ts` and what it is made of.
 */
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {SequenceMeter} from './datagram-commands.js';
import {
	createDatagramSources,
	type DatagramSources,
} from './datagram-sources.js';
import type {ListenerId} from '../ids.js';
import type {DatagramHandlers, DatagramSocket} from '../ports.js';

export interface OpenSocket {
	readonly listener: ListenerId;
	readonly socket: DatagramSocket;
}

export interface Datagrams {
	/** For the socket of a listener. */
	handlersFor(listener: ListenerId): Required<Omit<DatagramHandlers, 'failed'>>;
	addSocket(listener: ListenerId, socket: DatagramSocket): void;
	removeSocket(listener: ListenerId): void;
	/** The listening sockets, newest last. */
	readonly sockets: readonly OpenSocket[];
	readonly sources: Pick<DatagramSources, 'listenerOf'>;
	/** One more was taken by the system. */
	countSent(): void;
	setMeter(meter: SequenceMeter | undefined): void;
	clear(): void;
	/** While held all that arrives is dropped by us: the front end cannot keep up. */
	hold(isHeld: boolean): void;
	stop(): Promise<void>;
}

const countEveryMs = 1_000;

export function createDatagrams(context: EngineContext): Datagrams {
	const {clock} = context.ports;
	const sockets: OpenSocket[] = [];
	const sources = createDatagramSources();
	let received = 0;
	let shown = 0;
	let sent = 0;
	/** As it was last read, of each socket; those that are closed together. */
	const kernelDrops = new Map<ListenerId, number>();
	let kernelDropsOfClosed: number | undefined;
	let receivedThisSecond = 0;
	let shownThisSecond = 0;
	let isMeasured = false;
	let isHeld = false;
	let cancelCount: (() => void) | undefined;
	let isBusy = false;
	let isStopped = false;

	const readKernelDrops = async () => {
		for (const {listener, socket} of sockets.slice()) {
			const drops = await socket.kernelDrops();
			const isOpen = sockets.some(each => each.listener === listener);
			if (drops !== undefined && isOpen) kernelDrops.set(listener, drops);
		}
	};

	const droppedByKernel = (): number | undefined => {
		let total = kernelDropsOfClosed;
		for (const drops of kernelDrops.values()) total = (total ?? 0) + drops;
		return total;
	};

	const emitCounts = () => {
		const byKernel = droppedByKernel();
		context.emit({
			type: 'datagram/counted',
			perSecond: receivedThisSecond,
			received,
			shown,
			droppedByUs: received - shown,
			sent,
			...(byKernel === undefined ? {} : {droppedByKernel: byKernel}),
		});
	};

	const emitSources = () => {
		if (sources.untold === 0) return;
		context.emit({
			type: 'datagram/sourcesCounted',
			sources: sources.takeUntold(),
			forgotten: sources.forgotten,
		});
	};

	// Counts are told once a second while anything arrives, and once more when it has stopped.
	const countLater = () => {
		if (isStopped) return;
		cancelCount ??= clock.after(countEveryMs, () => {
			void readKernelDrops().then(() => {
				if (isStopped) return;
				cancelCount = undefined;
				const isQuiet = receivedThisSecond === 0 && !isBusy;
				emitCounts();
				emitSources();
				receivedThisSecond = 0;
				shownThisSecond = 0;
				isBusy = false;
				if (!isQuiet || sources.untold > 0) countLater();
			});
		});
	};

	return {
		sockets,
		sources,
		handlersFor: listener => ({
			received(bytes, from) {
				if (isStopped) return;
				received++;
				receivedThisSecond++;
				const at = clock.now();
				const preciseMs = isMeasured ? (clock.precise?.() ?? at) : at;
				sources.heard(from, bytes, listener, at, preciseMs);
				const isWithin =
					context.isPipe || shownThisSecond < limits.datagramsShownPerSecond;
				if (isWithin && !isHeld) {
					shown++;
					shownThisSecond++;
					context.emit({type: 'datagram/received', from, listener, bytes});
				}

				if (!cancelCount) countLater();
			},
			groupLost(membership, error) {
				context.emit({type: 'datagram/left', ...membership, listener, error});
			},
			groupRegained(membership) {
				context.emit({type: 'datagram/joined', ...membership, listener});
			},
		}),
		addSocket(listener, socket) {
			sockets.push({listener, socket});
		},
		removeSocket(listener) {
			const index = sockets.findIndex(each => each.listener === listener);
			if (index === -1) return;
			sockets.splice(index, 1);
			const drops = kernelDrops.get(listener);
			kernelDrops.delete(listener);
			if (drops !== undefined) {
				kernelDropsOfClosed = (kernelDropsOfClosed ?? 0) + drops;
			}
		},
		countSent() {
			sent++;
			isBusy = true;
			countLater();
		},
		setMeter(meter) {
			isMeasured = meter !== undefined;
			sources.setMeter(meter);
			context.emit({
				type: 'datagram/meterChanged',
				...(meter === undefined ? {} : {meter}),
			});
		},
		clear() {
			sources.clear();
			context.emit({type: 'datagram/cleared'});
		},
		hold(wanted) {
			isHeld = wanted;
		},
		async stop() {
			isStopped = true;
			cancelCount?.();
			cancelCount = undefined;
			if (received + sent === 0) return;
			await readKernelDrops();
			emitCounts();
			emitSources();
		},
	};
}
