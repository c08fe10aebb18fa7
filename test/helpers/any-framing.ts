import * as fc from 'fast-check';
import type {Framing} from '../../source/protocol/framing.js';

const lengths: fc.Arbitrary<Framing> = fc.record({
	kind: fc.constant('length' as const),
	bytes: fc.constantFrom(1, 2, 4, 8),
	endian: fc.constantFrom('big', 'little'),
	signed: fc.boolean(),
	countsItself: fc.boolean(),
	offset: fc.constantFrom(0, 0, 1, 4),
});

/** Framings that people choose, with small numbers so that short streams have several messages. */
export const anyFraming: fc.Arbitrary<Framing> = fc.oneof(
	fc.constant<Framing>({kind: 'chunks'}),
	fc
		.constantFrom('any', 'lf', 'crlf', 'cr')
		.map((ending): Framing => ({kind: 'lines', ending})),
	fc
		.oneof(
			fc.constantFrom([13, 10], [10], [69, 78, 68], [69, 69, 78], [0]),
			fc.array(fc.constantFrom(10, 13, 69, 0), {minLength: 1, maxLength: 4}),
		)
		.map((delimiter): Framing => ({kind: 'delimiter', delimiter})),
	lengths,
	fc
		.integer({min: 1, max: 9})
		.map((bytes): Framing => ({kind: 'fixed', bytes})),
	fc
		.constantFrom(1, 20, 50, 700)
		.map((gapMs): Framing => ({kind: 'idle', gapMs})),
);
