/** Both directions of connections as hex and text, for `-x FILE`: sixteen bytes a line, each direction with its own offsets. */
import {
	formatAddress,
	type Direction,
	type EngineEvent,
	type EngineState,
} from '../engine/index.js';

export interface HexDump {
	/** `title` heads the first bytes of a connection, and those that come after another one's. */
	bytes(
		connection: {readonly id: string; readonly title: string},
		direction: Direction,
		bytes: Uint8Array,
	): void;
	/** A connection is over: its id may come again, from the start. */
	forget(id: string): void;
}

const lineBytes = 16;

const glyphs: Readonly<Record<Direction, string>> = {in: '<', out: '>'};

function lineOf(direction: Direction, offset: number, bytes: Uint8Array) {
	const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0'));
	const text = Array.from(bytes, byte =>
		byte >= 0x20 && byte < 0x7f ? String.fromCodePoint(byte) : '.',
	).join('');
	const place = offset.toString(16).padStart(8, '0');
	return `${glyphs[direction]} ${place}  ${hex.join(' ').padEnd(lineBytes * 3 - 1)}  |${text}|\n`;
}

/** `write` gets whole lines. */
export function createHexDump(write: (text: string) => void): HexDump {
	const offsets = new Map<string, Record<Direction, number>>();
	let last: string | undefined;
	return {
		bytes({id, title}, direction, bytes) {
			const place = offsets.get(id) ?? {in: 0, out: 0};
			offsets.set(id, place);
			let lines = id === last ? '' : `# ${title}\n`;
			last = id;
			for (let start = 0; start < bytes.length; start += lineBytes) {
				const part = bytes.subarray(start, start + lineBytes);
				lines += lineOf(direction, place[direction] + start, part);
			}

			place[direction] += bytes.length;
			write(lines);
		},
		forget(id) {
			offsets.delete(id);
			if (last === id) last = undefined;
		},
	};
}

/** Puts what an event says of a plain connection's bytes into a dump. */
export function dumpEvent(
	dump: HexDump,
	{peers}: EngineState,
	event: EngineEvent,
): void {
	if (event.type === 'peer/left') {
		dump.forget(event.peer);
		return;
	}

	const isBytes =
		event.type === 'stream/received' || event.type === 'stream/sent';
	if (!isBytes || event.bytes.length === 0) return;
	const address = peers.get(event.peer)?.address;
	const when = new Date(event.at).toISOString();
	const title = `${address ? formatAddress(address) : event.peer} ${when}`;
	const direction = event.type === 'stream/sent' ? 'out' : 'in';
	dump.bytes({id: event.peer, title}, direction, event.bytes);
}
