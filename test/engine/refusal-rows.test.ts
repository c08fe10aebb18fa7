import {expect, test} from 'vitest';
import {
	initialState,
	reduceAll,
	type EngineEvent,
} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {safe} from '../helpers/fake-engine.js';

test('rows of refusals that follow each other are one, with what they have in common', () => {
	const refused = (count: number, host: string, at: number) => ({
		type: 'peer/refused' as const,
		count,
		error: errorInfo('tooManyConnections', {host, limit: 2}),
		at,
	});
	const folded = (...events: readonly EngineEvent[]) =>
		reduceAll(initialState, events).conversations.get('all')!.rows.slice(0);
	const later = limits.refusalsTogetherMs;
	const together = folded(
		refused(1, '10.0.0.1', 1_000),
		refused(4_000, '10.0.0.1', 2_000),
		refused(999, '10.0.0.2', 2_000 + later),
	);
	expect(together).toMatchObject([
		{kind: 'problem', refused: 5_000, at: 2_000 + later, order: 2},
	]);
	expect(together[0]).toMatchObject({error: {details: {limit: 2}}});
	expect(together[0]).not.toHaveProperty('error.details.host');
	// After a while, for another reason, or behind something else it is a row of its own.
	const note: EngineEvent = {
		type: 'stream/noted',
		conversation: 'all',
		text: safe('in between'),
		at: 1_000,
	};
	const apart = folded(
		refused(1, '10.0.0.1', 1_000),
		refused(1, '10.0.0.1', 1_001 + later),
		{
			...refused(1, '10.0.0.1', 1_001 + later),
			error: errorInfo('tlsFailed'),
		},
		note,
		{
			...refused(1, '10.0.0.1', 1_001 + later),
			error: errorInfo('tlsFailed'),
		},
	);
	expect(apart.map(({kind}) => kind)).toEqual([
		'problem',
		'problem',
		'problem',
		'note',
		'problem',
	]);
});
