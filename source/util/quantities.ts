const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Decimal: `0 B`, `999 B`, `1.5 kB`, `812 MB`, `2.1 GB`. */
export function formatSize(bytes: number): string {
	let value = Math.max(0, bytes);
	let unit = 0;
	// 999.5 would be rounded to four digits.
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1000;
		unit++;
	}

	const digits = unit > 0 && value < 99.95 ? 1 : 0;
	return `${value.toFixed(digits).replace(/\.0$/, '')} ${units[unit]!}`;
}

/** Bytes a second: `812 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
	return `${formatSize(Math.round(bytesPerSecond))}/s`;
}

/** Time left: `0:02`, `12:40`, `3:05:00`; undefined where nobody could mean it. */
export function formatEta(
	remainingBytes: number,
	bytesPerSecond: number,
): string | undefined {
	if (bytesPerSecond <= 0) return undefined;
	const seconds = Math.ceil(Math.max(0, remainingBytes) / bytesPerSecond);
	return seconds > 99 * 3600 ? undefined : formatDuration(seconds);
}

/** Whole seconds as `m:ss` or `h:mm:ss`. */
export function formatDuration(seconds: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	return hours > 0
		? `${hours}:${two(minutes)}:${two(seconds % 60)}`
		: `${minutes}:${two(seconds % 60)}`;
}

/** A share as whole percent, 100 only when all is there. */
export function formatPercent(part: number, whole: number): string {
	if (whole <= 0) return '100%';
	const percent = Math.floor((part / whole) * 100);
	return `${Math.min(100, Math.max(0, percent))}%`;
}

/** A count that stays short: `999`, `9.9k`, `12k`. */
export function formatCount(count: number): string {
	if (count < 10_000) return String(count);
	if (count < 1_000_000) return `${Math.floor(count / 1000)}k`;
	return `${Math.floor(count / 1_000_000)}M`;
}
