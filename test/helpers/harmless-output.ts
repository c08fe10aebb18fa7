/** What a program may print whatever strangers say to it: nothing that a terminal obeys, no stack trace, and NDJSON that is some. */

// C0, DEL, C1, line separators, bidi and zero-width characters, halves of pairs.
const control =
	/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\u200B\uFEFF]/u;

/** A line of NDJSON is one event, and no text in it does anything to a screen that shows it. */
function findBadEvent(line: string): string[] {
	const found: string[] = [];
	try {
		const event = JSON.parse(line, (_key, value: unknown) => {
			if (typeof value === 'string' && control.test(value))
				found.push(`control in ${line}`);
			return value;
		}) as Record<string, unknown>;
		const isEvent =
			event['v'] === 1 &&
			typeof event['type'] === 'string' &&
			!Number.isNaN(Date.parse(String(event['at'])));
		if (!isEvent || control.test(line)) found.push(`no event: ${line}`);
	} catch {
		found.push(`no JSON: ${line}`);
	}

	return found;
}

/** What must not be in the output of a program, as sentences. */
export function findBadOutput(
	lines: readonly string[],
	errors: string,
	isNdjson = true,
): string[] {
	const found: string[] = [];
	for (const line of lines) {
		if (isNdjson) found.push(...findBadEvent(line));
		else if (control.test(line))
			found.push(`control in ${JSON.stringify(line)}`);
	}

	for (const line of errors.split('\n')) {
		if (control.test(line)) found.push(`control in ${JSON.stringify(line)}`);
		if (/^\s+at |\bError:|unhandled|node:internal|Warning:/i.test(line))
			found.push(`stack trace on stderr: ${line}`);
	}

	return found;
}
