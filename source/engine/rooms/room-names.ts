/**
 * What a room may be called. Invariants: two people who type a name alike mean the
 * same room; a name can stand on the screen as it is; no room is joined beside one
 * that it may be taken for.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import type {RoomKey} from '../ids.js';
import {toSafeText} from '../sanitize.js';
import {looksLike} from '../trust/lookalike.js';

const shape = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u;

/** Whether a name of the wire can be one of ours. */
export const isRoomName = (name: string): boolean =>
	name.length <= limits.roomNameCharacters &&
	shape.test(name) &&
	name === fold(name) &&
	toSafeText(name, {joiners: false}) === name;

const fold = (name: string) => name.normalize('NFC').toLowerCase();

/** `#Lab`, `lab` and `LAB` are one room. Throws badRoomName. */
export function readRoomName(text: string): string {
	const name = fold(text.trim().replace(/^#/, ''));
	if (isRoomName(name)) return name;
	throw new SocktermError('badRoomName', {
		room: toSafeText(text, {maxCharacters: 40, joiners: false}),
		most: limits.roomNameCharacters,
	});
}

export const roomKey = (name: string): RoomKey => `#${name}`;

/** The one of these that a name may be taken for. */
export const roomLike = (
	names: Iterable<string>,
	name: string,
): string | undefined =>
	[...names].find(each => each !== name && looksLike(each, name));
