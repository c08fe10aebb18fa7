/** Numeric addresses as bytes, and ranges of them: for lists of who may connect. */

/** IPv4 has 4 bytes, IPv6 16; `last` is part of it. */
export interface AddressRange {
	readonly first: readonly number[];
	readonly last: readonly number[];
}

function ipv4Bytes(text: string): number[] | undefined {
	const parts = text.split('.');
	if (parts.length !== 4) return undefined;
	const bytes = parts.map(part =>
		/^(?:0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256,
	);
	return bytes.every(byte => byte <= 255) ? bytes : undefined;
}

/** RFC 4291 §2.2: groups, `::` once at most, an IPv4 address as the last two groups. */
function ipv6Bytes(text: string): number[] | undefined {
	const embedded = /^(.*:)([^:]*\.[^:]*)$/.exec(text);
	const tail = embedded ? ipv4Bytes(embedded[2]!) : [];
	if (!tail) return undefined;
	// Two groups stand in for the embedded address, and are put right below.
	const whole = embedded ? `${embedded[1]!}0:0` : text;
	const halves = whole.split('::');
	if (halves.length > 2) return undefined;
	const [front = [], back = []] = halves.map(half =>
		half === '' ? [] : half.split(':'),
	);
	const missing = 8 - front.length - back.length;
	if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
	const groups = [...front, ...Array<string>(missing).fill('0'), ...back];
	if (!groups.every(group => /^[\da-f]{1,4}$/i.test(group))) return undefined;
	const bytes = groups.flatMap(group => {
		const value = Number.parseInt(group, 16);
		return [value >> 8, value & 0xff];
	});
	return tail.length > 0 ? [...bytes.slice(0, 12), ...tail] : bytes;
}

const mappedPrefix = [...Array<number>(10).fill(0), 0xff, 0xff];

/** The bytes of a numeric address, an IPv4-mapped IPv6 one as IPv4; a zone (`%eth0`) does not count. */
export function addressBytes(text: string): number[] | undefined {
	const bytes = ipv4Bytes(text) ?? ipv6Bytes(text.replace(/%[^%]+$/, ''));
	return bytes?.length === 16 &&
		mappedPrefix.every((byte, index) => bytes[index] === byte)
		? bytes.slice(12)
		: bytes;
}

function compare(left: readonly number[], right: readonly number[]): number {
	for (const [index, byte] of left.entries()) {
		const difference = byte - right[index]!;
		if (difference !== 0) return difference;
	}

	return 0;
}

function withPrefix(
	bytes: readonly number[],
	prefix: number,
): AddressRange | undefined {
	if (prefix > bytes.length * 8) return undefined;
	// Which bits of each byte are the range's own.
	const masks = bytes.map((_, index) => {
		const bits = Math.min(8, Math.max(0, prefix - index * 8));
		return (0xff << (8 - bits)) & 0xff;
	});
	return {
		first: bytes.map((byte, index) => byte & masks[index]!),
		last: bytes.map((byte, index) => byte | (~masks[index]! & 0xff)),
	};
}

/** `10.0.0.5`, `10.0.0.0/8`, `10.0.0.5-10.0.0.9`, the same with IPv6; undefined for anything else. */
export function parseAddressRange(text: string): AddressRange | undefined {
	const [firstText = '', lastText, ...more] = text
		.split('-')
		.map(part => part.trim());
	const [address = '', prefix, ...others] = firstText.split('/');
	const first = addressBytes(address);
	if (!first || more.length > 0 || others.length > 0) return undefined;
	if (lastText !== undefined) {
		const last = prefix === undefined ? addressBytes(lastText) : undefined;
		return last?.length === first.length && compare(first, last) <= 0
			? {first, last}
			: undefined;
	}

	if (prefix === undefined) return {first, last: first};
	return /^\d{1,3}$/.test(prefix)
		? withPrefix(first, Number(prefix))
		: undefined;
}

export function isInRange(
	address: readonly number[],
	{first, last}: AddressRange,
): boolean {
	return (
		address.length === first.length &&
		compare(first, address) <= 0 &&
		compare(address, last) <= 0
	);
}
