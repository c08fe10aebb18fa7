/** Which of some names was probably meant: for "did you mean". */

/** Changes of one letter (in, out, another, two swapped) from one word to the other. */
function distance(left: string, right: string): number {
	const rows: number[][] = [
		Array.from({length: right.length + 1}, (_, index) => index),
	];
	for (let i = 1; i <= left.length; i++) {
		const row = [i];
		const above = rows[i - 1]!;
		for (let j = 1; j <= right.length; j++) {
			const isSame = left[i - 1] === right[j - 1];
			let best = Math.min(
				above[j]! + 1,
				row[j - 1]! + 1,
				above[j - 1]! + (isSame ? 0 : 1),
			);
			const isSwapped =
				left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
			if (i > 1 && j > 1 && isSwapped)
				best = Math.min(best, rows[i - 2]![j - 2]! + 1);
			row.push(best);
		}

		rows.push(row);
	}

	return rows.at(-1)!.at(-1)!;
}

/** The name that begins with `name`, or else is a slip of a finger away, whatever the case. */
export function nearestName(
	names: readonly string[],
	name: string,
): string | undefined {
	const wanted = name.toLowerCase().slice(0, 40);
	if (wanted === '') return undefined;
	const begun = names.find(each => each.toLowerCase().startsWith(wanted));
	if (begun !== undefined) return begun;
	const [nearest] = names
		.map(each => ({each, changes: distance(wanted, each.toLowerCase())}))
		.filter(({each, changes}) => changes <= (each.length > 4 ? 2 : 1))
		.sort((left, right) => left.changes - right.changes);
	return nearest?.each;
}
