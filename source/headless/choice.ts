/** What somebody answers to an offer. */

export type Choice =
	| {readonly kind: 'all'}
	| {readonly kind: 'none'}
	/** Rows of the question, the first one 1. */
	| {readonly kind: 'some'; readonly rows: ReadonlySet<number>}
	/** Numbers, and yet none that can be meant: worth asking again. */
	| {readonly kind: 'unclear'};

const none: Choice = {kind: 'none'};
const unclear: Choice = {kind: 'unclear'};

/** `y`, or numbers and ranges of `count` rows where there are several; anything else is a no. */
export function parseChoice(line: string, count: number): Choice {
	const answer = line.trim();
	if (/^y(es)?$/i.test(answer)) return {kind: 'all'};
	if (count < 2 || !/^[\d\s,-]*\d[\d\s,-]*$/.test(answer)) return none;
	const rows = new Set<number>();
	const parts = answer.replaceAll(/\s*-\s*/g, '-').split(/[\s,]+/);
	for (const part of parts.filter(part => part !== '')) {
		const range = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part);
		if (!range) return unclear;
		const first = Number(range[1]);
		const last = range[2] === undefined ? first : Number(range[2]);
		if (first < 1 || last < first || last > count) return unclear;
		for (let row = first; row <= last; row++) rows.add(row);
	}

	return rows.size === count ? {kind: 'all'} : {kind: 'some', rows};
}
