/** Sets of characters (code points), as sorted ranges that do not touch. Pure values. */
export type Ranges = ReadonlyArray<readonly [first: number, last: number]>;

export interface CharacterSet {
	has(codePoint: number): boolean;
	/** The one character of it, where there is but one and case counts. */
	readonly only: number | undefined;
}

const lastCodePoint = 0x10_ff_ff;

export const digits: Ranges = [[0x30, 0x39]];
export const wordCharacters: Ranges = [
	[0x30, 0x39],
	[0x41, 0x5a],
	[0x5f, 0x5f],
	[0x61, 0x7a],
];
/** White space and line ends, as in ECMA-262 §22.2.2.9. */
export const spaces: Ranges = [
	[0x09, 0x0d],
	[0x20, 0x20],
	[0xa0, 0xa0],
	[0x16_80, 0x16_80],
	[0x20_00, 0x20_0a],
	[0x20_28, 0x20_29],
	[0x20_2f, 0x20_2f],
	[0x20_5f, 0x20_5f],
	[0x30_00, 0x30_00],
	[0xfe_ff, 0xfe_ff],
];
export const lineEnds: Ranges = [
	[0x0a, 0x0a],
	[0x0d, 0x0d],
	[0x20_28, 0x20_29],
];

function joined(ranges: Ranges): Array<[number, number]> {
	const result: Array<[number, number]> = [];
	for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
		const before = result.at(-1);
		if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
		else result.push([first, last]);
	}

	return result;
}

/** All other characters. */
export function inverted(ranges: Ranges): Ranges {
	const result: Array<[number, number]> = [];
	let next = 0;
	for (const [first, last] of joined(ranges)) {
		if (first > next) result.push([next, first - 1]);
		next = last + 1;
	}

	if (next <= lastCodePoint) result.push([next, lastCodePoint]);
	return result;
}

function otherCases(codePoint: number): number[] {
	const character = String.fromCodePoint(codePoint);
	return [character.toLowerCase(), character.toUpperCase()]
		.filter(
			each =>
				Array.from(each).length === 1 && each.codePointAt(0) !== codePoint,
		)
		.map(each => each.codePointAt(0)!);
}

/** `ignoreCase`: a character is in it too where its upper or lower case is. */
export function createSet(
	given: Ranges,
	{ignoreCase, isInverted = false}: {ignoreCase: boolean; isInverted?: boolean},
): CharacterSet {
	const ranges = joined(given);
	const contains = (codePoint: number) => {
		let low = 0;
		let high = ranges.length - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			const [first, last] = ranges[middle]!;
			if (codePoint < first) high = middle - 1;
			else if (codePoint > last) low = middle + 1;
			else return true;
		}

		return false;
	};

	const decide = (codePoint: number) => {
		const isIn =
			contains(codePoint) ||
			(ignoreCase && otherCases(codePoint).some(contains));
		return isIn !== isInverted;
	};

	const ascii = Uint8Array.from({length: 128}, (_, codePoint) =>
		decide(codePoint) ? 1 : 0,
	);
	const [range] = ranges;
	const isOne = ranges.length === 1 && range![0] === range![1];
	return {
		has: codePoint =>
			codePoint < 128 ? ascii[codePoint] === 1 : decide(codePoint),
		only: isOne && !ignoreCase && !isInverted ? range![0] : undefined,
	};
}
