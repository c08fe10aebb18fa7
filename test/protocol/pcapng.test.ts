import fc from 'fast-check';
import {expect, it} from 'vitest';
import {
	enhancedPacket,
	interfaceDescription,
	linkTypeRaw,
	sectionHeader,
} from '../../source/protocol/pcapng.js';
import {concatBytes, toHex} from '../../source/util/bytes.js';

interface Block {
	readonly type: number;
	readonly body: DataView;
}

/** Reads blocks back, as far as their frame goes. */
function blocksOf(file: Uint8Array): Block[] {
	const view = new DataView(file.buffer, file.byteOffset, file.length);
	const blocks: Block[] = [];
	for (let at = 0; at < file.length;) {
		const length = view.getUint32(at + 4, true);
		expect(length % 4).toBe(0);
		expect(view.getUint32(at + length - 4, true)).toBe(length);
		blocks.push({
			type: view.getUint32(at, true),
			body: new DataView(file.buffer, file.byteOffset + at + 8, length - 12),
		});
		at += length;
	}

	return blocks;
}

it('writes a section header as the draft shows it', () => {
	const [header] = blocksOf(sectionHeader('sockterm'));
	expect(header!.type).toBe(0x0a_0d_0d_0a);
	expect(header!.body.getUint32(0, true)).toBe(0x1a_2b_3c_4d);
	expect(header!.body.getUint16(4, true)).toBe(1);
	expect(header!.body.getUint16(6, true)).toBe(0);
	expect(header!.body.getBigInt64(8, true)).toBe(-1n);
});

it('keeps blocks in step for any bytes, times and comments', () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.record({
					at: fc.nat(4_000_000_000_000),
					bytes: fc.uint8Array({maxLength: 300}),
					direction: fc.constantFrom('in' as const, 'out' as const),
					comments: fc.array(
						fc.string({unit: fc.constantFrom(...Array.from('a é界😀'))}),
						{
							maxLength: 3,
						},
					),
				}),
			),
			packets => {
				const file = concatBytes([
					sectionHeader('sockterm'),
					interfaceDescription(linkTypeRaw, 'sockterm'),
					...packets.map(packet => enhancedPacket(packet)),
				]);
				const blocks = blocksOf(file).slice(2);
				expect(blocks).toHaveLength(packets.length);
				for (const [index, {type, body}] of blocks.entries()) {
					const {at, bytes} = packets[index]!;
					expect(type).toBe(6);
					const high = BigInt(body.getUint32(4, true));
					const low = BigInt(body.getUint32(8, true));
					expect((high << 32n) | low).toBe(BigInt(at) * 1000n);
					expect(body.getUint32(12, true)).toBe(bytes.length);
					const start = body.byteOffset + 20;
					const found = file.subarray(start, start + bytes.length);
					expect(toHex(found)).toBe(toHex(bytes));
				}
			},
		),
	);
});

it('cuts a comment that is too long for its field at a character', () => {
	const [block] = blocksOf(
		enhancedPacket({
			at: 0,
			bytes: new Uint8Array(1),
			direction: 'in',
			comments: ['界'.repeat(30_000)],
		}),
	);
	const length = block!.body.getUint16(26, true);
	expect(length).toBe(64_998);
});
