import type {Room} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {cutCells} from '../../util/cells.js';
import {formatDate, formatShortClock} from '../format/clock-time.js';
import {composeLine, innerWidth, type Spans} from '../format/lines.js';
import {trustStyle, type Theme} from '../theme.js';
import {TextOverlay} from './text-overlay.js';

export interface MembersOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	readonly height: number;
	readonly room: Room;
	/** What we call ourselves. */
	readonly nick: string;
	readonly onClose: () => void;
}

/** Who is in a room, and when the others were last heard of. */
export function MembersOverlay(props: MembersOverlayProps) {
	const {theme, width, room, nick} = props;
	const words = strings.rooms;
	const inner = innerWidth(width);
	const line = (left: Spans, right: string) => {
		const [glyph, [name, style]] = left as [Spans[0], Spans[0]];
		const most = Math.max(4, inner - right.length - 4);
		return composeLine(
			theme,
			inner,
			[glyph, [cutCells(name, most, theme.glyphs.ellipsis), style ?? 'plain']],
			[[right, 'dim']],
		);
	};

	const members = room.members.toSorted(
		(one, other) =>
			Number(other.isHere) - Number(one.isHere) || other.seenAt - one.seenAt,
	);
	const lines = [
		line([['  '], [words.you(nick), 'strong']], words.isHere),
		...members.map(({name, trust, isHere, seenAt}) => {
			const at = `${formatDate(seenAt)} ${formatShortClock(seenAt)}`;
			return line(
				[
					[`${theme.glyphs.trust[trust]} `, trustStyle(trust)],
					[name, isHere ? 'strong' : 'dim'],
				],
				isHere ? words.isHere : words.lastSeen(at),
			);
		}),
	];
	return (
		<TextOverlay {...props} title={words.members(room.key)} lines={lines} />
	);
}
