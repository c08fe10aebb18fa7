/** Lengths of time as people write and read them. */
const units: Readonly<Record<string, number>> = {
	ms: 1,
	'': 1_000,
	s: 1_000,
	sec: 1_000,
	m: 60_000,
	min: 60_000,
	h: 3_600_000,
	d: 86_400_000,
};

/** The longest that a timer of the system can wait. */
const mostMs = 2_147_483_647;

/** Whole ms of `500ms`, `60s`, `1.5m`, `2h`, `1d`; a bare number is seconds. Undefined where it is none, nothing, or beyond 24 days. */
export function parseDurationMs(text: string): number | undefined {
	const found = /^(\d{1,10}(?:\.\d{1,3})?)\s*([a-z]*)$/i.exec(text.trim());
	const unit = units[found?.[2]?.toLowerCase() ?? ''];
	if (!found || unit === undefined) return undefined;
	const ms = Math.round(Number(found[1]) * unit);
	return ms >= 1 && ms <= mostMs ? ms : undefined;
}

/** `250 ms`, `60 s`, `10 min`, `2 h`, `3 d`: the largest unit that says it exactly. */
export function formatDurationMs(ms: number): string {
	const [size, name] = [
		[86_400_000, 'd'],
		[3_600_000, 'h'],
		[60_000, 'min'],
		[1_000, 's'],
	].find(([size]) => ms % Number(size) === 0 && ms >= 2 * Number(size)) ?? [
		ms % 1_000 === 0 && ms > 0 ? 1_000 : 1,
		ms % 1_000 === 0 && ms > 0 ? 's' : 'ms',
	];
	return `${ms / Number(size)} ${name}`;
}
