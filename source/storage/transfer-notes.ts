/**
 * The file of unfinished transfers with verified peers: `transfers.json` in the
 * state folder. Decides what may stand in it, and whether the program that wrote a
 * note is gone. Leaves what notes mean to the engine, and that the file is whole and
 * durable to `state-file.ts`.
 */
import * as v from 'valibot';
import type {
	IncomingNote,
	NotesPort,
	OutgoingNote,
	PeerId,
	TransferId,
} from '../engine/ports.js';
import {limits} from '../limits.js';
import {isAlive, thisOwner} from './part-owner.js';
import {createStateFile} from './state-file.js';

const digits = (count: number) =>
	v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${count}}$`)));
const whole = (most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const path = v.pipe(v.string(), v.minLength(1));

const note = {
	transfer: v.pipe(
		digits(32),
		v.transform(text => text as TransferId),
	),
	peerId: v.pipe(
		digits(64),
		v.transform(text => text as PeerId),
	),
	digest: digits(64),
	at: whole(Number.MAX_SAFE_INTEGER),
};

const ownerPattern = /^(\d{1,10}):(\d{1,20})$/;

const incoming = v.object({
	...note,
	skip: v.pipe(
		v.array(whole(limits.entriesPerOffer)),
		v.maxLength(limits.notedSkips),
	),
	folder: path,
}) satisfies v.GenericSchema<unknown, IncomingNote>;

const outgoing = v.object({
	...note,
	paths: v.pipe(v.array(path), v.minLength(1)),
	owner: v.pipe(v.string(), v.regex(ownerPattern)),
}) satisfies v.GenericSchema<unknown, OutgoingNote>;

const schema = v.object({
	incoming: v.pipe(
		v.array(incoming),
		v.maxLength(limits.transfersNoted),
		v.readonly(),
	),
	outgoing: v.pipe(
		v.array(outgoing),
		v.maxLength(limits.transfersNoted),
		v.readonly(),
	),
});

/** The notes of a state folder that exists. */
export function createTransferNotes(stateFolder: string): NotesPort {
	const file = createStateFile({
		folder: stateFolder,
		name: 'transfers.json',
		version: 1,
		schema,
		maxBytes: limits.notesFileBytes,
		unusable: 'notesUnusable',
		damaged: 'notesDamaged',
	});
	return {
		owner: `${thisOwner.pid}:${thisOwner.start}`,
		isGone(owner) {
			const [, pid, start] = ownerPattern.exec(owner) ?? [];
			return (
				pid === undefined ||
				start === undefined ||
				!isAlive({pid: Number(pid), start})
			);
		},
		load: async () => (await file.load()) ?? {incoming: [], outgoing: []},
		save: async notes => file.save(notes as v.InferOutput<typeof schema>),
	};
}
