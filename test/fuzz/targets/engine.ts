/**
 * The engine itself on the memory network: a stranger's bytes on a control
 * connection, a lane or a plain one, beside an honest peer that must not notice.
 */
import {createNdjson} from '../../../source/headless/ndjson.js';
import {encodeMessage} from '../../../source/protocol/message-codec.js';
import {
	encodeAbort,
	encodeBegin,
	encodeDataHeader,
	encodeEnd,
} from '../../../source/protocol/lane-frames.js';
import {concatBytes, fromHex} from '../../../source/util/bytes.js';
import {
	connect,
	createWorld,
	type EngineUnderTest,
} from '../../helpers/engine-under-test.js';
import {
	connectRaw,
	connectSpeaker,
	introduceSpeaker,
	openLane,
} from '../../engine/speaker.js';
import {offerOf} from '../../engine/transfers/offering-speaker.js';
import {bytesOf, digestOf} from '../../engine/transfers/transfer-helpers.js';
import {checkAllSafe, checkSafe} from '../safe-output.js';
import type {FuzzChance, FuzzTarget} from '../target.js';
import {helloOf, messageOf} from './legal-messages.js';

async function meetHonest() {
	const world = createWorld();
	const alice = world.engine('alice');
	const bob = world.engine('bob');
	await alice.listen();
	const {there, back} = await connect(bob, alice);
	return {
		world,
		alice,
		/** The stranger may do to itself what it likes, and nothing else. */
		async checkUnharmed() {
			await world.settle();
			bob.dispatch({type: 'chat/send', conversation: there, text: 'fine?'});
			await world.settle();
			if (!alice.heard(back).includes('fine?')) {
				throw new Error('An honest peer was harmed.');
			}

			if (bob.of('peer/left').length + bob.of('peer/waiting').length > 0) {
				throw new Error('An honest session ended.');
			}

			checkEvents(alice);
		},
	};
}

/** Nothing of what the engine says can harm a screen or a log. */
function checkEvents({events, engine}: EngineUnderTest): void {
	const ndjson = createNdjson();
	for (const event of events) {
		checkAllSafe(event, event.type);
		const line = ndjson(event, engine.getState());
		for (const one of line.split('\n')) checkSafe(one, 'NDJSON');
	}
}

const saidBy = ({alice}: {alice: EngineUnderTest}) =>
	alice.said().map(({text}) => text);

/** What alice offers to the first one who introduces himself. */
async function offering() {
	const met = await meetHonest();
	const {world, alice} = met;
	const mallory = await introduceSpeaker(world, alice);
	const {peer} = alice.of('peer/connected').at(-1)!;
	alice.files.put('a', bytesOf(10));
	alice.dispatch({type: 'transfer/offer', peer, paths: ['a']});
	const {transfer} = await mallory.until('offer');
	alice.dispatch({type: 'trust/showCode', peer, code: '123456'});
	await mallory.until('pairShow');
	return {...met, mallory, transfer};
}

/** The same in every run. */
const {transfer: ours} = await offering();

const messagesOf = (chance: FuzzChance) =>
	Array.from({length: 1 + chance.below(5)}, () =>
		encodeMessage(messageOf(chance, [ours, '01'.repeat(16)])),
	);

const session: FuzzTarget = {
	name: 'a session of the engine, with an offer and a code',
	weight: 1,
	legal: chance => concatBytes(messagesOf(chance)),
	async read(pieces) {
		const met = await offering();
		const {mallory, alice, world} = met;
		for (const piece of pieces) mallory.write(piece);
		await met.checkUnharmed();
		if (alice.of('trust/paired').length > 0) {
			throw new Error('Paired with somebody who has no code.');
		}

		if (alice.folder.saved.size + alice.folder.openParts() > 0) {
			throw new Error('Something was written that nobody accepted.');
		}

		mallory.connection.destroy();
		await world.settle();
		return [mallory.all('error'), saidBy(met)];
	},
};

const stranger: FuzzTarget = {
	name: 'a session of the engine from its first byte',
	weight: 1,
	legal: chance =>
		concatBytes([encodeMessage(helloOf(chance)), ...messagesOf(chance)]),
	async read(pieces) {
		const met = await meetHonest();
		const {world, alice} = met;
		const speaker = await connectSpeaker(world.network('mallory'), alice);
		for (const piece of pieces) speaker.write(piece);
		await met.checkUnharmed();
		speaker.connection.destroy();
		await world.settle();
		return [speaker.all('error'), saidBy(met)];
	},
};

const sizes = [10, 0, 20];
const contents = sizes.map(size => bytesOf(size));
const digests = await Promise.all(
	contents.map(async content => fromHex(await digestOf(content))!),
);

const lane: FuzzTarget = {
	name: 'a lane of the engine',
	weight: 1,
	legal: chance =>
		concatBytes(
			sizes.flatMap((size, entry) =>
				chance.below(5) === 0
					? [encodeAbort({entry, code: 'fileUnreadable'})]
					: [
							encodeBegin({entry, held: 0, size}),
							...(size === 0
								? []
								: [encodeDataHeader(0, size), contents[entry]!]),
							encodeEnd({
								entry,
								digest: chance.below(5) === 0 ? digests[0]! : digests[entry]!,
							}),
						],
			),
		),
	async read(pieces) {
		const met = await meetHonest();
		const {world, alice} = met;
		const mallory = await introduceSpeaker(world, alice);
		mallory.say(offerOf(1, sizes));
		const {transfer} = await alice.until('transfer/offered');
		alice.dispatch({type: 'transfer/accept', transfer});
		const {ticket} = await mallory.until('lane');
		const opened = await openLane(mallory.network, alice, ticket);
		for (const piece of pieces) opened.write(piece);
		await met.checkUnharmed();
		if (mallory.isClosed) throw new Error('The session ended with its lane.');
		opened.connection.destroy();
		mallory.connection.destroy();
		await world.settle();
		for (const [name, saved] of alice.folder.saved) {
			const content = contents[Number(name.slice(1))];
			if (!content || Buffer.compare(saved, content) !== 0) {
				throw new Error(`${name} is not what its digest says.`);
			}
		}

		if (alice.folder.openParts() > 0) throw new Error('A part is left open.');
		return [...alice.folder.saved.keys()].sort();
	},
};

const plain: FuzzTarget = {
	name: 'a plain conversation of the engine',
	weight: 1,
	legal: chance =>
		concatBytes(
			Array.from({length: 1 + chance.below(5)}, () =>
				new TextEncoder().encode(
					chance.pick([
						'hi\n',
						'你好\r\n',
						'\u001B[2J\n',
						'\u0016\u0003\u0001',
						'x',
					]),
				),
			),
		),
	async read(pieces) {
		const met = await meetHonest();
		const {world, alice} = met;
		const {connection} = await connectRaw(world, alice);
		for (const piece of pieces) connection.write(piece);
		connection.end();
		await met.checkUnharmed();
		connection.destroy();
		await world.settle();
		return saidBy(met);
	},
};

export const engineTargets: readonly FuzzTarget[] = [
	session,
	stranger,
	lane,
	plain,
];
