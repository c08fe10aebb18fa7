/** Engines that have verified each other and are in a room. */
import type {
	KeptRoom,
	PeerId,
	RoomsPort,
} from '../../../source/engine/ports.js';
import {SocktermError, type ErrorCode} from '../../../source/errors.js';
import type {
	EngineOptions,
	EngineUnderTest,
	World,
} from '../../helpers/engine-under-test.js';
import {signerOf} from '../../helpers/signer.js';
import {createMemoryTrust} from '../trust/trust-helpers.js';

export interface MemoryRooms extends RoomsPort {
	readonly kept: Map<string, KeptRoom>;
	fault: ErrorCode | undefined;
}

export function createMemoryRooms(): MemoryRooms {
	return {
		kept: new Map(),
		fault: undefined,
		async load() {
			return {rooms: structuredClone([...this.kept.values()]), problems: []};
		},
		async save(room) {
			if (this.fault) throw new SocktermError(this.fault, {path: '/state'});
			this.kept.set(room.name, structuredClone(room));
		},
		async remove(name) {
			this.kept.delete(name);
		},
	};
}

/** Somebody's file of pins, with these as verified peers under their names. */
export const knows = (...names: readonly string[]) =>
	createMemoryTrust({
		pins: names.map(name => ({
			peerId: signerOf(name).peerId,
			petname: name,
			addedAt: 1,
		})),
		blockedKeys: [],
		blockedAddresses: [],
	});

export interface MemberOptions extends EngineOptions {
	/** Whom it has verified. */
	readonly of: readonly string[];
}

/** An engine that has verified these. */
export const memberOf = (
	world: World,
	name: string,
	{of, ...options}: MemberOptions,
): EngineUnderTest =>
	world.engine(name, {
		signer: signerOf(name),
		rooms: createMemoryRooms(),
		trust: knows(...of.filter(each => each !== name)),
		...options,
	});

export const dial = (from: EngineUnderTest, to: EngineUnderTest) => {
	from.dispatch({
		type: 'peer/dial',
		target: {kind: 'peer', host: to.host, port: to.port},
	});
};

export const join = (engine: EngineUnderTest, room = 'lab') => {
	engine.dispatch({type: 'room/join', room});
};

export const say = (engine: EngineUnderTest, text: string, room = 'lab') => {
	engine.dispatch({type: 'chat/send', conversation: `#${room}`, text});
};

/** Everything that stands in a room's conversation, by whom: in the order of the screen. */
export function linesOf(
	{engine}: EngineUnderTest,
	room = 'lab',
): Array<{readonly who: string; readonly text: string}> {
	const rows = engine.getState().conversations.get(`#${room}`)?.rows.slice(0);
	return (rows ?? []).flatMap(row => {
		if (row.kind === 'sent') return [{who: 'self', text: String(row.text)}];
		if (row.kind !== 'received') return [];
		const by = row.by === undefined ? '' : ` by ${row.by}`;
		return [{who: `${row.name} ${row.trust}${by}`, text: String(row.text)}];
	});
}

export const textsOf = (engine: EngineUnderTest, room = 'lab') =>
	linesOf(engine, room).map(({text}) => text);

export const idOf = (name: string): PeerId => signerOf(name).peerId;

/** Who of a room is here, by name. */
export const hereOf = ({engine}: EngineUnderTest, room = 'lab') =>
	(engine.getState().rooms.get(`#${room}`)?.members ?? [])
		.filter(({isHere}) => isHere)
		.map(({name}) => String(name))
		.toSorted();
