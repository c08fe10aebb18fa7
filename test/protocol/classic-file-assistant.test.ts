import iconv from 'iconv-lite';
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {limits} from '../../source/limits.js';
import {
	classicAnswer,
	classicPieceBytes,
	classicPrompt,
} from '../../source/protocol/classic-file-assistant.js';
import {
	decodeClassicName,
	encodeClassicName,
} from '../../source/protocol/classic-name.js';
import {
	createClassicReceiver,
	type ClassicReceiver,
	type ClassicReceiverStep,
} from '../../source/protocol/classic-receiving.js';
import {
	createClassicSender,
	type ClassicSenderStep,
} from '../../source/protocol/classic-sending.js';
import {concatBytes} from '../../source/util/bytes.js';
import {byteByByte, places, splitAt} from '../property/split-input.js';

const gbk = (text: string) => new Uint8Array(iconv.encode(text, 'gbk'));

function size(bytes: bigint | number): Uint8Array {
	const encoded = new Uint8Array(8);
	new DataView(encoded.buffer).setBigInt64(0, BigInt(bytes), true);
	return encoded;
}

const header = (name: string | Uint8Array, bytes: bigint | number) =>
	concatBytes([typeof name === 'string' ? gbk(name) : name, size(bytes)]);

/** Calls `quiet` at every moment at which the machine wants it, up to a time. */
function quietUntil(machine: ClassicReceiver, atMs: number) {
	const steps: ClassicReceiverStep[] = [];
	for (let due = machine.wakeAtMs(); due !== undefined && due <= atMs;) {
		steps.push(...machine.quiet(due));
		due = machine.wakeAtMs();
	}

	return steps;
}

const pauseMs = limits.classicQuietMs;

/** What a machine says to pieces that come at once, each group after a pause. */
function receive(...groups: ReadonlyArray<readonly Uint8Array[]>) {
	const machine = createClassicReceiver(0);
	const steps: ClassicReceiverStep[] = [];
	let now = 5;
	for (const pieces of groups) {
		for (const piece of pieces) steps.push(...machine.receive(piece, now));
		now += pauseMs;
		steps.push(...quietUntil(machine, now));
		if (steps.at(-1)?.kind === 'announced') steps.push(...machine.take());
	}

	return {machine, steps, now};
}

/** Data joined, so that splits cannot be told apart. */
function summary(steps: readonly ClassicReceiverStep[]) {
	const data = steps.filter(step => step.kind === 'data');
	return {
		file: concatBytes([new Uint8Array(), ...data.map(({bytes}) => bytes)]),
		others: steps.filter(({kind}) => kind !== 'data'),
	};
}

