/** Control messages as honest programs send them. */
import type {ControlMessage} from '../../../source/protocol/messages.js';
import type {FuzzChance} from '../target.js';

const words = [
	'hi',
	'你好 🙂',
	'',
	'a\u0301\u200b\u202ee',
	'\u001B[31mred\u0007',
	'x'.repeat(300),
	'\uD800',
];

export const helloOf = (chance: FuzzChance): ControlMessage => ({
	name: 'hello',
	versions: chance.pick([[1], [1, 2], [2], [0, 65_535, 1]]),
	features: chance.pick([[], ['x'], ['a', 'b']]),
	nick: chance.pick(['eve', ...words]),
	instance: chance.pick(['5e', '00']).repeat(16),
	role: chance.pick(['console', 'script']),
	...(chance.below(4) === 0 ? {intended: 'ab'.repeat(32)} : {}),
});

const pathOf = (chance: FuzzChance): string[] =>
	Array.from({length: 1 + chance.below(3)}, () =>
		chance.pick(['a.txt', '..', '.ssh', 'con', 'a/b', 'ü', ...words]),
	);

const indices = (chance: FuzzChance) =>
	Array.from({length: chance.below(4)}, () => chance.below(5));

/** About one of these transfers, or one of the first rounds of a pairing. */
export function messageOf(
	chance: FuzzChance,
	transfers: readonly string[],
): ControlMessage {
	const transfer = chance.pick(transfers);
	const round = 1 + chance.below(3);
	const attempt = 1 + chance.below(3);
	const share = chance.pick(['00', 'aa']).repeat(32);
	const tag = 'bb'.repeat(64);
	return chance.pick<() => ControlMessage>([
		() => ({
			name: 'message',
			id: chance.pick(['1', '2', 'm-3', '\u009B']),
			text: chance.pick(words),
		}),
		() => ({name: 'ack', id: chance.pick(['1', 'zz'])}),
		() => ({name: 'nick', nick: chance.pick(words)}),
		() => ({
			name: 'offer',
			transfer,
			entries: Array.from({length: 1 + chance.below(3)}, () => ({
				path: pathOf(chance),
				size: chance.pick([0, 1, 10, Number.MAX_SAFE_INTEGER]),
				mtimeMs: chance.pick([0, -1.5, 8.64e15]),
			})),
			more: chance.below(4) === 0,
		}),
		() => ({
			name: 'accept',
			transfer,
			skip: indices(chance),
			...(chance.below(2) === 0 ? {held: indices(chance)} : {}),
			...(chance.below(2) === 0 ? {same: indices(chance)} : {}),
			...(chance.below(4) === 0 ? {more: true} : {}),
		}),
		() => ({name: 'decline', transfer, code: 'diskFull'}),
		() => ({name: 'withdraw', transfer}),
		() => ({name: 'lane', transfer, ticket: 'cd'.repeat(32)}),
		() => ({
			name: 'pause',
			transfer,
			...(chance.below(2) === 0 ? {code: 'diskFull'} : {}),
		}),
		() => ({name: 'goOn', transfer}),
		() => ({name: 'cancel', transfer}),
		() => ({name: 'pairShow', round}),
		() => ({name: 'pairShare', round, attempt, share}),
		() => ({name: 'pairReply', round, attempt, share, tag}),
		() => ({name: 'pairConfirm', round, attempt, tag}),
		() => ({name: 'pairWrong', round, attempt}),
		() => ({
			name: 'pairEnd',
			round,
			reason: chance.pick(['expired', 'withdrawn', 'burnt']),
		}),
		() => ({name: 'ping', nonce: chance.below(9)}),
		() => ({name: 'pong', nonce: chance.below(9)}),
		() => ({name: 'error', code: 'frameTooLong'}),
		() => ({name: 'bye'}),
	])();
}
