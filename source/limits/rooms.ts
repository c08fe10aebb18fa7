/** Limits of rooms; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const roomLimits = {
	// Each room is a log in memory and a file; each member a session that every message goes to.
	rooms: 32,
	roomMembers: 64,
	roomNameCharacters: 32,
	roomTopicCharacters: 256,
	// What who comes late gets, whichever is less: some screens of it, and no download.
	roomMessages: 200,
	roomBytes: 256 * KiB,
	// Runs of programs that are told apart in a room: a list of them fits one frame.
	roomStreams: 400,
	// Of one author: what is older than these is not taken again.
	roomStreamsOfAuthor: 16,
	// Acknowledgements are told together; what its author does not bring in that time others bring.
	roomHaveMs: 50,
	roomHandOnMs: 1_000,
	// What was missed is shown together, in the order of time: beyond what its author is given.
	roomGatherMs: 2_000,
	// Somebody says he has it and sends nothing: the next one is asked.
	roomAnswerMs: 10_000,
	// Nobody here has what comes between: somebody who does may be about to come.
	roomGapMs: 5_000,
	// A topic counts by its time: one of the far future would stay for ever.
	roomTopicAheadMs: 60 * 60 * 1_000,
	// A signature is checked, or a log is sent, for one frame.
	roomFrameCost: 10,
	// A line once for each room that somebody is in and we are not.
	roomInvites: 100,
	// Every character of the log may take six in JSON.
	roomFileBytes: 4 * MiB,
} as const;
