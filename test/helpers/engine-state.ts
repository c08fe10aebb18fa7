/** An `EngineState` as the engine's own reducer makes it from events, for tests of front ends. */
import {
	initialState,
	reduceAll,
	type EngineEvent,
	type EngineState,
	type EventBody,
	type PeerKey,
	type SafeText,
	type TransferId,
} from '../../source/engine/index.js';

export const peerKey = (text: string) => text as PeerKey;
export const safe = (text: string) => text as SafeText;
export const transferId = (text: string) => text as TransferId;

/** Folds events, each a second after the one before. */
export function stateOf(bodies: readonly EventBody[]): EngineState {
	const events = bodies.map((body, index): EngineEvent => ({
		...body,
		at: 1_000_000 + index * 1000,
	}));
	return reduceAll(initialState, events);
}

/** Somebody who connected: `peer` encrypted, `raw` plain. */
export function connected(
	name: string,
	options: {
		readonly kind?: 'peer' | 'raw';
		readonly host?: string;
		readonly isDialled?: boolean;
	} = {},
): EventBody {
	const {kind = 'peer', host = '10.0.0.5', isDialled = false} = options;
	return {
		type: 'peer/connected',
		peer: peerKey(`${kind}:${name}`),
		kind,
		name: safe(name),
		trust: kind === 'raw' ? 'PLAIN' : 'UNVERIFIED',
		encrypted: kind === 'peer',
		direction: isDialled ? 'out' : 'in',
		address: {host, port: 9090},
		...(isDialled ? {target: {kind, host, port: 9090}} : {}),
	};
}

/** Files that `name` offers us (or that we offer it). */
export function offered(
	id: string,
	name: string,
	files: ReadonlyArray<{readonly name: string; readonly sizeBytes: number}>,
	direction: 'in' | 'out' = 'in',
): EventBody {
	return {
		type: 'transfer/offered',
		transfer: transferId(id),
		peer: peerKey(`peer:${name}`),
		direction,
		entries: files.map(file => ({...file, name: safe(file.name)})),
		totalBytes: files.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
		freeBytes: 10_000_000_000,
		leftOut: 0,
		trust: 'UNVERIFIED',
	};
}
