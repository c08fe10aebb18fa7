/**
 * npm run benchmark:slow-writers [-- --handshakes 200 --lines 200 --dials 30]
 *
 * Handshakes and lines that come a byte a second, each from an address of its own,
 * against the console: when the handshakes are gone, whether the lines stay, and
 * how long an ordinary peer takes from dialling to the other side's HELLO meanwhile.
 */
import {setTimeout as delay} from 'node:timers/promises';
import {limits} from '../source/limits.js';
import {startPeer} from '../test/helpers/programs.js';
import {openConsole} from '../test/helpers/sockterm-side.js';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {numberFlag, percentile, printTable} from './measure.js';
import {printVerdict} from './verdict.js';

const handshakes = numberFlag('handshakes', 200);
const lines = numberFlag('lines', 200);
const dials = numberFlag('dials', 30);

const folder = createTemporaryFolder();
const side = await openConsole({home: folder.path});
try {
	const slow = startPeer(folder.path, 'slow_writers.py', [
		'127.0.0.1',
		side.tcpPort,
		'--handshakes',
		handshakes,
		'--lines',
		lines,
	]);
	await slow.waitForLine('begun', 60_000);
	const startedAt = performance.now();
	const normal = startPeer(folder.path, 'time_dials.py', [
		'127.0.0.1',
		side.tcpPort,
		'--count',
		dials,
		'--seconds',
		(limits.handshakeMs - 2_000) / 1_000,
	]);
	const dialled = JSON.parse(await normal.waitForLine('dialMs', 60_000)) as {
		dialMs: number[];
		failed: number;
	};
	const gone = JSON.parse(await slow.waitForLine('gone', 30_000)) as {
		gone: {handshakes: number[]; lines: number};
	};
	await delay(1_000);
	slow.endInput();
	const {left} = JSON.parse(await slow.waitForLine('left', 10_000)) as {
		left: number;
	};
	const lived = gone.gone.handshakes;
	const deadline = limits.handshakeMs / 1_000;
	// Those that gave way to others went before.
	const atDeadline = lived.filter(each => each > deadline - 1);
	printTable(
		`${handshakes} slow handshakes and ${lines} slow lines, ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`,
		[
			{
				what: 'handshakes that gave way',
				values: [lived.length - atDeadline.length],
				unit: '',
			},
			{
				what: 'handshakes closed at the deadline',
				values: [atDeadline.length],
				unit: '',
			},
			{what: 'they lived', values: atDeadline, unit: 's'},
			{
				what: 'an ordinary peer is there after',
				values: dialled.dialMs,
				unit: 'ms',
			},
		],
	);
	printVerdict([
		{what: 'handshakes gone', value: lived.length, least: handshakes, unit: ''},
		{
			what: 'the last one after',
			value: Math.max(...lived),
			least: deadline - 1,
			most: deadline + 1,
			unit: 's',
		},
		{
			what: 'held to the deadline (all places but those that others needed)',
			value: atDeadline.length,
			least: Math.min(handshakes, limits.handshakes) - dials,
			unit: '',
		},
		{what: 'slow lines that stay', value: left, least: lines, unit: ''},
		{
			what: 'ordinary peers that failed',
			value: dialled.failed,
			most: 0,
			unit: '',
		},
		{
			what: `ordinary peer, slowest of ${dialled.dialMs.length}`,
			value: percentile(dialled.dialMs, 1),
			most: 1_000,
			unit: 'ms',
		},
	]);
} finally {
	await side.close();
	folder.remove();
}
