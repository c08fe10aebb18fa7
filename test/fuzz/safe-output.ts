/** What must never come out for a screen, a log or a file name, wherever it came from. */
const unsafe =
	/[\p{Cc}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{e0000}-\u{e007f}]/u;

/** Throws where a text could move, colour or reorder anything on a screen. */
export function checkSafe(text: string, where: string): void {
	const found = unsafe.exec(text);
	if (found || /\p{M}{9}/u.test(text) || !text.isWellFormed()) {
		throw new Error(
			`Unsafe text in ${where}: ${JSON.stringify(text)} at ${found?.index}`,
		);
	}
}

/** The same of every text in a value. */
export function checkAllSafe(value: unknown, where: string): void {
	if (typeof value === 'string') checkSafe(value, where);
	if (typeof value !== 'object' || value === null) return;
	if (ArrayBuffer.isView(value)) return;
	for (const [key, each] of Object.entries(value)) {
		checkAllSafe(each, `${where}.${key}`);
	}
}
