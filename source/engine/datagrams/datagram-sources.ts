/**
 * Who sends datagrams: a bounded table of senders with what came from each.
 * Decides whom to forget (the least recently heard one, counted) and who is told
 * of next; leaves when to tell to `datagrams.ts`. One call for each datagram: it
 * is on the way of hundreds of thousands a second.
 */
import {limits} from '../../limits.js';
import {formatAddress} from '../../util/address.js';
import type {SequenceMeter} from './datagram-commands.js';
import type {DatagramSource} from './datagram-events.js';
import type {ListenerId} from '../ids.js';
import type {Address} from '../ports.js';
import {createMeterState, type MeterState} from './sequence-meter.js';

interface Source {
	readonly key: string;
	/** The same object as of its last datagram: one that sends many in a row is known by it. */
	from: Address;
	/** That heard it last. */
	listener: ListenerId;
	received: number;
	receivedBytes: number;
	lastAt: number;
	/** Since it was told of. */
	untold: number;
	meter: MeterState | undefined;
	/** By when they were heard: the one before, and the one after. */
	older: Source | undefined;
	newer: Source | undefined;
}

export interface DatagramSources {
	/** At `at`; `preciseMs` is for the meter's jitter only. */
	heard(
		from: Address,
		payload: Uint8Array,
		listener: ListenerId,
		at: number,
		preciseMs: number,
	): void;
	/** Which listener heard an address last. */
	listenerOf(address: Address): ListenerId | undefined;
	/** Those heard since they were told of, the busiest first, at most `limits.datagramSourcesTold`. */
	takeUntold(): DatagramSource[];
	readonly untold: number;
	/** Senders that were forgotten for newer ones, ever. */
	readonly forgotten: number;
	/** All meters begin anew; undefined: nothing is measured. */
	setMeter(meter: SequenceMeter | undefined): void;
	clear(): void;
}

export function createDatagramSources(): DatagramSources {
	const sources = new Map<string, Source>();
	const untold = new Set<Source>();
	let meter: SequenceMeter | undefined;
	let oldest: Source | undefined;
	let newest: Source | undefined;
	let forgotten = 0;

	const unlink = (source: Source) => {
		if (source.older) source.older.newer = source.newer;
		else oldest = source.newer;
		if (source.newer) source.newer.older = source.older;
		else newest = source.older;
	};

	const append = (source: Source) => {
		source.older = newest;
		source.newer = undefined;
		if (newest) newest.newer = source;
		else oldest = source;
		newest = source;
	};

	const forgetOldest = () => {
		if (!oldest) return;
		const {key} = oldest;
		untold.delete(oldest);
		unlink(oldest);
		sources.delete(key);
		forgotten++;
	};

	const add = (key: string, from: Address, listener: ListenerId): Source => {
		if (sources.size >= limits.datagramSources) forgetOldest();
		const source: Source = {
			key,
			from,
			listener,
			received: 0,
			receivedBytes: 0,
			lastAt: 0,
			untold: 0,
			meter: meter && createMeterState(meter),
			older: undefined,
			newer: undefined,
		};
		sources.set(key, source);
		append(source);
		return source;
	};

	/** The sender's record, as the newest. */
	const find = (from: Address, listener: ListenerId): Source => {
		if (newest?.from === from) return newest;
		const key = formatAddress(from);
		const source = sources.get(key);
		if (!source) return add(key, from, listener);
		source.from = from;
		if (source !== newest) {
			unlink(source);
			append(source);
		}

		return source;
	};

	return {
		heard(from, payload, listener, at, preciseMs) {
			const source = find(from, listener);
			source.listener = listener;
			source.received++;
			source.receivedBytes += payload.length;
			source.lastAt = at;
			if (source.untold++ === 0) untold.add(source);
			source.meter?.push(payload, preciseMs);
		},
		listenerOf: address => sources.get(formatAddress(address))?.listener,
		takeUntold() {
			const busiest = [...untold]
				.sort((left, right) => right.untold - left.untold)
				.slice(0, limits.datagramSourcesTold);
			return busiest.map((source): DatagramSource => {
				untold.delete(source);
				source.untold = 0;
				const {from, received, receivedBytes, lastAt} = source;
				return {
					from,
					received,
					receivedBytes,
					lastAt,
					...(source.meter ? {meter: source.meter.counts()} : {}),
				};
			});
		},
		get untold() {
			return untold.size;
		},
		get forgotten() {
			return forgotten;
		},
		setMeter(wanted) {
			meter = wanted;
			for (const source of sources.values()) {
				source.meter = meter && createMeterState(meter);
			}
		},
		clear() {
			sources.clear();
			untold.clear();
			oldest = undefined;
			newest = undefined;
		},
	};
}