describe('receiving', () => {
	it('writes prompt and answer in GBK', () => {
		expect(classicPrompt).toEqual(gbk('请输入文件名'));
		expect(classicAnswer).toEqual(gbk('开始传输'));
	});

	it('reads name and size from one read, and from two', () => {
		const announced = {kind: 'announced', name: '报告 1.txt', sizeBytes: 3};
		const sticky = receive([header('报告 1.txt', 3)]);
		expect(sticky.steps).toEqual([announced]);
		const apart = receive([gbk('报告 1.txt')], [size(3)]);
		expect(apart.steps).toEqual([announced]);
		const slow = receive([gbk('报')], [gbk('告 1.')], [gbk('txt')], [size(3)]);
		expect(slow.steps).toEqual([announced]);
	});

	it('waits for the rest of a name that was cut inside a character', () => {
		const name = gbk('很长的文件名称');
		const {steps} = receive(
			[name.subarray(0, 9)],
			[name.subarray(9)],
			[size(0)],
		);
		expect(steps).toEqual([
			{kind: 'announced', name: '很长的文件名称', sizeBytes: 0},
			{kind: 'complete'},
		]);
	});

	it('gives on the announced bytes and counts those beyond', () => {
		const {steps, machine} = receive(
			[header('a', 5)],
			[gbk('hel'), gbk('lo!!')],
			[gbk('more')],
		);
		expect(summary(steps)).toEqual({
			file: gbk('hello'),
			others: [
				{kind: 'announced', name: 'a', sizeBytes: 5},
				{kind: 'complete'},
			],
		});
		expect(machine.beyondBytes()).toBe(6);
	});

	it('says that the sender ended before all was here', () => {
		const {steps, machine} = receive([header('a', 5)], [gbk('hel')]);
		expect([...steps, ...machine.end()].at(-1)).toEqual({kind: 'incomplete'});
		expect(machine.end()).toEqual([]);
	});

	it('takes a header as whole when the sender ends behind it', () => {
		const machine = createClassicReceiver(0);
		machine.receive(header('empty', 0), 1);
		expect(machine.end()).toEqual([
			{kind: 'announced', name: 'empty', sizeBytes: 0},
		]);
		expect(machine.take()).toEqual([{kind: 'complete'}]);
	});

	it.each([-1n, -(2n ** 63n), 2n ** 53n, 2n ** 62n])(
		'refuses a size of %s',
		bytes => {
			expect(receive([header('a.txt', bytes)]).steps).toEqual([
				{kind: 'refused', why: {code: 'classicSizeWrong', size: bytes}},
			]);
		},
	);

	it('refuses a name that is no GBK', () => {
		const name = Uint8Array.of(0xff, 0xfe, 0x41);
		expect(receive([header(name, 3)]).steps).toEqual([
			{kind: 'refused', why: {code: 'classicNameUndecodable', name}},
		]);
	});

	it('waits for a size that does not come, but not for ever', () => {
		const {machine, steps, now} = receive([gbk('name.txt and no size')]);
		expect(steps).toEqual([]);
		expect(quietUntil(machine, now + limits.classicHeaderMs)).toEqual([
			{kind: 'refused', why: {code: 'classicHeaderMissing'}},
		]);
		expect(machine.wakeAtMs()).toBeUndefined();
	});

	it('gives an empty name on, once no other can come', () => {
		const {machine, steps, now} = receive([size(7)]);
		expect(steps).toEqual([]);
		expect(quietUntil(machine, now + limits.classicHeaderMs)).toEqual([
			{kind: 'announced', name: '', sizeBytes: 7},
		]);
	});

	it('gives a person time to type the name', () => {
		const machine = createClassicReceiver(0);
		expect(machine.wakeAtMs()).toBe(limits.classicAskMs);
		expect(machine.quiet(limits.classicAskMs - 1)).toEqual([]);
		expect(machine.quiet(limits.classicAskMs)).toEqual([
			{kind: 'refused', why: {code: 'classicHeaderMissing'}},
		]);
	});

	it('holds no more than a name can have', () => {
		const machine = createClassicReceiver(0);
		const much = new Uint8Array(limits.classicTextBytes + 9).fill(0x61);
		expect(machine.receive(much, 1)).toEqual([
			{kind: 'refused', why: {code: 'classicHeaderMissing'}},
		]);
	});

	it('gives the same for any split', () => {
		fc.assert(
			fc.property(
				fc.string({unit: 'binary-ascii', minLength: 1, maxLength: 60}),
				fc.uint8Array({maxLength: 200}),
				fc.uint8Array({maxLength: 20}),
				places,
				places,
				fc.boolean(),
				(text, file, beyond, inHeader, inFile, isSticky) => {
					const name = text.replaceAll(/[^ -~]/g, '文');
					const start = header(name, file.length);
					const rest = concatBytes([file, beyond]);
					const whole = receive([start], [rest]);
					const nameEnd = start.length - 8;
					const groups = isSticky
						? [splitAt(start, inHeader)]
						: [
								splitAt(start.subarray(0, nameEnd), inHeader),
								[size(file.length)],
							];
					const split = receive(...groups, splitAt(rest, inFile));
					expect(summary(split.steps)).toEqual(summary(whole.steps));
					expect(split.machine.beyondBytes()).toBe(beyond.length);
					expect(summary(split.steps)).toEqual({
						file,
						others: [
							{kind: 'announced', name, sizeBytes: file.length},
							{kind: 'complete'},
						],
					});
				},
			),
		);
	});

	it('gives the same for any split of what is no header', () => {
		fc.assert(
			fc.property(fc.uint8Array({maxLength: 40}), places, (bytes, cuts) => {
				const of = (pieces: readonly Uint8Array[]) => {
					const {machine, steps, now} = receive(pieces);
					return [...steps, ...quietUntil(machine, now), ...machine.end()];
				};

				expect(of(splitAt(bytes, cuts))).toEqual(of([bytes]));
				expect(of(byteByByte(bytes))).toEqual(of([bytes]));
			}),
		);
	});
});

