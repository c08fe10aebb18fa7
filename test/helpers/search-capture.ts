/** Looks for words in bytes as somebody would who has a capture: in every spelling that programs use. */

/** What is the same in base64 wherever the word stands among three bytes. */
function base64Cores(word: Buffer): string[] {
	return [0, 1, 2].map(before => {
		const text = Buffer.concat([Buffer.alloc(before), word])
			.toString('base64')
			.replace(/=+$/, '');
		const skipped = [0, 2, 3][before]!;
		// The last character also depends on what follows.
		return text.slice(skipped, -1);
	});
}

function spellingsOf(word: string): Buffer[] {
	const cases = new Set([word, word.toLowerCase(), word.toUpperCase()]);
	return [...cases].flatMap(spelling => {
		const plain = Buffer.from(spelling);
		const little = Buffer.from(spelling, 'utf16le');
		const big = Buffer.from(little).swap16();
		const hex = plain.toString('hex');
		return [
			plain,
			little,
			big,
			Buffer.from(hex),
			Buffer.from(hex.toUpperCase()),
			Buffer.from(encodeURIComponent(spelling)),
			...base64Cores(plain).map(core => Buffer.from(core)),
			...base64Cores(plain).map(core =>
				Buffer.from(core.replaceAll('+', '-').replaceAll('/', '_')),
			),
		];
	});
}

/** The words that are in any of the streams, in whatever spelling. */
export function wordsIn(
	streams: readonly Buffer[],
	words: readonly string[],
): string[] {
	return words.filter(word =>
		spellingsOf(word).some(bytes =>
			streams.some(stream => stream.includes(bytes)),
		),
	);
}
