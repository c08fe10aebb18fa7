/**
 * npm run benchmark:tls-peers [-- --peers 500 --seconds 75]
 *
 * A console under a 120×40 terminal with many encrypted peers, each with its own key,
 * that answer pings and are quiet otherwise: how much memory each costs, and whether
 * any of them is cut in some rounds of pings. Memory needs /proc.
 */
import {setTimeout as delay} from 'node:timers/promises';
import {limits} from '../source/limits.js';
import {startPeer} from '../test/helpers/programs.js';
import {openConsole} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {numberFlag, percentile, printTable} from './measure.js';
import {openDescriptors, settledBytes} from './settled.js';
import {typeKeys} from './type-keys.js';
import {printVerdict} from './verdict.js';

const count = numberFlag('peers', 500);
const seconds = numberFlag('seconds', 75);

const folder = createTemporaryFolder();
const side = await openConsole({home: folder.path});
try {
	const before = await settledBytes(side.pid);
	const descriptors = openDescriptors(side.pid);
	const peers = startPeer(folder.path, 'many_peers.py', [
		'127.0.0.1',
		side.tcpPort,
		count,
	]);
	const said = await peers.waitForLine('ready', 300_000);
	const {ready} = JSON.parse(said) as {ready: number};
	const startedAt = performance.now();
	await side.waitFor(new RegExp(`\\b${count} peers\\b`), 60_000);
	const during = await settledBytes(side.pid);
	const keys = await typeKeys(
		side,
		() => performance.now() - startedAt > 30_000,
	);
	await delay(Math.max(0, startedAt + seconds * 1_000 - performance.now()));
	peers.endInput();
	const end = JSON.parse(await peers.waitForLine('left', 60_000)) as {
		left: number;
		pings: number;
		fewest: number;
	};
	await side.waitFor(/\b0 peers\b/, 60_000);
	const after = await settledBytes(side.pid);
	printTable(`${count} encrypted peers for ${seconds} s`, [
		{what: 'memory before', values: [before / 1e6], unit: 'MB'},
		{what: 'memory with them', values: [during / 1e6], unit: 'MB'},
		{what: 'memory after they left', values: [after / 1e6], unit: 'MB'},
		{what: 'pings answered', values: [end.pings], unit: ''},
		{what: 'key to screen, p50', values: [percentile(keys, 0.5)], unit: 'ms'},
	]);
	printVerdict([
		{what: 'sessions', value: ready, least: count, unit: ''},
		{what: 'cut by mistake', value: ready - end.left, most: 0, unit: ''},
		{
			what: 'pings of each, at least',
			value: end.fewest,
			least: Math.floor((seconds * 1_000) / limits.pingMs) - 1,
			unit: '',
		},
		{
			what: 'memory each',
			value: (during - before) / count / 1024,
			most: 200,
			unit: 'KiB',
		},
		{
			what: `key to screen, p99 of ${keys.length}`,
			value: percentile(keys, 0.99),
			most: 100,
			unit: 'ms',
		},
		{
			what: 'descriptors left',
			value: openDescriptors(side.pid) - descriptors,
			most: 0,
			unit: '',
		},
	]);
} finally {
	await side.close();
	folder.remove();
}
