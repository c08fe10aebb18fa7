import {describe, expect, it} from 'vitest';
import {errorInfo, SocktermError} from '../../source/errors.js';
import {createFrameDecoder} from '../../source/protocol/frame-decoder.js';
import {encodeFrame} from '../../source/protocol/frame.js';
import {concatBytes, fromHex, toHex} from '../../source/util/bytes.js';
import {framesOf} from '../helpers/frames.js';

const bytes = (hex: string) => fromHex(hex.replaceAll(' ', ''))!;
const errorOf = (call: () => unknown) => {
	try {
		call();
	} catch (error) {
		if (error instanceof SocktermError) return error.info;
		throw error;
	}

	return undefined;
};

describe('encodeFrame', () => {
	it('writes length, type and payload', () => {
		expect(toHex(encodeFrame(0x82, bytes('aa bb')), ' ')).toBe(
			'00 00 00 03 82 aa bb',
		);
		expect(toHex(encodeFrame(0x06, new Uint8Array(0)), ' ')).toBe(
			'00 00 00 01 06',
		);
	});
});

describe('createFrameDecoder', () => {
	it('gives every frame that a push completes', () => {
		const decoder = createFrameDecoder(100);
		const frames = framesOf(
			decoder,
			bytes('00 00 00 02 03 aa  00 00 00 01 06  00 00 00 04 82'),
		);
		expect(frames).toEqual([
			{type: 3, payload: bytes('aa')},
			{type: 6, payload: new Uint8Array(0)},
		]);
		expect(framesOf(decoder, bytes('01 02'))).toEqual([]);
		expect(framesOf(decoder, bytes('03'))).toEqual([
			{type: 0x82, payload: bytes('01 02 03')},
		]);
	});

	it('refuses a long frame at its fourth byte', () => {
		const decoder = createFrameDecoder(8192);
		expect(framesOf(decoder, bytes('7f ff ff'))).toEqual([]);
		const info = errorInfo('frameTooLong', {
			lengthBytes: 0x7f_ff_ff_ff,
			limitBytes: 8192,
		});
		expect(errorOf(() => framesOf(decoder, bytes('ff')))).toEqual(info);
		expect(errorOf(() => framesOf(decoder, bytes('00')))).toEqual(info);
	});

	it('takes a frame of exactly the limit', () => {
		const frame = encodeFrame(1, new Uint8Array(99));
		expect(framesOf(createFrameDecoder(100), frame)).toHaveLength(1);
		expect(errorOf(() => framesOf(createFrameDecoder(99), frame))?.code).toBe(
			'frameTooLong',
		);
	});

	it('refuses an empty frame', () => {
		const decoder = createFrameDecoder(100);
		expect(errorOf(() => framesOf(decoder, bytes('00 00 00 00')))).toEqual(
			errorInfo('protocolViolation', {what: 'emptyFrame'}),
		);
	});

	it('changes the limit from the next header on', () => {
		const decoder = createFrameDecoder(10);
		framesOf(decoder, bytes('00 00 00 05 01'));
		decoder.setLimit(2);
		expect(framesOf(decoder, bytes('01 02 03 04'))).toHaveLength(1);
		expect(errorOf(() => framesOf(decoder, bytes('00 00 00 03')))?.code).toBe(
			'frameTooLong',
		);
		const wider = createFrameDecoder(1);
		wider.setLimit(2);
		expect(framesOf(wider, bytes('00 00 00 02 01 01'))).toHaveLength(1);
	});

	it('allows longer frames after the first, in the same push too', () => {
		const long = encodeFrame(2, new Uint8Array(50));
		const both = concatBytes([encodeFrame(1, new Uint8Array(5)), long]);
		expect(framesOf(createFrameDecoder(10, 60), both)).toHaveLength(2);
		expect(
			errorOf(() => framesOf(createFrameDecoder(10, 60), long))?.code,
		).toBe('frameTooLong');
	});

	it('keeps no part of what is pushed', () => {
		const decoder = createFrameDecoder(100);
		const piece = bytes('00 00 00 03 01 aa');
		framesOf(decoder, piece);
		piece.fill(0);
		expect(framesOf(decoder, bytes('bb'))).toEqual([
			{type: 1, payload: bytes('aa bb')},
		]);
	});
});
