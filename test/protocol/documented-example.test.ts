import {readFileSync} from 'node:fs';
import {blake3} from 'hash-wasm';
import {describe, expect, it} from 'vitest';
import {createFrameDecoder} from '../../source/protocol/frame-decoder.js';
import {createLaneDecoder} from '../../source/protocol/lane-decoder.js';
import type {LaneFrame} from '../../source/protocol/lane-frames.js';
import {
	decodeMessage,
	encodeMessage,
} from '../../source/protocol/message-codec.js';
import {
	controlMessages,
	type ControlName,
} from '../../source/protocol/messages.js';
import {createTransferReceiver} from '../../source/protocol/transfer-receiver.js';
import {
	concatBytes,
	fromHex,
	toHex,
	toZBase32,
} from '../../source/util/bytes.js';
import {framesOf} from '../helpers/frames.js';

const text = readFileSync(
	new URL('../../docs/protocol.md', import.meta.url),
	'utf8',
);
const lines = text.split('\n').filter(line => /^[→←] /.test(line));
const bytesOf = (hex: string) => fromHex(hex.replaceAll(' ', ''))!;
const control = lines
	.filter(line => line.includes('{'))
	.map(line => {
		const [head, json] = line.slice(2).split(/ (?=\{)/) as [string, string];
		return concatBytes([bytesOf(head), new TextEncoder().encode(json)]);
	});

describe('docs/protocol.md', () => {
	it('shows control frames as they are', () => {
		const names = control.map(frame => {
			const [got] = framesOf(createFrameDecoder(65_536), frame);
			const message = decodeMessage(got!)!;
			expect(encodeMessage(message)).toEqual(frame);
			return message.name;
		});
		expect(names).toEqual(
			'hello hello message ack offer accept lane bye'.split(' '),
		);
		expect(text).toContain(`\`${toHex(control[3]!, ' ')}\``);
	});

	it('shows a lane as it is', async () => {
		const frames: LaneFrame[] = [];
		const decoder = createLaneDecoder();
		for (const line of lines.filter(line => !line.includes('{'))) {
			decoder.push(bytesOf(line.slice(2)), frame => frames.push(frame));
		}

		const [ticket, begin, data, end, saved] = frames;
		expect(frames).toHaveLength(5);
		expect(ticket).toMatchObject({kind: 'ticket'});
		expect(saved).toEqual({kind: 'saved', entry: 0, name: 'hello.txt'});
		const receiver = createTransferReceiver([{size: 6, wanted: true}]);
		for (const frame of [begin!, data!, end!]) receiver.receive(frame);
		const digest = await blake3(new TextEncoder().encode('hello\n'));
		expect(end).toEqual({kind: 'end', entry: 0, digest: fromHex(digest)});
	});

	it('lists every message with its type', () => {
		const names = Object.keys(controlMessages) as ControlName[];
		const missing = names.filter(name => {
			const type = toHex(Uint8Array.of(controlMessages[name].type));
			const written = name.replaceAll(/[A-Z]/g, '_$&').toUpperCase();
			return !new RegExp(`\`0x${type}\`\\s*\\| ${written} `).test(text);
		});
		expect(missing).toEqual([]);
	});

	it('shows a PeerId as people see it', () => {
		const bytes = Uint8Array.from({length: 32}, (_, index) => index);
		expect(text).toContain(toZBase32(bytes).match(/.{4}/g)!.join(' '));
	});
});
