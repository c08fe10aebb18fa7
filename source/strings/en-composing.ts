/** What is read while a line is typed: `strings.input.composing`. */
export const composingStrings = {
	full: (characters: number) =>
		`The line is full: it holds ${characters} characters, and the rest was left out.`,
	recall: {
		label: 'typed before',
		placeholder: 'what was in it; Ctrl-R for older ones',
		nothing: 'No such line was typed.',
	},
	paste: {
		title: 'Paste',
		ask: (lines: number, characters: number) =>
			`${lines} lines, ${characters} characters. What should become of them?`,
		tooLong: (characters: number) =>
			`Only the first ${characters} characters fit, and the rest would be lost: send it as a file instead.`,
		more: (lines: number) => `… and ${lines} more`,
		edit: 'edit them in the composer',
		send: 'send them as they are',
		drop: 'drop them',
	},
} as const;
