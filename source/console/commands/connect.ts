import {bookNames, findInBook} from './book.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {pinnedNames} from './trust.js';
import {readDialTarget} from './parse-address.js';

/** `host port`, as netcat takes it. */
function asNetcat([host = '', port = '', ...others]: readonly string[]) {
	if (others.length > 0 || !/^\d+$/.test(port)) return undefined;
	return `${host.includes(':') && !host.includes('/') ? `[${host}]` : host}:${port}`;
}

export const connect: SlashCommand = {
	name: 'connect',
	usage: 'connect [tls://|tcp://|ssl://]host[:port] | NAME',
	summaryKey: 'connect',
	complete: (index, {state}) => ({
		words: index === 0 ? [...bookNames(state), ...pinnedNames(state)] : [],
	}),
	run({words}, {ui, state}) {
		if (words.length === 0) {
			ui.openOverlay({kind: 'connect'});
			return done;
		}

		const text = words.join(' ');
		const saved = findInBook(state, text);
		if (saved) return withCommand({type: 'peer/dial', target: saved.target});
		const isPinned = pinnedNames(state).some(
			name => name.toLowerCase() === text.toLowerCase(),
		);
		if (isPinned) return withCommand({type: 'trust/dial', petname: text});
		const found = readDialTarget(asNetcat(words) ?? text);
		return found.ok
			? withCommand({type: 'peer/dial', target: found.target})
			: failed(found.message);
	},
};
