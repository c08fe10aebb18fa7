/**
 * Whether the console is to be line by line: asked for, announced by a screen reader's
 * user in the way of Ink's programs, or all that the terminal can.
 */
export function isLinear(
	env: Readonly<Record<string, string | undefined>>,
	setting: string | undefined,
): boolean {
	return (
		setting === 'on' ||
		env['INK_SCREEN_READER'] === 'true' ||
		env['TERM'] === 'dumb'
	);
}
