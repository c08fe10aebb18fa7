import {limits} from '../../limits.js';
import {createLog} from '../../util/log.js';
import type {EngineEvent} from '../events.js';
import type {DatagramRow, Datagrams, EngineState} from '../state.js';

const secondsKept = 60;

export const emptyDatagrams: Datagrams = {
	rows: createLog<DatagramRow>({maxItems: limits.datagramRows}),
	perSecond: [],
	lastCountedAt: 0,
	received: 0,
	shown: 0,
	droppedByUs: 0,
	sent: 0,
};

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
			const {at, from, sizeBytes, content} = event;
			const {kind, text} = content;
			return withRow({
				at,
				direction: 'in',
				address: from,
				sizeBytes,
				kind,
				text,
			});
		}

		case 'datagram/sent': {
			const {at, to, sizeBytes, text} = event;
			return withRow({
				at,
				direction: 'out',
				address: to,
				sizeBytes,
				kind: 'text',
				text,
			});
		}

		case 'datagram/failed': {
			const {at, to, error} = event;
			return withRow({
				at,
				direction: 'out',
				address: to,
				sizeBytes: 0,
				kind: 'problem',
				text: '',
				error,
			});
		}

		case 'datagram/counted': {
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
				rows: datagrams.rows,
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

		default: {
			return datagrams;
		}
	}
}
