import {describe, expect, it} from 'vitest';
import {SocktermError} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {createLaneDecoder} from '../../source/protocol/lane-decoder.js';
import {
	encodeAbort,
	encodeBegin,
	encodeDataHeader,
	encodeDurable,
	encodeEnd,
	encodeFailed,
	encodeHeld,
	encodeSaved,
	encodeTicket,
	hashesPerHeld,
	unknownSize,
	type LaneFrame,
} from '../../source/protocol/lane-frames.js';
import {concatBytes, fromHex, toHex} from '../../source/util/bytes.js';

const bytes = (hex: string) => fromHex(hex.replaceAll(' ', ''))!;
const decode = (...pieces: Uint8Array[]) => {
	const frames: LaneFrame[] = [];
	const decoder = createLaneDecoder();
	for (const piece of pieces) {
		decoder.push(piece, frame => frames.push(frame));
	}

	return frames;
};

const errorOf = (...pieces: Uint8Array[]) => {
	try {
		decode(...pieces);
	} catch (error) {
		if (error instanceof SocktermError) return error.info;
		throw error;
	}

	return undefined;
};

const ticket = Uint8Array.from({length: 32}, (_, index) => index);
const table: [string, Uint8Array, string, LaneFrame][] = [
	[
		'ticket',
		encodeTicket(ticket),
		`00 00 00 21 01 ${toHex(ticket, ' ')}`,
		{kind: 'ticket', ticket},
	],
	[
		'begin',
		encodeBegin({entry: 3, held: 2 ** 32, size: 2 ** 40 + 5}),
		'00 00 00 15 02 00 00 00 03 00 00 00 01 00 00 00 00 00 00 01 00 00 00 00 05',
		{kind: 'begin', entry: 3, held: 2 ** 32, size: 2 ** 40 + 5},
	],
	[
		'begin of a stream',
		encodeBegin({entry: 0, held: 0, size: unknownSize}),
		'00 00 00 15 02 00 00 00 00 00 00 00 00 00 00 00 00 00 1f ff ff ff ff ff ff',
		{kind: 'begin', entry: 0, held: 0, size: 2 ** 53 - 1},
	],
	[
		'end',
		encodeEnd({entry: 3, digest: ticket}),
		`00 00 00 25 04 00 00 00 03 ${toHex(ticket, ' ')}`,
		{kind: 'end', entry: 3, digest: ticket},
	],
	[
		'abort',
		encodeAbort({entry: 1, code: 'sourceChanged'}),
		'00 00 00 12 05 00 00 00 01 73 6f 75 72 63 65 43 68 61 6e 67 65 64',
		{kind: 'abort', entry: 1, code: 'sourceChanged'},
	],
	[
		'durable',
		encodeDurable({entry: 1, offset: Number.MAX_SAFE_INTEGER}),
		'00 00 00 0d 11 00 00 00 01 00 1f ff ff ff ff ff ff',
		{kind: 'durable', entry: 1, offset: Number.MAX_SAFE_INTEGER},
	],
	[
		'saved',
		encodeSaved({entry: 0, name: 'ü'}),
		'00 00 00 07 12 00 00 00 00 c3 bc',
		{kind: 'saved', entry: 0, name: 'ü'},
	],
	[
		'failed',
		encodeFailed({entry: 0xff_ff_ff_ff, code: 'x'}),
		'00 00 00 06 13 ff ff ff ff 78',
		{kind: 'failed', entry: 0xff_ff_ff_ff, code: 'x'},
	],
	[
		'held',
		encodeHeld(7, ticket)[0]!,
		`00 00 00 26 14 00 00 00 07 00 ${toHex(ticket, ' ')}`,
		{kind: 'held', entry: 7, more: false, hashes: ticket},
	],
	[
		'held of nothing',
		encodeHeld(7, new Uint8Array())[0]!,
		'00 00 00 06 14 00 00 00 07 00',
		{
			kind: 'held',
			entry: 7,
			more: false,
			hashes: new Uint8Array(),
		},
	],
	[
		'held with more',
		bytes(`00 00 00 26 14 00 00 00 07 01 ${toHex(ticket, ' ')}`),
		`00 00 00 26 14 00 00 00 07 01 ${toHex(ticket, ' ')}`,
		{kind: 'held', entry: 7, more: true, hashes: ticket},
	],
];

