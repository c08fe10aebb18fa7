/** An engine and somebody who speaks by hand, whoever of them dialled. */
import type {SecureConnection} from '../../source/engine/ports.js';
import {createWorld} from '../helpers/engine-under-test.js';
import {connectSpeaker, helloOf, LaneSpeaker, Speaker} from './speaker.js';

/** Who dialled: the one who speaks by hand, or the engine. */
export const dialled = ['us', 'them'] as const;
export type Dialled = (typeof dialled)[number];

/** Connected, and nobody has introduced himself. */
export async function meet(by: Dialled) {
	const world = createWorld();
	const alice = world.engine('alice');
	const network = world.network('mallory');
	/** Those that alice has dialled. */
	const lanes: LaneSpeaker[] = [];
	const {promise, resolve} = Promise.withResolvers<Speaker>();
	if (by === 'us') {
		await alice.listen();
		resolve(await connectSpeaker(network, alice));
	} else {
		const {address} = await network.listenTcp(
			{port: 0},
			{
				incoming(incoming) {
					incoming.start({
						classified({kind, connection}) {
							const secure = connection as SecureConnection;
							if (kind === 'lane') lanes.push(new LaneSpeaker(secure));
							else resolve(new Speaker(secure));
						},
						closed: () => undefined,
					});
				},
				refused: () => undefined,
				failed: () => undefined,
			},
		);
		alice.dispatch({type: 'peer/dial', target: {kind: 'peer', ...address}});
	}

	return {world, alice, network, lanes, speaker: await promise};
}

/** The same, and both have. */
export async function meetAsPeers(by: Dialled) {
	const met = await meet(by);
	met.speaker.say(helloOf());
	const {peer} = await met.alice.until('peer/connected');
	await met.speaker.until('hello');
	return {...met, peer};
}
