const two = (value: number) => String(value).padStart(2, '0');

let quarter = Number.NaN;
let offsetMinutes = 0;

/** The local offset changes at most on a quarter of an hour: a `Date` for each line would cost more than the line. */
function localOffset(at: number): number {
	const now = Math.floor(at / 900_000);
	if (now !== quarter) {
		quarter = now;
		offsetMinutes = -new Date(at).getTimezoneOffset();
	}

	return offsetMinutes;
}

/** Local time to the millisecond with its offset, as RFC 3339 writes it: `2026-01-15T12:00:01.250+01:00`. `at` in ms since 1970. */
export function formatTimestamp(at: number): string {
	const offset = localOffset(at);
	const local = new Date(at + offset * 60_000).toISOString().slice(0, -1);
	const minutes = Math.abs(offset);
	const sign = offset < 0 ? '-' : '+';
	return `${local}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
