import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {plainLens, type Lens} from '../../../source/console/format/lens.js';
import {spansWidth} from '../../../source/console/format/lines.js';
import {streamFooter} from '../../../source/console/format/stream-footer.js';
import {createTheme} from '../../../source/console/theme.js';
import {
	defaultSending,
	parseFraming,
	type Stream,
} from '../../../source/engine/index.js';
import {
	createFakeEngine,
	peerConnected,
	peerKey,
	started,
} from '../../helpers/fake-engine.js';
import {rawFeed} from '../../helpers/raw-reads.js';

const theme = createTheme({colour: false, ascii: false});

const engine = createFakeEngine();
engine.emit(
	...started,
	peerConnected('nc', {kind: 'raw'}),
	...rawFeed('nc')('x\n'),
);
const still = engine.getState().streams.get(peerKey('nc'))!;

function footer(
	stream: Partial<Stream>,
	width: number,
	lens: Lens = plainLens,
): string {
	const spans = streamFooter(
		{...still, ...stream},
		{fallback: undefined},
		{theme, lens, fallbackEncoding: 'gb18030', width},
	);
	expect(spansWidth(spans)).toBeLessThanOrEqual(width);
	return spans.map(([text]) => text).join('');
}

const unfinished = (bytes: number, of?: number) => ({
	unfinished: {...still.unfinished, bytes, of},
});
const u32be = parseFraming('length u32be');

describe('the lower edge of a raw conversation', () => {
	test('says how it is cut, read and looked at', () => {
		expect(footer({}, 60)).toBe('lines  gb18030');
		expect(footer({framing: u32be}, 60, {hex: true, reads: true})).toBe(
			'length u32be  hex  reads  gb18030',
		);
	});

	test('and what is unfinished, in fewer words where there is less room', () => {
		expect(footer(unfinished(12), 60)).toBe(
			'lines  gb18030  12 bytes of an unfinished line',
		);
		expect(footer(unfinished(12), 36)).toBe('lines  gb18030  12 B unfinished');
		expect(footer({framing: u32be, ...unfinished(11, 37)}, 60)).toBe(
			'length u32be  gb18030  11 of 37 bytes',
		);
		expect(footer({framing: u32be, ...unfinished(1234, 56_789)}, 36)).toBe(
			'length u32be  1,234 of 56,789 bytes',
		);
	});

	test('a repeat and a file that is sent', () => {
		const repeat = {what: 'ping', everyMs: 1000, sent: 3, count: 10};
		const file = {name: 'data.bin', sizeBytes: 200, sentBytes: 50};
		expect(footer({repeat, file}, 80)).toBe(
			'lines  gb18030  ↑ data.bin 25%  repeat 3/10 every 1 s',
		);
		expect(footer({repeat, file}, 40)).toBe('lines  gb18030  ↑ data.bin 25%');
		expect(footer({repeat: {...repeat, count: undefined}}, 30)).toBe(
			'lines  gb18030  repeat 3',
		);
	});

	test('how a message is sent, where that is not as usual', () => {
		const sending = {framing: u32be, paceMs: 20};
		expect(footer({sending}, 70)).toBe(
			'lines  gb18030  < length u32be every 20 ms',
		);
		expect(footer({sending: defaultSending}, 70)).toBe('lines  gb18030');
	});

	test('nothing in front moves when something is unfinished', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 10, max: 120}),
				fc.constantFrom('lines', 'length u32be', 'delimiter "END"', 'chunks'),
				fc.record({hex: fc.boolean(), reads: fc.boolean()}),
				fc.nat(1_000_000),
				fc.option(fc.nat(1_000_000), {nil: undefined}),
				(width, text, lens, bytes, of) => {
					const framing = parseFraming(text);
					const before = footer({framing, ...unfinished(0)}, width, lens);
					const after = footer(
						{framing, ...unfinished(bytes, of)},
						width,
						lens,
					);
					expect(after.startsWith(before)).toBe(true);
				},
			),
		);
	});
});
