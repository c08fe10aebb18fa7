/** Pairing against whoever is not honest: any order, any split, guessing, the man in the middle. */
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {startCpace} from '../../source/protocol/cpace.js';
import {createFrameDecoder} from '../../source/protocol/frame-decoder.js';
import {
	decodeMessage,
	encodeMessage,
} from '../../source/protocol/message-codec.js';
import {
	createPairingCode,
	readPairingCode,
} from '../../source/protocol/pairing-inputs.js';
import type {
	PairingInput,
	PairingOutput,
	PairMessage,
} from '../../source/protocol/pairing.js';
import {concatBytes} from '../../source/util/bytes.js';
import {createRandom} from '../../source/util/random.js';
import {framesOf} from '../helpers/frames.js';
import {
	createSide,
	createSides,
	deliver,
	type Side,
} from '../protocol/pairing-sides.js';
import {places, splitAt} from './split-input.js';

const round = fc.integer({min: 1, max: 4});
const attempt = fc.integer({min: 1, max: limits.pairingAttempts});
const hex = (bytes: number) =>
	fc
		.uint8Array({minLength: bytes, maxLength: bytes})
		.map(each => Buffer.from(each).toString('hex'));
const anyMessage: fc.Arbitrary<PairMessage> = fc.oneof(
	fc.record({name: fc.constant('pairShow' as const), round}),
	fc.record({
		name: fc.constant('pairShare' as const),
		round,
		attempt,
		share: hex(32),
	}),
	fc.record({
		name: fc.constant('pairReply' as const),
		round,
		attempt,
		share: hex(32),
		tag: hex(64),
	}),
	fc.record({
		name: fc.constant('pairConfirm' as const),
		round,
		attempt,
		tag: hex(64),
	}),
	fc.record({name: fc.constant('pairWrong' as const), round, attempt}),
	fc.record({
		name: fc.constant('pairEnd' as const),
		round,
		reason: fc.constantFrom('expired', 'withdrawn', 'burnt'),
	}),
);
const ofOurs: fc.Arbitrary<PairingInput> = fc.oneof(
	fc.constant({kind: 'show', code: '123456'} as const),
	fc.constant({kind: 'enter', code: '654321'} as const),
	fc.constant({kind: 'withdraw'} as const),
	fc.constant({kind: 'woken'} as const),
);
const anyInput: fc.Arbitrary<PairingInput> = fc.oneof(
	{weight: 1, arbitrary: ofOurs},
	{
		weight: 2,
		arbitrary: anyMessage.map(
			message => ({kind: 'received', message}) as const,
		),
	},
);

const sentNames = (outputs: readonly PairingOutput[]) =>
	outputs.flatMap(output => (output.kind === 'send' ? [output.message] : []));

