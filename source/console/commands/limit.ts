import {isRunning} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatRate, parseSize} from '../../util/quantities.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {findTransfer, transferNames} from './find-transfer.js';

const off = 'off';

/** The limit in front, `20 MB` with its blank too, and the words behind it. */
function readLimit(words: readonly string[]) {
	const [first = '', unit = '', ...rest] = words;
	if (first.toLowerCase() === off) {
		return {bytesPerSecond: undefined, rest: words.slice(1)};
	}

	const withBlank = /^[a-z]/i.test(unit) ? parseSize(first + unit) : undefined;
	const isNumberAlone = /^[\d.]+$/.test(first);
	if (isNumberAlone && withBlank !== undefined && withBlank > 0) {
		return {bytesPerSecond: withBlank, rest};
	}

	const bytesPerSecond = parseSize(first);
	return bytesPerSecond === undefined || bytesPerSecond === 0
		? undefined
		: {bytesPerSecond, rest: words.slice(1)};
}

export const limit: SlashCommand = {
	name: 'limit',
	usage: 'limit 20MB|off [FILE|PEER]',
	summaryKey: 'limit',
	complete: (index, {state}) => ({
		words: index === 0 ? [off] : transferNames(state, isRunning),
	}),
	run({words}, {state, ui}) {
		const {limitIs, noLimit, badLimit, noneToLimit} = strings.input.transfers;
		if (words.length === 0) {
			const {rateLimit} = state;
			ui.notify(
				rateLimit === undefined ? noLimit : limitIs(formatRate(rateLimit)),
			);
			return done;
		}

		const read = readLimit(words);
		if (!read) return failed(badLimit(words[0]!));
		const {bytesPerSecond, rest} = read;
		const command = {
			type: 'transfer/limit',
			...(bytesPerSecond === undefined ? {} : {bytesPerSecond}),
		} as const;
		const [name] = rest;
		if (name === undefined) return withCommand(command);
		const found = findTransfer(state, name, isRunning, noneToLimit);
		return found.ok
			? withCommand({...command, transfer: found.transfer.id})
			: failed(found.message);
	},
};
