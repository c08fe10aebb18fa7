/** What a renderer may write to a terminal: everything else in its output came from somebody else. */

// SGR; moves of the cursor; erasing; modes, switched by number; kitty's keyboard given back.
const controls = [
	String.raw`\[[\d;]*m`,
	String.raw`\[\d*[A-G]`,
	String.raw`\[(?:\d+(?:;\d+)?)?H`,
	String.raw`\[[0-3]?[JK]`,
	String.raw`\[\?(?:25|1049|2004|2026)[hl]`,
	String.raw`\[\?(?:1000|1002|1003|1004|1006)l`,
	String.raw`\[<u`,
];
/** A copy that the user asked for. */
const clipboard = String.raw`\]52;c;[A-Za-z\d+/]*=*\u0007`;
/** The setting `bell` is on. */
const bell = String.raw`\u0007|`;
// Joiners and variation selectors stand inside of characters; what else has no width or turns text around stays out.
const text = String.raw`[^\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]`;

const escape = '\u001B';
const beginning = new RegExp(`^${escape}(?:\\[[?<\\d;]*)?$`);

const grammar = (copies: boolean, bells: boolean) =>
	new RegExp(
		`(?:${text}|\\r?\\n|${bells ? bell : ''}\\u001B(?:${[...controls, ...(copies ? [clipboard] : [])].join('|')}))+`,
		'uy',
	);

/** Each place that the grammar does not hold, with what follows it; empty where all of it is a renderer's own. */
export function strayOutput(
	output: string,
	{
		copies = false,
		bells = false,
	}: {readonly copies?: boolean; readonly bells?: boolean} = {},
): string[] {
	const pattern = grammar(copies, bells);
	const strays: string[] = [];
	for (let at = 0; at < output.length;) {
		pattern.lastIndex = at;
		const end = at + (pattern.exec(output)?.[0].length ?? 0);
		// A sequence whose rest has not been read yet.
		const isPart = beginning.test(output.slice(end, end + 20));
		if (end === output.length || isPart) break;
		strays.push(JSON.stringify(output.slice(end, end + 40)));
		// What follows an ESC that begins nothing known would be text.
		at = end + 1;
	}

	return strays;
}

const modeSwitch = new RegExp(`${escape}\\[\\?([\\d;]+)([hl])`, 'g');

/** DEC private modes that the output leaves on, with those that a terminal has on at the start. */
export function modesOn(output: string): string[] {
	const on = new Set(['?25']);
	for (const [, numbers = '', final] of output.matchAll(modeSwitch)) {
		for (const number of numbers.split(';')) {
			if (final === 'h') on.add(`?${number}`);
			else on.delete(`?${number}`);
		}
	}

	return [...on];
}