describe('any messages in any order', () => {
	it('pair nobody, and never get more than is counted', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(anyInput, fc.nat(40_000)), {maxLength: 60}),
				steps => {
					const side = createSide({us: 'alice', them: 'bob'});
					let nowMs = 0;
					for (const [input, waitMs] of steps) {
						nowMs += waitMs;
						side.step(input, nowMs);
					}

					expect(side.isPaired()).toBe(false);
					const perRound = new Map<string, number>();
					for (const message of sentNames(side.outputs)) {
						if (!('attempt' in message) || message.name === 'pairWrong') {
							continue;
						}

						const key = `${message.name} ${message.round}`;
						perRound.set(key, (perRound.get(key) ?? 0) + 1);
					}

					for (const count of perRound.values()) {
						expect(count).toBeLessThanOrEqual(limits.pairingAttempts);
					}

					for (const code of ['ours', 'theirs']) {
						// Whatever was opened ends, or is still there: never both, never twice.
						const about = side.outputs.filter(
							output => 'code' in output && output.code === code,
						);
						let isOpen = false;
						for (const {kind} of about) {
							if (kind === 'opened') expect(isOpen).toBe(false);
							else expect(isOpen).toBe(true);
							isOpen = kind !== 'ended';
						}
					}

					const last = side.outputs.findIndex(({kind}) => kind === 'violated');
					if (last !== -1) {
						const rest = side.outputs.slice(last + 1);
						expect(rest.every(({kind}) => kind === 'ended')).toBe(true);
					}
				},
			),
			{numRuns: 2_000},
		);
	});

	it('is the same in any split of the bytes', () => {
		fc.assert(
			fc.property(
				fc.array(anyMessage, {maxLength: 20}),
				places,
				(all, cuts) => {
					const bytes = concatBytes([
						new Uint8Array(0),
						...all.map(message => encodeMessage(message)),
					]);
					const outputsOf = (pieces: readonly Uint8Array[]) => {
						const decoder = createFrameDecoder(limits.frameBytes);
						const side = createSide({us: 'bob', them: 'alice'});
						side.step({kind: 'show', code: '000000'});
						for (const piece of pieces) {
							for (const frame of framesOf(decoder, piece)) {
								const message = decodeMessage(frame) as PairMessage;
								side.step({kind: 'received', message});
							}
						}

						return side.kinds();
					};

					expect(outputsOf(splitAt(bytes, cuts))).toEqual(outputsOf([bytes]));
				},
			),
			{numRuns: 300},
		);
	});
});

/** Three guesses of one digit each, all different, from one side; whether one of them pairs. */
function guess(one: Side, other: Side, guesses: readonly string[]): boolean {
	for (const code of guesses) {
		one.step({kind: 'enter', code});
		deliver(one, other);
	}

	return other.isPaired();
}

describe('guessing codes of one digit', () => {
	/** Of a binomial count with these chances: so many standard deviations off never happens. */
	const expectShare = (count: number, runs: number, chance: number) => {
		const deviation = Math.sqrt(runs * chance * (1 - chance));
		expect(Math.abs(count - runs * chance)).toBeLessThan(5 * deviation);
	};

	const digitsOf = (random: () => number) => {
		const digits = Array.from({length: 10}, (_, digit) => String(digit));
		for (let at = 9; at > 0; at--) {
			const other = Math.floor(random() * (at + 1));
			[digits[at], digits[other]] = [digits[other]!, digits[at]!];
		}

		return digits;
	};

	it('is right in 3 of 10, for who types', {timeout: 120_000}, () => {
		const random = createRandom(1);
		const runs = 100_000;
		let right = 0;
		for (let run = 0; run < runs; run++) {
			const {alice, bob} = createSides();
			bob.step({kind: 'show', code: String(Math.floor(random() * 10))});
			deliver(alice, bob);
			// A fourth and fifth are refused.
			if (guess(alice, bob, digitsOf(random).slice(0, 5))) right++;
		}

		expectShare(right, runs, 0.3);
	});

	it(
		'is right in 1 of 10 for each code typed, for who shows',
		{timeout: 120_000},
		() => {
			const random = createRandom(2);
			const runs = 20_000;
			let right = 0;
			for (let run = 0; run < runs; run++) {
				const {alice, bob} = createSides();
				bob.step({kind: 'show', code: String(Math.floor(random() * 10))});
				deliver(alice, bob);
				alice.step({kind: 'enter', code: String(Math.floor(random() * 10))});
				deliver(alice, bob);
				if (alice.isPaired()) right++;
			}

			expectShare(right, runs, 0.1);
		},
	);
});

