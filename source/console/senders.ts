/** Who sends datagrams, as a list to choose from. */
import type {DatagramSource, EngineState} from '../engine/index.js';
import {formatAddress} from '../util/address.js';
import {memoizeLast} from './selectors.js';
import type {DatagramLook} from './search/search-state.js';

const byAddress = new Intl.Collator('en', {numeric: true});

/** By address, so that the list does not dance while several talk at once. */
const sorted = memoizeLast(
	(sources: EngineState['datagrams']['sources']): readonly DatagramSource[] =>
		sources
			.values()
			.map(source => ({source, address: formatAddress(source.from)}))
			.sort((left, right) => byAddress.compare(left.address, right.address))
			.map(({source}) => source),
);

export const senderList = ({datagrams}: Pick<EngineState, 'datagrams'>) =>
	sorted(datagrams.sources);

/** The index under the cursor; 0 where that is nobody's. */
export function senderAtCursor(
	senders: readonly DatagramSource[],
	{cursor}: Pick<DatagramLook, 'cursor'>,
): number {
	const found = senders.findIndex(({from}) => formatAddress(from) === cursor);
	return Math.max(0, found);
}
