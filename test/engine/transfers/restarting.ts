/** Programs that end without a word, and others that take their place with the same key and the same disk. */
import type {
	EngineOptions,
	EngineUnderTest,
} from '../../helpers/engine-under-test.js';
import type {World} from '../../helpers/engine-under-test.js';
import type {
	Address,
	BoundListener,
	DialPurpose,
	Network,
} from '../../../source/engine/ports.js';
import {SocktermError} from '../../../source/errors.js';

/** A network that can be taken from its program. */
export function mortal() {
	const listeners: BoundListener[] = [];
	let isDead = false;
	return {
		wrap: (network: Network): Network => ({
			...network,
			async listenTcp(options, handlers) {
				const bound = await network.listenTcp(options, handlers);
				listeners.push(bound);
				return bound;
			},
			async dial(
				target: Address,
				purpose: DialPurpose,
				signal: AbortSignal,
			): Promise<never> {
				if (isDead) throw new SocktermError('unreachable');
				return (await network.dial(target, purpose as 'peer', signal)) as never;
			},
		}),
		/** The program hears and reaches nobody any more. */
		async die(world: World) {
			isDead = true;
			for (const bound of listeners) await bound.close();
			world.hub.cut();
			await world.settle();
		},
	};
}

/** The program starts anew on the machine of another one that has died. */
export async function restart(
	world: World,
	name: string,
	before: EngineUnderTest,
	options: EngineOptions = {},
): Promise<EngineUnderTest> {
	const {host, files, folder} = before;
	const again = world.engine(name, {host, files, folder, ...options});
	await again.listen();
	return again;
}