/** Mallory between them: two connections, and every message handed on as it is, or as `change` makes it. */
function relay(
	code: string,
	options: Pick<Parameters<typeof createSide>[0], 'startCpace'> & {
		readonly seen: {readonly byAlice: string; readonly byBob: string};
		readonly lines: readonly [string, string];
	},
	change: (message: PairMessage) => PairMessage = message => message,
) {
	const {seen, lines, ...rest} = options;
	const alice = createSide({
		...rest,
		us: 'alice',
		them: seen.byAlice,
		line: lines[0],
	});
	const bob = createSide({
		...rest,
		us: 'bob',
		them: seen.byBob,
		line: lines[1],
	});
	bob.step({kind: 'show', code});
	for (let count = 0; count <= limits.pairingAttempts; count++) {
		for (;;) {
			const [up, down] = [alice.sent.shift(), bob.sent.shift()];
			if (up) bob.step({kind: 'received', message: change(up)});
			if (down) alice.step({kind: 'received', message: change(down)});
			if (!up && !down) break;
		}

		if (count < limits.pairingAttempts) alice.step({kind: 'enter', code});
	}

	return {alice, bob};
}

describe('a man in the middle', () => {
	const mallory = {byAlice: 'mallory', byBob: 'mallory'};

	// With the real exchange: about 20 s of a processor.
	it('who ends both connections pairs nobody', {timeout: 300_000}, () => {
		for (let run = 0; run < 1_000; run++) {
			const code = String(run).padStart(6, '0');
			const lines = [`a${run}`, `b${run}`] as const;
			const {alice, bob} = relay(code, {
				seen: mallory,
				lines,
				startCpace,
			});
			expect([alice.isPaired(), bob.isPaired()]).toEqual([false, false]);
			expect(alice.kinds()).toContain('failed');
		}
	});

	it.each([
		['has keys of its own', mallory, ['x', 'y']],
		['has their keys', {byAlice: 'bob', byBob: 'alice'}, ['x', 'y']],
		['has their line', mallory, ['x', 'x']],
	] as const)('who %s pairs nobody', (_, seen, lines) => {
		const {alice, bob} = relay('424242', {seen, lines, startCpace});
		expect([alice.isPaired(), bob.isPaired()]).toEqual([false, false]);
	});

	it('who has nothing to change pairs them with each other', () => {
		const {alice, bob} = relay('424242', {
			seen: {byAlice: 'bob', byBob: 'alice'},
			lines: ['x', 'x'],
			startCpace,
		});
		expect([alice.isPaired(), bob.isPaired()]).toEqual([true, true]);
	});

	it('who changes one digit of one message pairs nobody', () => {
		const turn = (text: string) =>
			(text.startsWith('0') ? '1' : '0') + text.slice(1);
		for (const field of ['share', 'tag'] as const) {
			const {alice, bob} = relay(
				'424242',
				{seen: {byAlice: 'bob', byBob: 'alice'}, lines: ['x', 'x'], startCpace},
				message =>
					field in message
						? {
								...message,
								[field]: turn((message as Record<typeof field, string>)[field]),
							}
						: message,
			);
			expect([alice.isPaired(), bob.isPaired()]).toEqual([false, false]);
		}
	});
});

describe('codes', () => {
	it('are six digits, each as likely as any', () => {
		const random = createRandom(3);
		const bytes = (length: number) =>
			Uint8Array.from({length}, () => Math.floor(random() * 256));
		const counts = Array.from({length: 10}, () => 0);
		for (let run = 0; run < 20_000; run++) {
			const code = createPairingCode(bytes);
			expect(code).toMatch(/^\d{6}$/);
			counts[Number(code[0])]!++;
		}

		for (const count of counts)
			expect(Math.abs(count - 2_000)).toBeLessThan(250);
		const draws = [Uint8Array.of(255, 255, 255), Uint8Array.of(0, 0, 7)];
		expect(createPairingCode(() => draws.shift()!)).toBe('000007');
	});

	it('may be typed with spaces and dashes', () => {
		expect(readPairingCode(' 123 456')).toBe('123456');
		expect(readPairingCode('12-34-56')).toBe('123456');
		for (const text of ['', '12345', '1234567', '12345a', '１２３４５６']) {
			expect(readPairingCode(text)).toBeUndefined();
		}
	});
});
