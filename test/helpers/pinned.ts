/** A state folder in which these keys are verified, written by the program's own storage. */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import type {PeerId} from '../../source/engine/ports.js';
import {createPins} from '../../source/storage/pins.js';

/** `home`: as `homeFlags` has it. */
export async function pin(
	home: string,
	pins: ReadonlyArray<{
		readonly peerId: PeerId;
		readonly petname: string;
		readonly target?: {readonly host: string; readonly port: number};
	}>,
): Promise<void> {
	const folder = join(home, 'state');
	mkdirSync(folder, {recursive: true, mode: 0o700});
	await createPins(folder).save({
		pins: pins.map(each => ({addedAt: 1, ...each})),
		blockedKeys: [],
		blockedAddresses: [],
	});
}
