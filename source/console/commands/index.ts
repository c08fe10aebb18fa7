/** A line of the composer: a command where it begins with a slash, else something to say. */
import {strings} from '../../strings/index.js';
import {splitArguments} from '../input/split-arguments.js';
import {accept} from './accept.js';
import {allow, deny} from './access.js';
import {all} from './all.js';
import {book} from './book.js';
import {cancel} from './cancel.js';
import {clear} from './clear.js';
import {close} from './close.js';
import {connect} from './connect.js';
import {
	type CommandArguments,
	type CommandContext,
	type CommandResult,
	done,
	failed,
} from './context.js';
import {copy} from './copy.js';
import {decline} from './decline.js';
import {disconnect} from './disconnect.js';
import {encoding} from './encoding.js';
import {eol} from './eol.js';
import {framing} from './framing.js';
import {exportCommand} from './export.js';
import {filter, search} from './finding.js';
import {createHelp} from './help.js';
import {hex} from './hex.js';
import {join} from './join.js';
import {kick} from './kick.js';
import {leave} from './leave.js';
import {impair} from './impair.js';
import {inject} from './inject.js';
import {limit} from './limit.js';
import {limits} from './limits.js';
import {listen} from './listen.js';
import {log} from './log.js';
import {members} from './members.js';
import {meter} from './meter.js';
import {me} from './me.js';
import {msg} from './msg.js';
import {query} from './query.js';
import {nick} from './nick.js';
import {pace} from './pace.js';
import {pair} from './pair.js';
import {parallel} from './parallel.js';
import {pause} from './pause.js';
import {peers} from './peers.js';
import {practice} from './practice.js';
import {quit} from './quit.js';
import {raw} from './raw.js';
import {reads} from './reads.js';
import {reconnect} from './reconnect.js';
import {type Registry, createRegistry} from './registry.js';
import {relay} from './relay.js';
import {repeat} from './repeat.js';
import {resume} from './resume.js';
import {retry} from './retry.js';
import {rule} from './rule.js';
import {send} from './send.js';
import {sendraw} from './sendraw.js';
import {set, unset} from './set.js';
import {snippet} from './snippet.js';
import {topic} from './topic.js';
import {transfers} from './transfers.js';
import {block, trust, unblock, unpair, whois} from './trust.js';
import {sendTyped} from './typed.js';
import {udp} from './udp.js';
import {unlisten} from './unlisten.js';
import {goTo} from './goto.js';
import {history} from './history.js';

export type {
	CommandContext,
	CommandResult,
	ConsoleActions,
	SlashCommand,
} from './context.js';

/** Every command that works, in the order of the help. */
export const registry: Registry = createRegistry([
	connect,
	disconnect,
	reconnect,
	book,
	pair,
	whois,
	unpair,
	trust,
	block,
	unblock,
	kick,
	listen,
	unlisten,
	allow,
	deny,
	query,
	msg,
	me,
	all,
	send,
	accept,
	decline,
	transfers,
	pause,
	resume,
	cancel,
	retry,
	limit,
	parallel,
	udp,
	join,
	leave,
	members,
	topic,
	meter,
	relay,
	inject,
	impair,
	rule,
	framing,
	encoding,
	eol,
	pace,
	hex,
	reads,
	copy,
	raw,
	repeat,
	sendraw,
	snippet,
	nick,
	peers,
	search,
	filter,
	goTo,
	history,
	exportCommand,
	log,
	practice,
	clear,
	close,
	limits,
	set,
	unset,
	createHelp(() => registry),
	quit,
]);

/** The words behind a command's name. */
export function readArguments(line: string): CommandArguments {
	const words = splitArguments(line);
	return {
		words: words.map(({text}) => text),
		rest(count) {
			const word = words[count];
			return word ? line.slice(word.start) : '';
		},
	};
}

/**
 * Runs one line. What begins with `/` is a command, `//` one slash of text, all
 * else goes to the conversation. Engine commands are dispatched; what cannot be
 * done comes back as a sentence, and the line is the caller's to keep.
 */
export function runLine(line: string, context: CommandContext): CommandResult {
	const result =
		line.startsWith('/') && !line.startsWith('//')
			? runCommand(line.slice(1), context)
			: say(line.startsWith('//') ? line.slice(1) : line, context);
	if (result.ok && result.command) context.dispatch(result.command);
	return result;
}

function say(text: string, context: CommandContext): CommandResult {
	if (text === '') return done;
	return sendTyped(text, context.notation ?? 'text', context);
}

function runCommand(text: string, context: CommandContext): CommandResult {
	const [name = ''] = /^\S*/.exec(text)!;
	const command = registry.find(name);
	if (!command) {
		return failed(
			strings.input.lines.unknownCommand(name, registry.nearest(name)),
		);
	}

	return command.run(readArguments(text.slice(name.length)), context);
}
