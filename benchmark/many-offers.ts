/**
 * A program that offers each of its paths as a transfer of its own to one peer,
 * all to be sent at the same time, and ends when all are finished. The verbs make
 * one transfer of all paths; a console makes several, but has a screen to draw.
 *
 *   node --import ./scripts/typescript-imports.mjs benchmark/many-offers.ts PORT HOME PATH…
 */
import {join} from 'node:path';
import {composeEngine} from '../source/compose.js';
import {toNdjson} from '../source/headless/ndjson.js';

const [port, home = '.', ...paths] = process.argv.slice(2);
const engine = await composeEngine({
	nick: 'many',
	receiveFolder: join(home, 'received'),
	stateFolder: join(home, 'state'),
	fallbackEncoding: 'utf8',
	role: 'script',
	transfersAtOnce: paths.length,
});
let finished = 0;
engine.on(event => {
	process.stdout.write(toNdjson(event, engine.getState()));
	if (event.type === 'peer/connected') {
		for (const path of paths) {
			engine.dispatch({
				type: 'transfer/offer',
				peer: event.peer,
				paths: [path],
			});
		}
	}

	if (event.type === 'transfer/finished') {
		finished++;
		if (event.outcome.kind !== 'saved') process.exitCode = 1;
		if (finished === paths.length) void engine.close();
	}
});
engine.dispatch({
	type: 'peer/dial',
	target: {kind: 'peer', host: '127.0.0.1', port: Number(port)},
});
