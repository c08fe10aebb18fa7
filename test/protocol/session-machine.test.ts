import {describe, expect, it} from 'vitest';
import {
	controlMessages,
	type ControlName,
} from '../../source/protocol/messages.js';
import {advanceSession} from '../../source/protocol/session-machine.js';

const names = Object.keys(controlMessages) as ControlName[];
const others = names.filter(name => !['hello', 'error', 'bye'].includes(name));

describe('advanceSession', () => {
	it('wants HELLO first and once', () => {
		expect(advanceSession('awaitingHello', 'hello')).toBe('ready');
		expect(advanceSession('ready', 'hello')).toBeUndefined();
	});

	it('knows what is said of a transfer under way', () => {
		expect(others).toEqual(
			expect.arrayContaining(['pause', 'goOn', 'cancel', 'decline']),
		);
	});

	it.each(others)('takes %s only when ready', name => {
		expect(advanceSession('awaitingHello', name)).toBeUndefined();
		expect(advanceSession('ready', name)).toBe('ready');
	});

	it.each(['error', 'bye'] as const)('takes %s at any time', name => {
		expect(advanceSession('awaitingHello', name)).toBe('closing');
		expect(advanceSession('ready', name)).toBe('closing');
	});

	it.each(names)('reads and ignores %s when closing', name => {
		expect(advanceSession('closing', name)).toBe('closing');
	});
});
