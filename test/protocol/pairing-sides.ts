/** Two sides that pair, a line between them, and an exchange that costs nothing. */
import {createHash} from 'node:crypto';
import type {StartCpace} from '../../source/protocol/cpace.js';
import {
	createPairingMachine,
	type PairingMachine,
} from '../../source/protocol/pairing-machine.js';
import type {
	PairingInput,
	PairingOutput,
	PairMessage,
} from '../../source/protocol/pairing.js';

export const bytesOf = (label: string, length = 32) =>
	new Uint8Array(
		createHash('shake256', {outputLength: length}).update(label).digest(),
	);

const peerIds = new Map<string, Uint8Array>();
const peerIdOf = (name: string) => {
	const held = peerIds.get(name) ?? bytesOf(name);
	peerIds.set(name, held);
	return held;
};
const helloOf = (name: string) => Buffer.from(`{"nick":"${name}"}`);

/** Bytes as a string that is as long: quick to make, and to compare. */
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

let drawn = 0;
const next = (length: number) => {
	const bytes = Buffer.alloc(length);
	bytes.writeUInt32BE(++drawn);
	return new Uint8Array(bytes);
};

/** What each key and role gives; of a run that is over nobody asks any more. */
const tags = new Map<string, Uint8Array>();
const tagsKept = 1_000;

function tagOf(key: string): Uint8Array {
	const tag = tags.get(key) ?? next(64);
	tags.set(key, tag);
	const [oldest] = tags.keys();
	if (tags.size > tagsKept && oldest !== undefined) tags.delete(oldest);
	return tag;
}

/**
 * What CPace promises, without its cost: both have the same key only with the same
 * inputs, roles of their own, and the shares that were sent.
 */
export const idealCpace: StartCpace = (role, inputs) => {
	const share = next(32);
	const given = (Object.values(inputs) as Uint8Array[]).map(textOf).join('');
	return {
		share,
		finish(theirs) {
			if (textOf(theirs) === textOf(share)) return undefined;
			const shares = [textOf(share), textOf(theirs)];
			if (role === 'responder') shares.reverse();
			const key = given + shares.join('');
			const other = role === 'initiator' ? 'responder' : 'initiator';
			const expected = textOf(tagOf(key + other));
			return {
				tag: tagOf(key + role),
				accepts: tag => textOf(tag) === expected,
			};
		},
	};
};

export interface Side {
	readonly machine: PairingMachine;
	/** All that came out of it. */
	readonly outputs: PairingOutput[];
	/** What it sent and nobody took yet. */
	readonly sent: PairMessage[];
	step(input: PairingInput, nowMs?: number): readonly PairingOutput[];
	kinds(): string[];
	isPaired(): boolean;
}

export interface SideOptions {
	readonly us: string;
	readonly them: string;
	/** Names the connection. */
	readonly line?: string;
	readonly startCpace?: StartCpace;
}

export function createSide(options: SideOptions): Side {
	const {us, them, line = 'line', startCpace = idealCpace} = options;
	let calls = 0;
	const machine = createPairingMachine({
		us: {peerId: peerIdOf(us), hello: helloOf(us)},
		them: {peerId: peerIdOf(them), hello: helloOf(them)},
		exporter: bytesOf(line),
		random: length => bytesOf(`${us} ${line} ${calls++}`, length),
		startCpace,
	});
	const outputs: PairingOutput[] = [];
	const sent: PairMessage[] = [];
	return {
		machine,
		outputs,
		sent,
		step(input, nowMs = 0) {
			const fresh = machine.step(input, nowMs);
			outputs.push(...fresh);
			for (const output of fresh) {
				if (output.kind === 'send') sent.push(output.message);
			}

			return fresh;
		},
		kinds: () => outputs.flatMap(({kind}) => (kind === 'send' ? [] : [kind])),
		isPaired: () => outputs.some(({kind}) => kind === 'paired'),
	};
}

/** Carries what was sent to the other side, in order, until nobody says anything. */
export function deliver(one: Side, other: Side, nowMs = 0): void {
	for (;;) {
		const fromOne = one.sent.shift();
		if (fromOne) other.step({kind: 'received', message: fromOne}, nowMs);
		const fromOther = other.sent.shift();
		if (fromOther) one.step({kind: 'received', message: fromOther}, nowMs);
		if (!fromOne && !fromOther) return;
	}
}

/** Alice and bob on one connection. */
export function createSides(options: Partial<SideOptions> = {}): {
	alice: Side;
	bob: Side;
} {
	return {
		alice: createSide({...options, us: 'alice', them: 'bob'}),
		bob: createSide({...options, us: 'bob', them: 'alice'}),
	};
}
