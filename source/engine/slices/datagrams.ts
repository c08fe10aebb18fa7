/**
 * Datagrams as they are kept: the newest rows, whole, bounded by their number
 * and their bytes; the counts; the senders, of which those told of last stay;
 * and the groups that are joined.
 */
import {limits} from '../../limits.js';
import {formatAddress} from '../../util/address.js';
import {createLog} from '../../util/log.js';
import {createPersistentMap} from '../../util/persistent-map.js';
import type {DatagramSource, EngineEvent, EventBody} from '../events.js';
import type {
	DatagramRow,
	Datagrams,
	EngineState,
	JoinedGroup,
} from '../state.js';

const secondsKept = 60;

/** What a row takes beside its bytes: thousands of empty datagrams hold memory too. */
const rowBytes = 200;

export const emptyDatagrams: Datagrams = {
	rows: createLog<DatagramRow>({
		maxItems: limits.datagramRows,
		maxWeight: limits.datagramRowsBytes,
		weigh: ({bytes}) => bytes.length + rowBytes,
	}),
	perSecond: [],
	lastCountedAt: 0,
	received: 0,
	shown: 0,
	droppedByUs: 0,
	sent: 0,
	sources: createPersistentMap(),
	sourcesForgotten: 0,
	meter: undefined,
	encoding: undefined,
	groups: [],
};

const noBytes = new Uint8Array();

type Of<Type extends EventBody['type']> = Extract<EngineEvent, {type: Type}>;

function count(datagrams: Datagrams, event: Of<'datagram/counted'>): Datagrams {
	const {at, perSecond, received, shown, droppedByUs, sent} = event;
	const {droppedByKernel} = event;
	// Nothing is counted while nothing comes: the quiet seconds in between are zeros.
	const quiet = datagrams.lastCountedAt
		? Math.round((at - datagrams.lastCountedAt) / 1000) - 1
		: 0;
	const zeros = Array.from(
		{length: Math.min(Math.max(quiet, 0), secondsKept)},
		() => 0,
	);
	return {
		...datagrams,
		perSecond: [...datagrams.perSecond, ...zeros, perSecond].slice(
			-secondsKept,
		),
		lastCountedAt: at,
		received,
		shown,
		droppedByUs,
		sent,
		...(droppedByKernel === undefined ? {} : {droppedByKernel}),
	};
}

/** The newest are last, and the first ones go where there are too many. */
function withSources(
	datagrams: Datagrams,
	{sources: told, forgotten}: Of<'datagram/sourcesCounted'>,
): Datagrams {
	let {sources} = datagrams;
	for (const source of told) {
		const key = formatAddress(source.from);
		sources = sources.delete(key).set(key, source);
	}

	const surplus = sources.size - limits.datagramSources;
	for (const {from} of surplus > 0 ? sources.values().slice(0, surplus) : []) {
		sources = sources.delete(formatAddress(from));
	}

	return {...datagrams, sources, sourcesForgotten: forgotten};
}

function withMeter(
	datagrams: Datagrams,
	{meter}: Of<'datagram/meterChanged'>,
): Datagrams {
	let {sources} = datagrams;
	for (const {meter: _, ...source} of sources.values()) {
		const key = formatAddress(source.from);
		sources = sources.set(key, source satisfies DatagramSource);
	}

	return {...datagrams, meter, sources};
}

const isSame = (
	one: Pick<JoinedGroup, 'group' | 'on' | 'listener'>,
	{group, on, listener}: Of<'datagram/joined' | 'datagram/left'>,
): boolean => one.group === group && one.on === on && one.listener === listener;

function withGroup(
	datagrams: Datagrams,
	event: Of<'datagram/joined' | 'datagram/left'>,
): Datagrams {
	const {group, on, listener} = event;
	const error = event.type === 'datagram/left' ? event.error : undefined;
	const isGone = event.type === 'datagram/left' && !error;
	const known = datagrams.groups.some(each => isSame(each, event));
	const joined: JoinedGroup = {group, on, listener, error};
	const groups = isGone
		? datagrams.groups.filter(each => !isSame(each, event))
		: known
			? datagrams.groups.map(each => (isSame(each, event) ? joined : each))
			: [...datagrams.groups, joined];
	return {...datagrams, groups};
}

export function reduceDatagrams(
	state: EngineState,
	event: EngineEvent,
): Datagrams {
	const {datagrams} = state;
	const withRow = (row: DatagramRow): Datagrams => ({
		...datagrams,
		rows: datagrams.rows.append(row),
	});
	switch (event.type) {
		case 'datagram/received': {
			const {at, from: address, listener, bytes} = event;
			const direction = 'in';
			return withRow({
				at,
				direction,
				address,
				listener,
				bytes,
				error: undefined,
			});
		}

		case 'datagram/sent': {
			const {at, to: address, listener, bytes} = event;
			const direction = 'out';
			return withRow({
				at,
				direction,
				address,
				listener,
				bytes,
				error: undefined,
			});
		}

		case 'datagram/failed': {
			const {at, to, error} = event;
			return withRow({
				at,
				direction: 'out',
				address: to,
				listener: undefined,
				bytes: noBytes,
				error,
			});
		}

		case 'datagram/counted': {
			return count(datagrams, event);
		}

		case 'datagram/sourcesCounted': {
			return withSources(datagrams, event);
		}

		case 'datagram/meterChanged': {
			return withMeter(datagrams, event);
		}

		case 'datagram/encodingChanged': {
			return {...datagrams, encoding: event.encoding};
		}

		case 'datagram/joined':
		case 'datagram/left': {
			return withGroup(datagrams, event);
		}

		case 'datagram/cleared': {
			return {
				...datagrams,
				rows: emptyDatagrams.rows,
				sources: emptyDatagrams.sources,
			};
		}

		case 'listener/closed': {
			const groups = datagrams.groups.filter(
				each => each.listener !== event.listener,
			);
			return groups.length === datagrams.groups.length
				? datagrams
				: {...datagrams, groups};
		}

		default: {
			return datagrams;
		}
	}
}
