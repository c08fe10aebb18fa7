/**
 * npm run benchmark:parsers [-- --mib 1 --only "part of a name"]
 *
 * Every parser on 1 MiB of repeats that hurt parsers of its kind, given at once or,
 * where it never gets so much at once, as often as makes 1 MiB; where 1 MiB can never come,
 * what can. CPU time, so that
 * others who use the machine do not count; the shortest of five runs; what takes longer than 50 ms is marked.
 */
import {repeated, type Parser} from '../test/parsers/parser.js';
import {parsers} from '../test/parsers/parsers.js';
import {numberFlag, textFlag} from './measure.js';

const bytes = numberFlag('mib', 1) * 1024 ** 2;
const only = textFlag('only') ?? '';
const mostMs = 50;
let slow = 0;
for (const parser of parsers) {
	if (!parser.name.includes(only)) continue;
	const inAll = Math.min(bytes, parser.atMost?.bytes ?? Infinity);
	const size = Math.min(inAll, parser.mostBytes);
	let worst = {ms: 0, name: ''};
	for (const name of Object.keys(parser.repeats)) {
		const input = repeated(parser, name, size);
		const times = Math.ceil(inAll / size);
		let ms = Infinity;
		for (let run = 0; run < 5; run++) {
			const before = process.cpuUsage();
			for (let time = 0; time < times; time++) parser.read(input);
			const {user, system} = process.cpuUsage(before);
			ms = Math.min(ms, (user + system) / 1000);
			if (ms > 1_000) break;
		}

		if (ms > worst.ms) worst = {ms, name};
		if (ms <= mostMs) continue;
		slow++;
		console.log(`    ! ${parser.name}: ${name}: ${ms.toFixed(1)} ms`);
	}

	console.log(
		`${worst.ms.toFixed(1).padStart(8)} ms  ${parser.name} (${worst.name})${boundOf(parser, inAll)}`,
	);
}

/** What is less than was asked for, and why more cannot come. */
function boundOf({atMost}: Parser, inAll: number): string {
	return atMost && inAll < bytes
		? `; ${Math.round(inAll / 1024)} KiB: ${atMost.why}`
		: '';
}

console.log(`${slow} above ${mostMs} ms.`);
