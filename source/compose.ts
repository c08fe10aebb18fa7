/** The only place where adapters meet the engine. */
import {randomBytes} from 'node:crypto';
import {createEngine, type HostedEngine} from './engine/engine.js';
import type {Clock, Practice} from './engine/ports.js';
import {createPractice} from './practice.js';
import {controlProtocol, laneProtocol} from './protocol/messages.js';
import {normalizeEncoding} from './protocol/text-decoding.js';
import type {Settings} from './settings.js';
import {createFileSource} from './storage/file-source.js';
import {
	createIdentity,
	loadIdentity,
	type Identity,
} from './storage/identity.js';
import {createReceiveFolder} from './storage/receive-folder.js';
import {createNetwork} from './transport/network.js';

export const systemClock: Clock = {
	now: () => Date.now(),
	after(delayMs, callback) {
		const timer = setTimeout(callback, delayMs);
		return () => {
			clearTimeout(timer);
		};
	},
};

function assemble(
	settings: Settings,
	identity: Identity,
	practice?: Practice,
): HostedEngine {
	return createEngine(
		{
			clock: systemClock,
			random: length => new Uint8Array(randomBytes(length)),
			network: createNetwork({
				identity,
				protocols: {control: controlProtocol, lane: laneProtocol},
			}),
			files: createFileSource(),
			receiveFolder: createReceiveFolder(settings.receiveFolder),
			...(practice ? {practice} : {}),
		},
		{
			nick: settings.nick,
			peerId: identity.peerId,
			role: settings.role,
			fallbackEncoding: normalizeEncoding(settings.fallbackEncoding),
		},
	);
}

/** An engine with the identity of the state folder. Throws stateFolderUnusable, identityUnusable, encodingUnknown. */
export async function composeEngine(settings: Settings): Promise<HostedEngine> {
	const practice = createPractice(async folder =>
		assemble(
			{...settings, nick: 'practice', receiveFolder: folder},
			createIdentity(),
		),
	);
	return assemble(settings, await loadIdentity(settings.stateFolder), practice);
}