describe('lane frames', () => {
	it.each(table)('%s has its documented bytes', (_, frame, hex, value) => {
		expect(toHex(frame, ' ')).toBe(hex);
		expect(decode(frame)).toEqual([value]);
		expect(decode(...Array.from(frame, byte => Uint8Array.of(byte)))).toEqual([
			value,
		]);
	});

	it('writes a header of 13 bytes before data', () => {
		expect(toHex(encodeDataHeader(2 ** 33 + 1, 3), ' ')).toBe(
			'00 00 00 0c 03 00 00 00 02 00 00 00 01',
		);
	});

	it('passes data on in pieces, as views', () => {
		const whole = concatBytes([
			encodeDataHeader(10, 5),
			bytes('01 02 03 04 05'),
			encodeDataHeader(15, 1),
			bytes('06'),
		]);
		const pieces = [whole.subarray(0, 15), whole.subarray(15)];
		const frames = decode(...pieces);
		expect(frames).toEqual([
			{kind: 'data', offset: 10, bytes: bytes('01 02')},
			{kind: 'data', offset: 12, bytes: bytes('03 04 05')},
			{kind: 'data', offset: 15, bytes: bytes('06')},
		]);
		for (const frame of frames) {
			expect(frame.kind === 'data' && frame.bytes.buffer).toBe(whole.buffer);
		}
	});

	it.each([
		['an empty frame', '00 00 00 00 03', 'emptyFrame'],
		['DATA without data', '00 00 00 09 03', 'emptyFrame'],
		['a frame without payload', '00 00 00 01 01', 'emptyFrame'],
		['a short ticket', '00 00 00 02 01 00', 'badLaneFrame'],
		['a short BEGIN', '00 00 00 05 02 00 00 00 00', 'badLaneFrame'],
		['a code without letters', '00 00 00 05 05 00 00 00 00', 'badLaneFrame'],
		['a code of others', '00 00 00 06 05 00 00 00 00 2f', 'badCode'],
		['a name in no UTF-8', '00 00 00 06 12 00 00 00 00 ff', 'badUtf8'],
		['an unknown type', '00 00 00 02 7f 00', 'unknownLaneFrame'],
		['HELD without its flags', '00 00 00 05 14 00 00 00 00', 'badLaneFrame'],
		['HELD of half an entry', '00 00 00 03 14 00 00', 'badLaneFrame'],
		[
			'HELD with unknown flags',
			'00 00 00 06 14 00 00 00 00 02',
			'badLaneFrame',
		],
		[
			'HELD of no hash with more',
			'00 00 00 06 14 00 00 00 00 01',
			'badLaneFrame',
		],
		[
			'HELD with less than a hash',
			`00 00 00 25 14 00 00 00 00 00${' aa'.repeat(31)}`,
			'badLaneFrame',
		],
		[
			'HELD with more than a hash',
			`00 00 00 27 14 00 00 00 00 00${' aa'.repeat(33)}`,
			'badLaneFrame',
		],
		[
			'a BEGIN of bytes held above 2^53 - 1',
			`00 00 00 15 02 00 00 00 00 00 20${' 00'.repeat(6)} 00 1f${' ff'.repeat(6)}`,
			'numberTooLarge',
		],
		[
			'a BEGIN of a size above 2^53 - 1',
			`00 00 00 15 02 00 00 00 00${' 00'.repeat(8)} 00 20${' 00'.repeat(6)}`,
			'numberTooLarge',
		],
		[
			'an offset above 2^53 - 1',
			'00 00 00 0d 11 00 00 00 00 00 20 00 00 00 00 00 00',
			'numberTooLarge',
		],
		[
			'data above 2^53 - 1',
			'00 00 00 0a 03 ff ff ff ff ff ff ff ff',
			'numberTooLarge',
		],
	])('refuses %s', (_, hex, what) => {
		expect(errorOf(bytes(hex))).toMatchObject({
			code: 'protocolViolation',
			details: {what},
		});
	});

	it('refuses long frames at the fifth byte', () => {
		expect(errorOf(bytes('00 00 10 01 02'))).toMatchObject({
			code: 'frameTooLong',
			details: {lengthBytes: 4097, limitBytes: 4096},
		});
		expect(errorOf(bytes('00 00 10 00 02'))).toBeUndefined();
		const longest = 9 + limits.laneFrameBytes;
		expect(errorOf(encodeDataHeader(0, longest - 9))).toBeUndefined();
		expect(errorOf(encodeDataHeader(0, longest - 8))?.code).toBe(
			'frameTooLong',
		);
	});

	it('takes no more hashes in one HELD than a frame has room for', () => {
		const held = (count: number) => {
			const frame = new Uint8Array(10 + count * 32);
			new DataView(frame.buffer).setUint32(0, 6 + count * 32);
			frame[4] = 0x14;
			return frame;
		};

		expect(decode(held(hashesPerHeld))).toHaveLength(1);
		expect(errorOf(held(hashesPerHeld + 1))?.code).toBe('frameTooLong');
	});

	it.each([0, 1, 126, 127, 128, 254, 255, 5_000])(
		'says %i hashes in as few frames of HELD as it takes',
		count => {
			const hashes = Uint8Array.from(
				{length: count * 32},
				(_, index) => (index >> 5) ^ index,
			);
			const encoded = encodeHeld(9, hashes);
			expect(encoded).toHaveLength(
				Math.max(1, Math.ceil(count / hashesPerHeld)),
			);
			const frames = decode(...encoded).map(frame => {
				if (frame.kind !== 'held') throw new Error(frame.kind);
				return frame;
			});
			expect(concatBytes(frames.map(frame => frame.hashes))).toEqual(hashes);
			expect(frames.every(({entry}) => entry === 9)).toBe(true);
			expect(frames.map(({more}) => more)).toEqual([
				...frames.slice(1).map(() => true),
				false,
			]);
		},
	);

	it('stays dead after an error', () => {
		const decoder = createLaneDecoder();
		const push = () => {
			decoder.push(bytes('00 00 00 02 7f 00'), () => undefined);
		};

		expect(push).toThrow('protocolViolation');
		expect(() => {
			decoder.push(table[0]![1], () => undefined);
		}).toThrow('protocolViolation');
	});
});
