/**
 * Exact bytes to plain peers: typed ones, repeated ones, those of a file. Decides
 * which peer is meant and whether it takes them; nothing is put before or behind
 * them. Leaves what they are to `typed-bytes.ts`, and time and files to
 * `repeats.ts` and `raw-files.ts`.
 */
import type {HandlersOf} from '../command-handlers.js';
import type {EngineContext} from '../context.js';
import type {FlowGate} from '../flow-gate.js';
import type {PeerEntry, PeerTable} from '../sessions/peer-table.js';
import {plainSession} from './plain-session.js';
import {createRawFiles} from './raw-files.js';
import {createRepeats} from './repeats.js';
import type {StreamCommand} from './stream-commands.js';
import {createTypedBytes} from './typed-bytes.js';

type ByteCommand = Extract<
	StreamCommand,
	{
		type:
			| 'stream/send'
			| 'stream/repeat'
			| 'stream/stopRepeat'
			| 'stream/sendFile'
			| 'stream/stopFile';
	}
>;

/** `gate`: while it is held no file is read, as nothing else is. */
export function createByteHandlers(
	context: EngineContext,
	table: PeerTable,
	gate?: FlowGate,
): HandlersOf<ByteCommand> {
	const repeats = createRepeats(context);
	const files = createRawFiles(context, gate);
	/** Messages with `$seq` in them that went to a row so far. */
	const counted = new WeakMap<PeerEntry, number>();

	return {
		'stream/send'({peer, line, notation}) {
			const entry = table.find(peer);
			const typed = createTypedBytes(context, line, notation);
			const session = plainSession(entry);
			const seq = (counted.get(entry) ?? 0) + 1;
			session.sendBytes(typed.render(entry, session, seq));
			if (typed.countsUp) counted.set(entry, seq);
		},
		'stream/repeat'(command) {
			const entry = table.find(command.peer);
			repeats.start(entry, plainSession(entry), command);
		},
		'stream/stopRepeat'({peer}) {
			repeats.stop(table.find(peer));
		},
		async 'stream/sendFile'({peer, path}) {
			const entry = table.find(peer);
			await files.start(entry, plainSession(entry), path);
		},
		'stream/stopFile'({peer}) {
			files.stop(table.find(peer));
		},
	};
}
