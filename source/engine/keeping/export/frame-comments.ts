/** What is noted beside the packets of a read: how it is cut into frames, and where those begin and end. */
import {limits} from '../../../limits.js';
import {formatFraming} from '../../../protocol/framing-text.js';
import type {EngineState, Peer, Row, Stream} from '../../state.js';

type FrameRow = Extract<Row, {kind: 'frame'}>;

/** The frames of a read, as far as they are held: each is looked at once. */
function frameFinder(state: EngineState, {key}: Peer) {
	const rows = state.conversations.get(key)?.rows;
	const frames = (rows?.slice(0) ?? []).filter(
		(row): row is FrameRow => row.kind === 'frame' && row.peer === key,
	);
	let first = 0;
	return (start: number, end: number): readonly FrameRow[] => {
		const endOf = ({offset, bytes}: FrameRow) => offset + bytes.length;
		while (first < frames.length && endOf(frames[first]!) <= start) first++;
		let last = first;
		while (last < frames.length && frames[last]!.offset < end) last++;
		return frames.slice(first, last);
	};
}

function framesComment(frames: readonly FrameRow[]): string {
	const most = limits.exportFramesTold;
	const told = frames
		.slice(0, most)
		.map(
			({offset, bytes, ending}) =>
				`${offset}+${bytes.length}${ending === 'whole' ? '' : ` (${ending})`}`,
		);
	const more = frames.length > most ? `, +${frames.length - most}` : '';
	return `frames (offset+bytes): ${told.join(', ')}${more}`;
}

/** Gives the comments of the bytes from `start` up to `end` of all that was received; to be asked in their order. */
export function createFrameComments(
	state: EngineState,
	peer: Peer,
	stream: Stream,
): (start: number, end: number) => readonly string[] {
	const framesIn = frameFinder(state, peer);
	return (start, end) => {
		const frames = framesIn(start, end);
		return frames.length > 0
			? [`framing: ${formatFraming(stream.framing)}`, framesComment(frames)]
			: [];
	};
}
