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

const readableUnits: Readonly<Record<string, number>> = {
	'': 1,
	b: 1,
	k: 1e3,
	kb: 1e3,
	kib: 1024,
	m: 1e6,
	mb: 1e6,
	mib: 1024 ** 2,
	g: 1e9,
	gb: 1e9,
	gib: 1024 ** 3,
	t: 1e12,
	tb: 1e12,
	tib: 1024 ** 4,
};

/**
 * Whole bytes of a size as people write it: `20MB`, `500 kB`, `1.5GB`, `20MiB`, `4096`; a
 * rate's `/s` at the end is passed over. Upper and lower case are the same. Undefined where
 * it is none, and where it is beyond what can be counted exactly.
 */
export function parseSize(text: string): number | undefined {
	const found =
		/^(\d{1,16}(?:\.\d{1,16})?|\.\d{1,16})\s*([a-z]*)(?:\/s)?$/i.exec(
			text.trim(),
		);
	const unit = readableUnits[found?.[2]?.toLowerCase() ?? ''];
	if (!found || unit === undefined) return undefined;
	const bytes = Math.round(Number(found[1]) * unit);
	return Number.isSafeInteger(bytes) ? bytes : undefined;
}
