const two = (value: number) => String(value).padStart(2, '0');

let offsetHour = Number.NaN;
let offsetMs = 0;

/** The local offset changes at most on a quarter of an hour; a `Date` for each row would cost more than the row. */
function localOffsetMs(at: number): number {
	const hour = Math.floor(at / 900_000);
	if (hour !== offsetHour) {
		offsetHour = hour;
		offsetMs = new Date(at).getTimezoneOffset() * 60_000;
	}

	return offsetMs;
}

/** Local time of day, `HH:MM:SS`. `at` in ms since 1970. */
export function formatClock(at: number): string {
	const seconds = Math.floor((at - localOffsetMs(at)) / 1000);
	const ofDay = ((seconds % 86_400) + 86_400) % 86_400;
	return `${two(Math.floor(ofDay / 3600))}:${two(Math.floor(ofDay / 60) % 60)}:${two(ofDay % 60)}`;
}

/** Local time of day, `HH:MM`. */
export function formatShortClock(at: number): string {
	return formatClock(at).slice(0, 5);
}

/** Local time of day, `HH:MM:SS.mmm`. */
export function formatExactClock(at: number): string {
	const ms = ((Math.floor(at) % 1000) + 1000) % 1000;
	return `${formatClock(at)}.${String(ms).padStart(3, '0')}`;
}

/** How much later something was, in few cells: `+0.012`, `+75.300`, `+17m`, `+3h`, `+2d`. */
export function formatDelta(ms: number): string {
	const sign = ms < 0 ? '-' : '+';
	const size = Math.abs(ms);
	if (size < 1_000_000) return `${sign}${(size / 1000).toFixed(3)}`;
	const minutes = Math.floor(size / 60_000);
	if (minutes < 100) return `${sign}${minutes}m`;
	const hours = Math.floor(minutes / 60);
	return hours < 100 ? `${sign}${hours}h` : `${sign}${Math.floor(hours / 24)}d`;
}

/** Local date, `YYYY-MM-DD`. */
export function formatDate(at: number): string {
	const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
	return local.toISOString().slice(0, 10);
}
