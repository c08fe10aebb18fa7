/** The room that a word means, or that is open. */
import {isRoomKey, type EngineState, type RoomKey} from '../../engine/index.js';
import type {CommandContext} from './context.js';

/** `#Lab` is `#lab`; undefined for what is no room. */
export const readRoom = (word: string | undefined): RoomKey | undefined =>
	word?.startsWith('#')
		? `#${word.slice(1).normalize('NFC').toLowerCase()}`
		: undefined;

export const roomNames = ({rooms}: EngineState): string[] =>
	rooms.values().map(({key}) => key);

/** Rooms that verified peers are in, as far as we were told, are joined by their names; this is the one on the screen. */
export const openRoom = ({
	conversation,
}: Pick<CommandContext, 'conversation'>): RoomKey | undefined =>
	isRoomKey(conversation) ? conversation : undefined;
