import {describe, expect, test} from 'vitest';
import {
	createPacedEngine,
	type PaceTimers,
} from '../../source/console/paced-engine.js';
import {
	createFakeEngine,
	peerConnected,
	received,
} from '../helpers/fake-engine.js';

function fakeTimers() {
	let now = 1000;
	let waiting: {at: number; callback: () => void} | undefined;
	const timers: PaceTimers = {
		now: () => now,
		after(delayMs, callback) {
			waiting = {at: now + delayMs, callback};
			return () => {
				waiting = undefined;
			};
		},
	};
	return {
		timers,
		isWaiting: () => waiting !== undefined,
		advance(ms: number) {
			now += ms;
			if (!waiting || waiting.at > now) return;
			const {callback} = waiting;
			waiting = undefined;
			callback();
		},
	};
}

function flooded(frameMs: number, seconds: number): number {
	const engine = createFakeEngine();
	const clock = fakeTimers();
	const paced = createPacedEngine(engine, clock.timers);
	engine.emit(peerConnected('bob'));
	let frames = 0;
	paced.subscribe(() => {
		frames++;
		paced.frameDrawn(frameMs);
	});
	for (let ms = 0; ms < seconds * 1000; ms += 5) {
		engine.emit(received('bob', 'x'));
		clock.advance(5);
	}

	return frames / seconds;
}

describe('the paced engine', () => {
	test('shows the first change at once, and the next ones together', () => {
		const engine = createFakeEngine();
		const clock = fakeTimers();
		const paced = createPacedEngine(engine, clock.timers);
		let shown = 0;
		paced.subscribe(() => shown++);
		engine.emit(peerConnected('bob'));
		expect(shown).toBe(1);
		engine.emit(received('bob', 'one'));
		engine.emit(received('bob', 'two'));
		expect(shown).toBe(1);
		const before = paced.getState();
		clock.advance(60);
		expect(shown).toBe(2);
		expect(paced.getState()).not.toBe(before);
		expect(paced.getState()).toBe(engine.getState());
		expect(clock.isWaiting()).toBe(false);
	});

	test('under a flood drawing takes at most about half of the time', () => {
		expect(flooded(5, 10)).toBeGreaterThan(15);
		expect(flooded(5, 10)).toBeLessThanOrEqual(21);
		expect(flooded(100, 10)).toBeLessThanOrEqual(6);
		expect(flooded(100, 10)).toBeGreaterThan(3);
	});

	test('what the person did is shown at once', () => {
		const engine = createFakeEngine();
		const clock = fakeTimers();
		const paced = createPacedEngine(engine, clock.timers);
		engine.emit(peerConnected('bob'));
		engine.emit(received('bob', 'one'));
		paced.refresh();
		expect(paced.getState()).toBe(engine.getState());
		expect(clock.isWaiting()).toBe(false);
	});

	test('is quiet once it is closed', () => {
		const engine = createFakeEngine();
		const clock = fakeTimers();
		const paced = createPacedEngine(engine, clock.timers);
		let shown = 0;
		paced.subscribe(() => shown++);
		paced.close();
		engine.emit(peerConnected('bob'));
		clock.advance(1000);
		expect(shown).toBe(0);
	});
});
