import type {Command} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {parseAddressRange} from '../../util/address-range.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {findListener, listenerWords} from './find-listener.js';

/** `all` of `/allow all`: both lists are emptied. */
const everybody = 'all';

function createAccessCommand(name: 'allow' | 'deny'): SlashCommand {
	return {
		name,
		usage:
			name === 'allow'
				? 'allow RANGE…|all [LISTENER]'
				: 'deny RANGE… [LISTENER]',
		summaryKey: name,
		complete: (index, {state}) => ({
			words:
				index > 0
					? listenerWords(state, 'port')
					: name === 'allow'
						? [everybody]
						: [],
		}),
		run({words}, {state}) {
			const {access} = strings.input;
			const ranges = words.filter(word => parseAddressRange(word));
			const isReset = name === 'allow' && words.includes(everybody);
			const others = words.filter(
				word => !ranges.includes(word) && !(isReset && word === everybody),
			);
			if (ranges.length === 0 && !isReset) {
				const [first] = others;
				return failed(
					first === undefined ? access.sayRange(name) : access.badRange(first),
				);
			}

			const found = others.length > 0 ? findListener(state, others) : undefined;
			if (found && !found.ok) return failed(found.message);
			if (state.listeners.size === 0) {
				return failed(strings.input.listeners.none);
			}

			const command: Command = {
				type: 'listener/setAccess',
				change: isReset ? 'reset' : name,
				ranges: isReset ? [] : ranges,
				...(found ? {listener: found.listener.id} : {}),
			};
			return withCommand(command);
		},
	};
}

export const allow = createAccessCommand('allow');
export const deny = createAccessCommand('deny');
