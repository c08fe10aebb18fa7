import {describe, expect, test} from 'vitest';
import {runKillRounds} from '../helpers/kill-rounds.js';
import {testFolder} from '../helpers/sockterm-program.js';

const MiB = 1024 * 1024;

describe('kill -9 at random moments', () => {
	test('of the sender, the receiver and both: nothing is lost, doubled, half or outside', async () => {
		const seed = Date.now() % 1_000_000;
		const report = await runKillRounds({
			folder: testFolder(),
			seed,
			kills: 20,
			timeLimitMs: 45_000,
			sizes: {bigBytes: [6 * MiB, 24 * MiB], small: 20},
			limit: '20MB',
			longestMs: 1_500,
			killsPerRound: 12,
			peaceMs: 30_000,
		});
		expect(report.violations, `seed ${seed}`).toStrictEqual([]);
		expect(report.kills.sender).toBeGreaterThan(0);
		expect(report.kills.receiver).toBeGreaterThan(0);
		expect(report.resumed).toBeGreaterThan(0);
	});
});
