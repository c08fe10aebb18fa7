/**
 * npm run benchmark:start [-- --runs 15]
 *
 * How long it takes until a person sees something: from starting `sockterm`
 * under a pseudo-terminal to its first frame, and `sockterm --version`, both
 * against `node -e 0` with the same Node in the same run, in turns.
 */
import {cleanEnvironment, socktermScript} from '../test/helpers/programs.js';
import {homeFlags} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {openTerminal} from '../test/helpers/terminal.js';
import {numberFlag, printTable, timeToExit} from './measure.js';

const runs = numberFlag('runs', 15);
const node = process.execPath;
const folder = createTemporaryFolder();
const env = cleanEnvironment(folder.path);

async function timeToFirstFrame(): Promise<number> {
	const startedAt = performance.now();
	const terminal = openTerminal({
		command: node,
		args: [
			socktermScript,
			'--host',
			'127.0.0.1',
			'--tcp',
			'0',
			'--udp',
			'0',
			...homeFlags(folder.path),
		],
		env,
	});
	try {
		await terminal.waitFor(text => text.includes('╭'));
		return performance.now() - startedAt;
	} finally {
		await terminal.close();
	}
}

const bare: number[] = [];
const version: number[] = [];
const frame: number[] = [];
// The first run of each fills the caches and does not count.
for (let run = -1; run < runs; run++) {
	const times = [
		await timeToExit(node, ['-e', '0'], env),
		await timeToExit(node, [socktermScript, '--version'], env),
		await timeToFirstFrame(),
	] as const;
	if (run < 0) continue;
	bare.push(times[0]);
	version.push(times[1]);
	frame.push(times[2]);
}
folder.remove();

printTable('Start', [
	{what: 'node -e 0', values: bare, unit: 'ms'},
	{
		what: 'sockterm --version',
		values: version,
		unit: 'ms',
		against: 'node -e 0',
		goal: '≤ 3 ×',
	},
	{
		what: 'sockterm, first frame',
		values: frame,
		unit: 'ms',
		against: 'node -e 0',
		goal: '≤ 10 ×',
	},
]);
