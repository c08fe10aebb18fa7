/** What V8 does with the memory of what is newest: seen in a process of its own, which it holds for. */
import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';

const program = new URL('../../source/young-heap.ts', import.meta.url).href;

/** How large the space for what is newest is after much was made and kept for a while. */
function youngBytes(each: string): number {
	const code = `
		import {getHeapSpaceStatistics} from 'node:v8';
		import {createYoungHeapBound} from '${program}';
		const bound = createYoungHeapBound();
		const kept = [];
		for (let index = 0; index < 1_000_000; index++) {
			const made = {index, list: [index, index + 1]};
			if (index % 10 === 0) kept.push(made);
			if (index % 1_000 === 0) {
				${each}
			}
		}
		const space = getHeapSpaceStatistics().find(each => each.space_name === 'new_space');
		console.log(space.space_size, kept.length);
	`;
	const said = execFileSync(
		process.execPath,
		['--input-type=module', '--eval', code],
		{encoding: 'utf8'},
	);
	return Number.parseInt(said, 10);
}

test('the young heap stays as large as it is at the start', () => {
	const MB = 1_000_000;
	expect(youngBytes('')).toBeGreaterThan(33 * MB);
	expect(youngBytes('bound();')).toBeLessThan(9 * MB);
});
