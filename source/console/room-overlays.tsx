/** Who is in a room, over the panes. */
import type {RoomKey} from '../engine/index.js';
import {useConsole, useEngine} from './console-context.js';
import {MembersOverlay} from './overlays/members-overlay.js';
import type {Room} from './transfer-overlays.js';

export function Members({
	width,
	height,
	close,
	of,
}: Room & {readonly of: RoomKey}) {
	const {theme} = useConsole();
	const room = useEngine(state => state.rooms.get(of));
	const nick = useEngine(state => state.self.nick);
	return room ? (
		<MembersOverlay
			theme={theme}
			width={width}
			height={height}
			room={room}
			nick={nick}
			onClose={close}
		/>
	) : null;
}
