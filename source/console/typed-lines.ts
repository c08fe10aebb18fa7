/**
 * The lines that were sent from the composer, of each conversation and of all.
 * Walking through them keeps what is changed on the way until something is sent.
 */
import {isPeerKey} from '../engine/index.js';
import type {
	ConversationKey,
	EngineState,
	TypedLine,
	TypedLinesPort,
} from '../engine/index.js';
import {limits} from '../limits.js';
import {formatAddress} from '../util/address.js';
import {splitArguments} from './input/split-arguments.js';

/** What names a conversation in the next run too: a key, an address, of who came by itself only the host. */
export function placeOf(
	conversation: ConversationKey,
	{peers}: EngineState,
): string {
	const peer = isPeerKey(conversation) ? peers.get(conversation) : undefined;
	if (!peer) return conversation;
	if (peer.peerId !== undefined) return `peer:${peer.peerId}`;
	if (peer.target) return formatAddress(peer.target);
	return peer.address?.host ?? conversation;
}

export interface FoundLine {
	readonly id: number;
	readonly line: string;
}

export interface TypedLines {
	/** Sent in that conversation: whoever walks through the lines begins at the newest. */
	remember(conversation: ConversationKey, line: string): void;
	/**
	 * The line before (-1) or after (1) the one shown, of that conversation or of all;
	 * undefined where there is none. `shown` is kept for the way back.
	 */
	walk(
		conversation: ConversationKey,
		of: 'here' | 'all',
		by: 1 | -1,
		shown: string,
	): string | undefined;
	/** The last word of the newest line, or of older ones; undefined where there is none. */
	lastWordAt(index: number): string | undefined;
	/** The newest line with this text in it (upper or lower case), older or newer than another one. */
	find(
		text: string,
		from?: {readonly id: number; readonly by: 1 | -1},
	): FoundLine | undefined;
	/** Until what was remembered is on disk, or cannot be. */
	settled(): Promise<void>;
}

export interface TypedLinesOptions {
	/** What names a conversation in the next run too. */
	placeOf(conversation: ConversationKey): string;
	/** Missing: lines last as long as the program. */
	readonly port?: TypedLinesPort | undefined;
	/** They cannot be kept, or were damaged; told once. */
	problem?(error: unknown): void;
}

interface Kept extends TypedLine {
	readonly id: number;
}

/** Where somebody is on the way through the lines. */
interface Walk {
	/** Of the line that is shown; `draft` is behind the newest. */
	at: number;
	/** What was made of lines, and the draft. */
	readonly changed: Map<number, string>;
}

const draft = Infinity;
const pairingCode = /^\s*(?:\d[\s-]?){6}\s*$/;

/** Lines that nobody wants to find again: one that begins with a blank, and what could be a pairing code. */
export const isPrivate = (line: string): boolean =>
	/^\s/.test(line) || /^\/pair\b/i.test(line) || pairingCode.test(line);

export function createTypedLines(options: TypedLinesOptions): TypedLines {
	const {placeOf, port, problem} = options;
	let lines: readonly Kept[] = [];
	let nextId = 1;
	const walks = new Map<ConversationKey, Walk>();
	let unsaved: TypedLine[] = [];
	let saving: Promise<void> | undefined;
	let hasFailed = false;

	const fail = (error: unknown) => {
		if (!hasFailed) problem?.(error);
		hasFailed = true;
	};

	const save = async () => {
		// Lines that come while others are being written go together.
		while (unsaved.length > 0) {
			const added = unsaved;
			unsaved = [];
			try {
				await port!.add(added);
			} catch (error) {
				fail(error);
			}
		}

		saving = undefined;
	};

	const load = async () => {
		try {
			const kept = await port!.load();
			// They are older than whatever was typed meanwhile.
			lines = [
				...kept.map((each, index) => ({...each, id: index - kept.length})),
				...lines,
			];
		} catch (error) {
			problem?.(error);
		}
	};

	const loading = port ? load() : Promise.resolve();

	return {
		remember(conversation, line) {
			walks.delete(conversation);
			if (line === '' || isPrivate(line)) return;
			const place = placeOf(conversation);
			const newest = lines.at(-1);
			if (newest?.line === line && newest.place === place) return;
			lines = [...lines, {id: nextId++, place, line}].slice(-limits.typedLines);
			if (!port) return;
			if (hasFailed) return;
			unsaved.push({place, line});
			saving ??= loading.then(save);
		},
		walk(conversation, of, by, shown) {
			const place = placeOf(conversation);
			const walk = walks.get(conversation) ?? {at: draft, changed: new Map()};
			walks.set(conversation, walk);
			// An emptied line is a new one.
			if (shown === '' && walk.at !== draft) walk.at = draft;
			walk.changed.set(walk.at, shown);
			const textOf = ({id, line}: Kept) => walk.changed.get(id) ?? line;
			const fits = (each: Kept) =>
				(of === 'all' || each.place === place) && textOf(each) !== shown;
			const next =
				by === -1
					? lines.findLast(each => each.id < walk.at && fits(each))
					: lines.find(each => each.id > walk.at && fits(each));
			if (next) {
				walk.at = next.id;
				return textOf(next);
			}

			if (by === -1 || walk.at === draft) return undefined;
			walk.at = draft;
			return walk.changed.get(draft) ?? '';
		},
		lastWordAt(index) {
			const line = lines.at(-1 - index)?.line;
			const word = line === undefined ? undefined : splitArguments(line).at(-1);
			return word ? line!.slice(word.start, word.end) : undefined;
		},
		find(text, from = {id: draft, by: -1}) {
			const wanted = text.toLowerCase();
			const fits = ({id, line}: Kept) =>
				(from.by === -1 ? id < from.id : id > from.id) &&
				line.toLowerCase().includes(wanted);
			return from.by === -1 ? lines.findLast(fits) : lines.find(fits);
		},
		async settled() {
			await loading;
			await saving;
		},
	};
}
