/** Whether we are named in what somebody says: what rings the bell, and stands out among rows. */
const endsInWord = /[\p{L}\p{N}_]$/u;
const beginsInWord = /^[\p{L}\p{N}_]/u;

/** Whether a text has the name as a word of its own, upper or lower case. */
export function mentions(text: string, name: string): boolean {
	const where = text.toLowerCase();
	const what = name.toLowerCase();
	if (what === '') return false;
	for (
		let at = where.indexOf(what);
		at !== -1;
		at = where.indexOf(what, at + 1)
	) {
		const end = at + what.length;
		// Two units: a character beyond the first plane is whole.
		const isInWord =
			endsInWord.test(where.slice(Math.max(0, at - 2), at)) ||
			beginsInWord.test(where.slice(end, end + 2));
		if (!isInWord) return true;
	}

	return false;
}
