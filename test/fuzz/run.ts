/**
 * npm run fuzz [-- --streams 5000000 --seed 1 --from 0 --only "part of a name"]
 *
 * Half of the streams are chance, half were legal; see `fuzz.ts`. Ends with 1 and
 * the smallest stream as soon as one is not stood.
 */
import {parseArgs} from 'node:util';
import {formatCount, formatSize} from '../../source/util/quantities.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';
import {fuzz, FuzzFailure} from './fuzz.js';
import {allTargets} from './targets/all.js';
import {writeIn} from './targets/files.js';

const {values} = parseArgs({
	options: {
		streams: {type: 'string', default: '5000000'},
		seed: {
			type: 'string',
			default:
				process.env['SOCKTERM_FUZZ_SEED'] ?? String(Date.now() % 2 ** 31),
		},
		from: {type: 'string', default: '0'},
		only: {type: 'string', default: ''},
	},
});
const streams = Number(values.streams);
const seed = Number(values.seed);
const targets = allTargets.filter(({name}) => name.includes(values.only));
const folder = createTemporaryFolder();
writeIn(folder.path);
const startedAt = performance.now();
const seconds = () => (performance.now() - startedAt) / 1000;
const isTerminal = process.stderr.isTTY;
let toldAt = 0;
console.log(`seed ${seed}, ${formatCount(streams)} streams`);
try {
	const {
		streams: counts,
		bytes,
		slowest,
		heapBytes,
	} = await fuzz({
		seed,
		from: Number(values.from),
		streams,
		targets,
		progress(done) {
			// On a terminal in place, else a line a minute.
			if (seconds() - toldAt < (isTerminal ? 1 : 60)) return;
			toldAt = seconds();
			const left = (toldAt / done) * (streams - done);
			process.stderr.write(
				`${isTerminal ? '\r' : ''}${formatCount(done)} streams, about ${Math.ceil(left)} s left ${isTerminal ? '' : '\n'}`,
			);
		},
	});
	if (isTerminal) process.stderr.write('\n');
	for (const [name, count] of counts) {
		console.log(`${formatCount(count).padStart(12)}  ${name}`);
	}

	console.log(
		`${formatCount(streams)} streams (${formatSize(bytes)}) in ${Math.round(seconds())} s: all stood.`,
	);
	console.log(
		`slowest: stream ${slowest.stream} (${slowest.target}), ${slowest.ms.toFixed(1)} ms; most heap ${formatSize(heapBytes)}`,
	);
} catch (error) {
	if (!(error instanceof FuzzFailure)) throw error;
	console.error(error.message);
	process.exitCode = 1;
} finally {
	folder.remove();
}
