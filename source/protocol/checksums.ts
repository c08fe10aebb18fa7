/**
 * Checksums that protocols put behind their bytes. Decides how each is computed
 * and in which order its bytes usually go out; where it stands in a message is
 * left to `byte-template.ts`. Pure arithmetic on any bytes.
 *
 * A CRC is described by the parameters of the Rocksoft model (Williams, "A Painless
 * Guide to CRC Error Detection Algorithms", 1993); input and output are reflected both
 * or not at all. `check` is its value for the ASCII digits "123456789".
 */
export type Endian = 'big' | 'little';

interface Crc {
	readonly width: 8 | 16 | 32;
	readonly polynomial: number;
	readonly initial: number;
	readonly isReflected: boolean;
	readonly finalXor: number;
}

export interface Checksum {
	readonly bytes: 1 | 2 | 4;
	/**
	 * The order in which it usually goes out: low byte first where the algorithm is
	 * reflected (so Modbus and Ethernet have it), high byte first where it is not.
	 */
	readonly endian: Endian;
	/** Before the first byte. */
	readonly initial: number;
	/** `rest` is what the bytes before left: `initial`, or what `add` gave. */
	add(rest: number, bytes: Uint8Array): number;
	/** The checksum of all bytes so far; more may be added to `rest` afterwards. */
	finish(rest: number): number;
}

function crc(
	width: Crc['width'],
	polynomial: number,
	initial: number,
	isReflected: boolean,
	finalXor: number,
): Checksum {
	return {
		bytes: width === 8 ? 1 : width === 16 ? 2 : 4,
		endian: isReflected ? 'little' : 'big',
		...dividerOf({width, polynomial, initial, isReflected, finalXor}),
	};
}

function reflect(value: number, width: number): number {
	let result = 0;
	for (let bit = 0; bit < width; bit++) {
		if ((value >>> bit) & 1) result |= 1 << (width - 1 - bit);
	}

	return result >>> 0;
}

/** One bit at a time: messages that people type are short. Unreflected ones stand at the top of the 32 bits. */
function dividerOf(model: Crc): Pick<Checksum, 'initial' | 'add' | 'finish'> {
	const {width, isReflected, finalXor} = model;
	const top = 32 - width;
	const polynomial = isReflected
		? reflect(model.polynomial, width)
		: model.polynomial << top;
	return {
		initial: isReflected ? reflect(model.initial, width) : model.initial << top,
		add(before, bytes) {
			let rest = before;
			for (const byte of bytes) {
				rest ^= isReflected ? byte : byte << 24;
				for (let bit = 0; bit < 8; bit++) {
					const isSet = isReflected ? rest & 1 : rest & 0x80_00_00_00;
					rest = isReflected ? rest >>> 1 : rest << 1;
					if (isSet) rest ^= polynomial;
				}
			}

			return rest;
		},
		finish: rest => ((isReflected ? rest : rest >>> top) ^ finalXor) >>> 0,
	};
}

const byByte = (next: (rest: number, byte: number) => number): Checksum => ({
	bytes: 1,
	endian: 'big',
	initial: 0,
	add: (rest, bytes) => bytes.reduce(next, rest),
	finish: rest => rest,
});

const ones = 0xff_ff_ff_ff;

/** By the name that a token has. */
export const checksums: ReadonlyMap<string, Checksum> = new Map([
	// check 0xf4
	['crc8', crc(8, 0x07, 0, false, 0)],
	// check 0xa1
	['crc8/maxim', crc(8, 0x31, 0, true, 0)],
	// check 0x4b37
	['crc16/modbus', crc(16, 0x80_05, 0xff_ff, true, 0)],
	// check 0x29b1
	['crc16/ccitt-false', crc(16, 0x10_21, 0xff_ff, false, 0)],
	// check 0x31c3
	['crc16/xmodem', crc(16, 0x10_21, 0, false, 0)],
	// check 0x2189
	['crc16/kermit', crc(16, 0x10_21, 0, true, 0)],
	// check 0xbb3d
	['crc16/arc', crc(16, 0x80_05, 0, true, 0)],
	// check 0xcbf43926
	['crc32', crc(32, 0x04_c1_1d_b7, ones, true, ones)],
	// check 0xe3069283
	['crc32c', crc(32, 0x1e_dc_6f_41, ones, true, ones)],
	['sum8', byByte((sum, byte) => (sum + byte) & 255)],
	['xor', byByte((all, byte) => all ^ byte)],
]);
