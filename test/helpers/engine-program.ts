/**
 * An engine as a program of its own, for tests that need it elsewhere: in a
 * network namespace. Commands come in as JSON lines, events go out as NDJSON; it
 * ends with its input. Takes a folder for its state.
 */
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {composeEngine} from '../../source/compose.js';
import type {Command} from '../../source/engine/index.js';
import {toNdjson} from '../../source/headless/ndjson.js';

const home = process.argv[2]!;
const engine = await composeEngine({
	nick: 'alice',
	receiveFolder: join(home, 'received'),
	stateFolder: join(home, 'state'),
	fallbackEncoding: 'gb18030',
	role: 'console',
});
engine.on(event => {
	process.stdout.write(toNdjson(event, engine.getState()));
});
engine.start();
createInterface({input: process.stdin})
	.on('line', line => {
		engine.dispatch(JSON.parse(line) as Command);
	})
	.on('close', () => {
		void engine.close().then(() => process.exit());
	});
