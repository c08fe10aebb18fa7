/**
 * Defects that were paid for elsewhere, as edits of the source: each must make one of
 * its tests fail. `scripts/defects.ts` puts them in, one after the other.
 */
export interface Defect {
	readonly name: string;
	/** The number of the rule in docs/security.md. */
	readonly rule: number;
	readonly file: string;
	/** Stands there exactly once. */
	readonly find: string;
	readonly put: string;
	readonly tests: readonly string[];
}

export const defects: readonly Defect[] = [
	{
		name: 'the sender chooses a path: `..` is taken as a name',
		rule: 1,
		file: 'source/storage/receive-name.ts',
		find: "if (suggested === '.' || suggested === '..') return 'dots';",
		put: '',
		tests: ['test/storage/receive-name.test.ts'],
	},
	{
		name: 'the sender chooses a path: separators are taken',
		rule: 1,
		file: 'source/storage/receive-name.ts',
		find: "if (/[/\\\\]/.test(suggested)) return 'separator';",
		put: '',
		tests: ['test/storage/receive-name.test.ts'],
	},
	{
		name: 'a file that nobody accepted is written',
		rule: 2,
		file: 'source/protocol/transfer-receiver.ts',
		find: "if (!accepted?.wanted) throw violation('entryNotAccepted');",
		put: "if (!accepted) throw violation('entryNotAccepted');",
		tests: ['test/protocol/transfer-receiver.test.ts'],
	},
	{
		name: 'more bytes than were accepted are written',
		rule: 3,
		file: 'source/protocol/transfer-receiver.ts',
		find: "if (bytes.length > open.size - offset) throw violation('dataBeyondSize');",
		put: '',
		tests: ['test/protocol/transfer-receiver.test.ts'],
	},
	{
		name: 'C1 control characters reach the terminal',
		rule: 4,
		file: 'source/engine/character-classes.ts',
		find: '/[\\p{Cc}\\p{Cf}',
		put: '/[[\\p{Cc}--[\\x80-\\x9f]]\\p{Cf}',
		tests: ['test/engine/sanitize.test.ts'],
	},
	{
		name: 'a wrapped row of a stranger begins at column 0',
		rule: 4,
		file: 'source/console/format/row-parts.ts',
		find: '...(index === 0 ? head : rule)',
		put: '...(index === 0 ? head : [])',
		tests: ['test/console/format/row-layout.test.ts'],
	},
	{
		name: 'no fdatasync before the name is given',
		rule: 5,
		file: 'source/storage/part-slot.ts',
		find: 'await files.fdatasync(this.fd);',
		put: '',
		tests: ['test/storage/part-faults.test.ts'],
	},
	{
		name: 'rename in the place of link: what is there is written over',
		rule: 5,
		file: 'source/storage/part-slot.ts',
		find: 'await files.link(this.#part, path);',
		put: 'await files.rename(this.#part, path);',
		tests: [
			'test/storage/receive-folder.test.ts',
			'test/storage/delivery.test.ts',
		],
	},
	{
		name: 'the digest is not compared',
		rule: 5,
		file: 'source/storage/part-file.ts',
		find: 'if (!isWhole || !own || (digest && !equalBytes(own, digest)))',
		put: 'if (!isWhole || !own)',
		tests: [
			'test/storage/receive-folder.test.ts',
			'test/storage/delivery.test.ts',
		],
	},
	{
		name: 'the first frame of a stranger may be as long as it says',
		rule: 6,
		file: 'source/protocol/frame-decoder.ts',
		find: '} else if (lengthBytes > limitBytes) {',
		put: '} else if (lengthBytes > 2 ** 32) {',
		tests: ['test/protocol/frame-decoder.test.ts'],
	},
	{
		name: 'attempts at a pairing code are not counted',
		rule: 8,
		file: 'source/protocol/pairing-showing.ts',
		find: 'shown = {code: digits, untilMs, spent};',
		put: 'shown = {code: digits, untilMs, spent: 0};',
		tests: [
			'test/protocol/pairing-machine.test.ts',
			'test/protocol/pairing-table.test.ts',
		],
	},
	{
		name: 'a pairing proof is believed',
		rule: 8,
		file: 'source/protocol/cpace.ts',
		find: 'accepts: tag => equalBytesSecretly(tag, expected),',
		put: 'accepts: tag => tag.length === expected.length,',
		tests: ['test/protocol/cpace.test.ts', 'test/engine/trust/pairing.test.ts'],
	},
	{
		name: 'a changed key is taken for the verified one',
		rule: 8,
		file: 'source/engine/trust/trust.ts',
		find: 'if (expected !== undefined && expected !== peerId) {',
		put: 'if (expected === peerId && expected === undefined) {',
		tests: ['test/engine/trust/trust.test.ts'],
	},
	{
		name: 'a lane ticket is good for another key',
		rule: 8,
		file: 'source/engine/transfers/lane.ts',
		find: 'if (!invitation || invitation.peerId !== connection.peerId) {',
		put: 'if (!invitation) {',
		tests: [
			'test/engine/transfers/lane-violations.test.ts',
			'test/engine/transfers/transfer-violations.test.ts',
		],
	},
	{
		name: 'a reader that does not read is buffered for',
		rule: 7,
		file: 'source/engine/sessions/write-guard.ts',
		find: 'if (cancel || !isAbove()) return;',
		put: 'if (cancel || isAbove() || !isAbove()) return;',
		tests: [
			'test/engine/sessions/peer-session.test.ts',
			'test/engine/streams/raw-session.test.ts',
			'test/engine/chat.test.ts',
		],
	},
	{
		name: 'drops of the kernel are not counted',
		rule: 10,
		file: 'source/transport/kernel-drops.ts',
		find: 'return Number.isSafeInteger(drops) ? drops : undefined;',
		put: 'return Number.isSafeInteger(drops) ? 0 : undefined;',
		tests: ['test/transport/kernel-drops.test.ts'],
	},
	{
		name: 'names that programs obey are taken without a question',
		rule: 8,
		file: 'source/engine/trust/auto-accept.ts',
		find: "if (flagged) return ask('autoFlagged', {file: flagged.name});",
		put: 'void flagged;',
		tests: ['test/engine/trust/auto-accept.test.ts'],
	},
	{
		name: 'files are taken without a question from whoever is not verified',
		rule: 8,
		file: 'source/engine/trust/auto-accept.ts',
		find: "if (trust !== 'VERIFIED') return ask('autoUnverified');",
		put: 'void trust;',
		tests: ['test/engine/trust/auto-accept.test.ts'],
	},
	{
		name: 'what a terminal answers is taken for keys',
		rule: 11,
		file: 'source/console/input/key-tokenizer.ts',
		find: 'if (!cut.dropped && (!isCsi || isKeySequence(sequence))) {',
		put: 'if (!cut.dropped && (isCsi || !isCsi || isKeySequence(sequence))) {',
		tests: ['test/console/input/key-tokenizer.test.ts'],
	},
	{
		name: 'a terminal that goes away leaves the program running',
		rule: 11,
		file: 'source/console/terminal-guard.ts',
		find: 'for (const event of watched) streams.stdin.on(event, onStreamError);',
		put: '',
		tests: ['test/end-to-end/terminal-back.test.ts'],
	},
];
