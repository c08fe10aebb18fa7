import {strings} from '../../strings/index.js';
import {toAbsolutePath} from '../input/user-path.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {findTransfer, isOffer, transferNames} from './find-transfer.js';

/** The word between what is accepted and where it goes. */
const into = 'into';

export const accept: SlashCommand = {
	name: 'accept',
	usage: 'accept [FILE|PEER] [into FOLDER]',
	summaryKey: 'accept',
	complete(index, {state}, before) {
		if (before.at(-1) === into) return {paths: 'folders'};
		if (before.includes(into)) return {};
		return {
			words: index === 0 ? [...transferNames(state, isOffer), into] : [into],
		};
	},
	run({words}, {state}) {
		const {noOffer, intoWhere} = strings.input.transfers;
		const at = words.indexOf(into);
		const isInto = at === 0 || at === 1;
		const folder = isInto ? words[at + 1] : undefined;
		if (isInto && (folder === undefined || words.length > at + 2)) {
			return failed(intoWhere);
		}

		const name = at === 0 ? undefined : words[0];
		const found = findTransfer(state, name, isOffer, noOffer);
		return found.ok
			? withCommand({
					type: 'transfer/accept',
					transfer: found.transfer.id,
					...(folder === undefined ? {} : {folder: toAbsolutePath(folder)}),
				})
			: failed(found.message);
	},
};
