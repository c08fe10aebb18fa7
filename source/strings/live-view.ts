/**
 * A table that stays and whose sentences change: parts of it may be kept, in a constant
 * too, and each sentence is looked up when it is read. Of a sentence itself nothing may
 * be kept: `test/meta/strings.test.ts` finds a module that reads one while it is loaded.
 */
const isPart = (value: unknown): value is object =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The shape of `table`, with the texts that `current` has at the moment of reading. A part
 * is made when it is first asked for: most of them are not, in most runs.
 */
export function liveView<Table extends object>(
	table: Table,
	current: () => Table,
): Table {
	const view: object = {};
	for (const [name, value] of Object.entries(table)) {
		const key = name as keyof Table;
		let part: object | undefined;
		const partOf = (shape: object) =>
			(part ??= liveView(shape, () => current()[key] as object));
		Object.defineProperty(view, key, {
			enumerable: true,
			configurable: true,
			get: isPart(value) ? () => partOf(value) : () => current()[key],
		});
	}

	return view as Table;
}
