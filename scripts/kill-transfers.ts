/**
 * npm run kill -- --kills 1000 [--seed N] [--minutes 60] [--limit 60MB] [--small 60] [--folder DIR]
 *
 * Kills sending and receiving programs at random moments, starts them again,
 * and looks after each kill whether anything is wrong: see
 * test/helpers/kill-rounds.ts and test/helpers/transfer-invariants.ts. Where
 * something is, it says the seed, keeps the folder and ends with 1.
 */
import {randomInt} from 'node:crypto';
import {parseArgs} from 'node:util';
import {runKillRounds} from '../test/helpers/kill-rounds.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';

const MiB = 1024 * 1024;
const {values} = parseArgs({
	options: {
		kills: {type: 'string', default: '1000'},
		seed: {type: 'string'},
		minutes: {type: 'string', default: '60'},
		limit: {type: 'string', default: '60MB'},
		small: {type: 'string', default: '60'},
		folder: {type: 'string'},
	},
});
const seed = Number(values.seed ?? randomInt(2 ** 31));
const folder = createTemporaryFolder(values.folder);
const startedAt = Date.now();
console.log(`seed ${seed}, in ${folder.path}`);
const report = await runKillRounds({
	folder: folder.path,
	seed,
	kills: Number(values.kills),
	timeLimitMs: Number(values.minutes) * 60_000,
	sizes: {bigBytes: [40 * MiB, 150 * MiB], small: Number(values.small)},
	limit: values.limit,
	longestMs: 2_000,
	killsPerRound: 20,
	peaceMs: 120_000,
	say: console.log,
});
const {rounds, kills, resumed, heldBytes, gaveUp, violations} = report;
console.log(
	`${kills.sender} kills of the sender and ${kills.receiver} of the receiver in ${rounds} rounds and ${Math.round((Date.now() - startedAt) / 1000)} s; ${resumed} entries went on with ${Math.round(heldBytes / 1e6)} MB held; ${gaveUp} senders gave up and were started again; ${violations.length} violations`,
);
if (violations.length === 0) {
	folder.remove();
} else {
	for (const violation of violations) console.error(violation);
	console.error(`seed ${seed}: everything is kept in ${folder.path}`);
	process.exitCode = 1;
}