const name = gbk('报告.txt');

/** A sender that hears pieces, each at its time, and is called when it wants to be. */
function send(
	heard: ReadonlyArray<readonly [number, Uint8Array]>,
	untilMs = 0,
) {
	const machine = createClassicSender({name, sizeBytes: 300}, 0);
	const steps: Array<ClassicSenderStep & {atMs: number}> = [];
	const note = (atMs: number, all: readonly ClassicSenderStep[]) => {
		steps.push(...all.map(step => ({...step, atMs})));
	};

	const wait = (atMs: number) => {
		for (
			let due = machine.wakeAtMs();
			due !== undefined && due <= atMs;
			due = machine.wakeAtMs()
		)
			note(due, machine.quiet(due));
	};

	for (const [atMs, bytes] of heard) {
		wait(atMs);
		note(atMs, machine.receive(bytes, atMs));
	}

	wait(untilMs);
	return {machine, steps};
}

describe('sending', () => {
	const sizeAtMs = 10 + limits.classicPauseMs;
	const all = [
		{kind: 'send', bytes: name, atMs: 10},
		{kind: 'send', bytes: size(300), atMs: sizeAtMs},
		{kind: 'begin', atMs: sizeAtMs + 20},
	];

	it('says name and size apart, and begins when it is told to', () => {
		const {steps} = send([
			[10, classicPrompt],
			[sizeAtMs + 20, classicAnswer],
		]);
		expect(steps).toEqual(all);
	});

	it('gives the same for any split, and passes over what stands around', () => {
		fc.assert(
			fc.property(places, places, fc.boolean(), (first, second, isWordy) => {
				const prompt = isWordy
					? concatBytes([gbk('您好! '), classicPrompt])
					: classicPrompt;
				const answer = isWordy
					? concatBytes([gbk(':\n'), classicAnswer])
					: classicAnswer;
				const {steps} = send([
					...splitAt(prompt, first).map(part => [10, part] as const),
					...splitAt(answer, second).map(
						part => [sizeAtMs + 20, part] as const,
					),
				]);
				expect(steps).toEqual(all);
			}),
		);
	});

	it('says nothing to one who does not ask', () => {
		const banner = gbk('SSH-2.0-OpenSSH');
		const {steps} = send([[10, banner]], limits.classicAnswerMs);
		expect(steps).toEqual([
			{
				kind: 'refused',
				code: 'classicNotAsked',
				said: banner,
				atMs: 10 + limits.classicGreetingMs,
			},
		]);
	});

	it('gives up where the answer is another one, or none', () => {
		const no = gbk('文件已存在');
		const late = sizeAtMs + limits.classicAnswerMs;
		const {steps} = send(
			[
				[10, classicPrompt],
				[sizeAtMs + 1, no],
			],
			late,
		);
		expect(steps.at(-1)).toEqual({
			kind: 'refused',
			code: 'classicNotStarted',
			said: no,
			atMs: late,
		});
		const ended = send([[10, classicPrompt]]).machine.end();
		expect(ended).toMatchObject([{code: 'classicNotStarted'}]);
	});

	it('does not listen for ever to one who talks', () => {
		const flood = new Uint8Array(limits.classicTextBytes + 1).fill(0x41);
		expect(send([[10, flood]]).steps).toMatchObject([
			{code: 'classicNotAsked'},
		]);
	});
});

describe('pieces', () => {
	it('are whole reads of the receiver, but for the last', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 3_000_000}),
				fc.integer({min: 0, max: 200_000}),
				(bytes, mostBytes) => {
					for (let left = bytes; left > 0;) {
						const piece = classicPieceBytes(left, mostBytes);
						expect(piece).toBeGreaterThan(0);
						expect(piece).toBeLessThanOrEqual(limits.classicWriteBytes);
						if (piece < left) expect(piece % limits.classicReadBytes).toBe(0);
						left -= piece;
					}
				},
			),
			{numRuns: 30},
		);
	});
});

describe('names', () => {
	it('are GBK, there and back', () => {
		expect(decodeClassicName(encodeClassicName('你好.txt'))).toBe('你好.txt');
	});

	it.each(['😀.txt', '€.txt', 'ñandú'])('refuses to write %s', text => {
		expect(() => encodeClassicName(text)).toThrow('notEncodable');
	});
});
