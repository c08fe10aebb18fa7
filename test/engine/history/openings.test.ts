/** What is read of the history for those that come, and not for those that have gone. */
import {expect, onTestFinished, test} from 'vitest';
import {limits} from '../../../source/limits.js';
import {ConnectionRecorder} from '../../helpers/connection-recorder.js';
import {createWorld} from '../../helpers/engine-under-test.js';
import {createDirectHistory} from '../../helpers/history-port.js';
import {createTemporaryFolder} from '../../helpers/temporary-folder.js';

test('of a crowd that comes and goes while the disk is slow hardly anybody is read, and one at a time', async () => {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	const direct = createDirectHistory(folder.path);
	const disk = Promise.withResolvers<void>();
	let reading = 0;
	let most = 0;
	const read: string[] = [];
	const world = createWorld();
	const alice = world.engine('alice', {
		history: {
			...direct,
			async page(asked) {
				read.push(asked.key);
				reading++;
				most = Math.max(most, reading);
				await disk.promise;
				reading--;
				return direct.page(asked);
			},
		},
	});
	alice.engine.start();
	onTestFinished(async () => direct.close());
	await alice.listen();
	const network = world.network('crowd');
	const come = async () => {
		const connection = await network.dial(
			{host: alice.host, port: alice.port},
			'raw',
			new AbortController().signal,
		);
		const recorder = new ConnectionRecorder(connection);
		connection.write(new TextEncoder().encode('here\n'));
		return {connection, recorder};
	};

	const count = 3 * limits.departedPeers;
	for (let index = 0; index < count; index++) {
		const {connection} = await come();
		await alice.untilTrue(() => alice.of('peer/connected').length > index);
		connection.end();
		await alice.untilTrue(() => alice.of('peer/left').length > index);
	}

	await come();
	await alice.untilTrue(() => alice.of('peer/connected').length > count);
	const {peer: last} = alice.of('peer/connected').at(-1)!;
	disk.resolve();
	await alice.until('history/paged', ({conversation}) => conversation === last);
	expect(most).toBe(1);
	// All, the first that came, those whose row is still there, and the last one.
	expect(read.length).toBeLessThanOrEqual(limits.departedPeers + 3);
	expect(alice.engine.getState().peers.size).toBe(limits.departedPeers + 1);
});
