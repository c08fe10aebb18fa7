import {describe, expect, test} from 'vitest';
import {createQuota} from '../../source/transport/quota.js';

describe('quota', () => {
	test('counts in all and for each source, and back', () => {
		const quota = createQuota({total: 3, perSource: 2});
		const first = quota.tryEnter('a');
		expect(quota.tryEnter('a')).toBeDefined();
		expect(quota.tryEnter('a')).toBeUndefined();
		expect(quota.tryEnter('b')).toBeDefined();
		expect(quota.tryEnter('c')).toBeUndefined();
		first?.();
		expect(quota.tryEnter('c')).toBeDefined();
	});

	test('a release counts once', () => {
		const quota = createQuota({total: 2, perSource: 2});
		const first = quota.tryEnter('a');
		quota.tryEnter('a');
		first?.();
		first?.();
		expect(quota.tryEnter('a')).toBeDefined();
		expect(quota.tryEnter('a')).toBeUndefined();
	});

	test('the exempt are limited by the total alone', () => {
		const quota = createQuota({
			total: 3,
			perSource: 1,
			isExempt: source => source === 'home',
		});
		expect(quota.tryEnter('home')).toBeDefined();
		expect(quota.tryEnter('home')).toBeDefined();
		expect(quota.tryEnter('far')).toBeDefined();
		expect(quota.tryEnter('home')).toBeUndefined();
	});
});
