import type {EngineState, Listener} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';

const nameOf = ({kind, port}: Listener) => `${kind} ${port}`;

/** `9090`, `udp`, `tcp 9090`: the listeners that fit all words. */
function fitting(state: EngineState, words: readonly string[]): Listener[] {
	return state.listeners
		.values()
		.filter(({kind, port}) =>
			words.every(word => word === kind || word === String(port)),
		);
}

export const unlisten: SlashCommand = {
	name: 'unlisten',
	usage: 'unlisten [tcp|udp] [port]',
	summaryKey: 'unlisten',
	complete: (index, {state}) => ({
		words: state.listeners
			.values()
			.map(({kind, port}) => (index === 0 ? kind : String(port))),
	}),
	run({words}, {state}) {
		const {listeners} = strings.input;
		if (state.listeners.size === 0) return failed(listeners.none);
		const found = fitting(state, words);
		const [listener] = found;
		if (!listener) return failed(listeners.unknown(words.join(' ')));
		return found.length === 1
			? withCommand({type: 'listener/close', listener: listener.id})
			: failed(listeners.several(found.map(each => nameOf(each))));
	},
};
