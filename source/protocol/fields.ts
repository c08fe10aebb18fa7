/** The kinds of fields that control messages are made of: what `docs/protocol.md` calls hex(n), text(n) and int(n). */
import * as v from 'valibot';

export const hex = (bytes: number) =>
	v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`)));

export const text = (maxBytes: number) =>
	v.pipe(v.string(), v.maxBytes(maxBytes));

export const count = (max: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));

export const ordinal = (max: number) => v.pipe(count(max), v.minValue(1));
