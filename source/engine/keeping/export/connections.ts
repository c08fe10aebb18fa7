/** The connections that a raw conversation consists of: a peer that connects again goes on in it. */
import type {Piece, Row, Stream} from '../../state.js';

type JoinedRow = Extract<Row, {kind: 'joined'}>;
type LeftRow = Extract<Row, {kind: 'left'}>;

export interface Connection {
	readonly joined: JoinedRow | undefined;
	readonly left: LeftRow | undefined;
	/** At least one. */
	readonly pieces: readonly Piece[];
	/** Nothing of its beginning has been dropped. */
	readonly isWhole: boolean;
	readonly isLast: boolean;
}

/** Pieces by the connections that the rows tell of; where those are gone, all are of one. */
export function connectionsOf(
	rows: readonly Row[],
	{pieces}: Stream,
): readonly Connection[] {
	const joins = rows.filter((row): row is JoinedRow => row.kind === 'joined');
	const lefts = rows.filter((row): row is LeftRow => row.kind === 'left');
	const held = pieces.slice(0);
	const connections: Connection[] = [];
	let from = 0;
	let nextLeft = 0;
	// Before the first row that tells of a connection there may have been one too.
	for (let index = -1; index < joins.length; index++) {
		const end = joins[index + 1]?.order ?? Infinity;
		let to = from;
		while (to < held.length && held[to]!.order < end) to++;
		let left: LeftRow | undefined;
		while (nextLeft < lefts.length && lefts[nextLeft]!.order < end) {
			left = lefts[nextLeft++];
		}

		if (to > from) {
			connections.push({
				joined: joins[index],
				left,
				pieces: held.slice(from, to),
				isWhole: from > 0 || pieces.firstId === 0,
				isLast: end === Infinity,
			});
		}

		from = to;
	}

	return connections;
}
