/** A key as people read it to each other. */
import {fromHex, toZBase32} from '../../util/bytes.js';
import type {PeerId} from '../ids.js';

/** Z-base-32 in groups of four. */
export const formatPeerId = (peerId: PeerId): string =>
	toZBase32(fromHex(peerId) ?? new Uint8Array(0)).replaceAll(
		/.{4}(?=.)/g,
		'$& ',
	);
