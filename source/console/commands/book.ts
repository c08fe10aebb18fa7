import type {BookEntry, EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {peerOf} from './find-peer.js';
import {readDialTarget} from './parse-address.js';

/** The saved address of this name, whatever its capitals. */
export function findInBook(
	{notebook}: Pick<EngineState, 'notebook'>,
	name: string,
): BookEntry | undefined {
	const wanted = name.toLowerCase();
	return notebook.addresses.find(each => each.name.toLowerCase() === wanted);
}

export const bookNames = ({notebook}: Pick<EngineState, 'notebook'>) =>
	notebook.addresses.map(({name}) => name);

const actions = ['save', 'delete'];

export const book: SlashCommand = {
	name: 'book',
	usage: 'book [save NAME [ADDRESS] | delete NAME]',
	summaryKey: 'book',
	complete: (index, {state}, before) => ({
		words: index === 0 ? actions : index === 1 ? bookNames(state) : [],
		...(before.length > 2 ? {words: []} : {}),
	}),
	run({words}, {state, conversation, ui}) {
		const sentences = strings.input.book;
		const [action, name, ...address] = words;
		if (action === undefined) {
			ui.openOverlay({kind: 'book'});
			return done;
		}

		if (!actions.includes(action)) return failed(sentences.unknown(action));
		if (name === undefined) return failed(sentences.sayName(action));
		if (action === 'delete') {
			const saved = findInBook(state, name);
			return saved
				? withCommand({type: 'notebook/deleteAddress', name: saved.name})
				: failed(sentences.notThere(name));
		}

		const saved = (target: BookEntry['target']) =>
			withCommand({type: 'notebook/saveAddress', entry: {name, target}});
		if (address.length > 0) {
			const read = readDialTarget(address.join(' '));
			return read.ok ? saved(read.target) : failed(read.message);
		}

		const target = peerOf(conversation, state)?.target;
		return target ? saved(target) : failed(sentences.sayAddress(name));
	},
};
