/** Transfers of earlier runs: they read as they did when they were over. */
import {expect, test} from 'vitest';
import {rowLines} from '../../../source/console/format/row-layout.js';
import {toPastRows} from '../../../source/engine/history/past-rows.js';
import {initialState} from '../../../source/engine/index.js';
import type {KeptTransfer} from '../../../source/engine/ports.js';
import {rowContext, shown} from '../../helpers/byte-rows.js';
import {aPeerId, startOfTest} from '../../helpers/fake-engine.js';

const lineOf = (change: Partial<KeptTransfer>, key = `peer:${aPeerId}`) => {
	const kept = {
		kind: 'transfer',
		name: 'bob',
		direction: 'out',
		title: 'notes.txt',
		entries: 1,
		sizeBytes: 3,
		outcome: 'saved',
		...change,
	} as const;
	const row = {id: 1, key, at: startOfTest, run: 1, isThisRun: false};
	const [past] = toPastRows([{...row, order: 1, kept}], 'all', initialState);
	return shown(rowLines(past!.row, rowContext(80))).join('\n');
};

test.each<[Partial<KeptTransfer>, string]>([
	[{}, '↑ notes.txt  3 B  delivered'],
	[{entries: 3}, '↑ notes.txt and 2 more  3 B  delivered'],
	[{outcome: 'declined'}, '↑ notes.txt  3 B  bob declined'],
	[{outcome: 'failed'}, '↑ notes.txt  3 B  failed'],
	[{outcome: 'cancelled'}, '↑ notes.txt  3 B  cancelled'],
	[{direction: 'in', folder: '/here'}, '↓ notes.txt  3 B  saved in /here'],
	[{direction: 'in', outcome: 'declined'}, '↓ notes.txt  3 B  declined'],
])('%o reads as %s', (change, said) => {
	expect(lineOf(change)).toBe(`12:00:00 ${said}`);
});

test('nobody has confirmed what a plain peer was sent', () => {
	expect(lineOf({}, 'plain:10.0.0.7:50123')).toBe(
		'12:00:00 ↑ notes.txt  3 B  sent',
	);
});
