const units = ['kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes as people count them: decimal units, three significant digits. */
export function formatSize(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	let value = bytes / 1000;
	let unit = 0;
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1000;
		unit++;
	}

	const digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
	return `${value.toFixed(digits)} ${units[unit]}`;
}
