/** Engines that pair, and a file of pins in memory. */
import type {Command, PeerKey} from '../../../source/engine/index.js';
import type {TrustBook, TrustPort} from '../../../source/engine/ports.js';
import {SocktermError, type ErrorCode} from '../../../source/errors.js';
import {
	createPair,
	peerIdOf,
	type EngineOptions,
	type EngineUnderTest,
	type Pair,
} from '../../helpers/engine-under-test.js';
import {Gate} from '../../helpers/gate.js';

export const code = '314159';

export interface MemoryTrust extends TrustPort {
	kept: TrustBook;
	fault: ErrorCode | undefined;
	/** While it is shut nothing becomes durable. */
	readonly gate: Gate;
}

export function createMemoryTrust(kept?: TrustBook): MemoryTrust {
	return {
		kept: kept ?? {pins: [], blockedKeys: [], blockedAddresses: []},
		fault: undefined,
		gate: new Gate(),
		async load() {
			if (this.fault) throw new SocktermError(this.fault, {path: '/state'});
			return structuredClone(this.kept);
		},
		async save(book) {
			await this.gate.pass();
			if (this.fault) throw new SocktermError(this.fault, {path: '/state'});
			this.kept = structuredClone(book);
		},
	};
}

/** Somebody's file, with these as verified peers. */
export const pinned = (...names: string[]) =>
	createMemoryTrust({
		pins: names.map(name => ({
			peerId: peerIdOf(name),
			petname: name,
			addedAt: 1,
		})),
		blockedKeys: [],
		blockedAddresses: [],
	});

let lastRef = 0;

/** Carries out a command; the code of what refused it, or undefined. */
export async function carryOut(
	engine: EngineUnderTest,
	command: Command,
): Promise<ErrorCode | undefined> {
	const ref = ++lastRef;
	engine.dispatch({...command, ref});
	await engine.untilTrue(() =>
		engine.events.some(
			event =>
				(event.type === 'command/done' || event.type === 'command/refused') &&
				event.ref === ref,
		),
	);
	return engine.of('command/refused').find(event => event.ref === ref)?.error
		.code;
}

/** Shows a code at one side and types one at the other. */
export async function pairBy(
	pair: Pair,
	options: {typed?: string; alice?: string; bob?: string} = {},
): Promise<void> {
	const {alice, bob, aliceKey, bobKey} = pair;
	const {typed = code} = options;
	const opened = alice.next('trust/codeOpened');
	await carryOut(bob, {
		type: 'trust/showCode',
		peer: aliceKey,
		code,
		...(options.alice ? {petname: options.alice} : {}),
	});
	await opened;
	await carryOut(alice, {
		type: 'trust/enterCode',
		peer: bobKey,
		code: typed,
		...(options.bob ? {petname: options.bob} : {}),
	});
}

/** Two engines that have verified each other, with a file each. */
export async function createVerifiedPair(
	options: {alice?: EngineOptions; bob?: EngineOptions} = {},
): Promise<Pair & {aliceTrust: MemoryTrust; bobTrust: MemoryTrust}> {
	const aliceTrust = createMemoryTrust();
	const bobTrust = createMemoryTrust();
	const pair = await createPair({
		alice: {...options.alice, trust: aliceTrust},
		bob: {...options.bob, trust: bobTrust},
	});
	const paired = [pair.alice, pair.bob].map(async side =>
		side.until('trust/paired'),
	);
	await pairBy(pair);
	await Promise.all(paired);
	return {...pair, aliceTrust, bobTrust};
}

/** What a peer counts as, and what it is called. */
export function shownAs(engine: EngineUnderTest, peer: PeerKey) {
	const found = engine.engine.getState().peers.get(peer);
	return found && {trust: found.trust, name: String(found.name)};
}
