/** What can go wrong with datagrams beyond sending one: groups, interfaces, meters. Part of the one table of `en-errors.ts`. */
import type {ErrorCode} from '../errors.js';
import {fact, why, type Sentence} from './error-facts.js';

const group = (details: Parameters<Sentence>[0]) =>
	fact(details, 'group', 'that group');

export const datagramErrorSentences = {
	notMulticast: details =>
		`${fact(details, 'group', 'That')} is no multicast address. Those go from 224.0.0.0 to 239.255.255.255, or begin with ff, such as 239.1.2.3 or ff15::7.`,
	interfaceLacksFamily: details =>
		`The interface ${fact(details, 'name', 'that was named')} has no ${fact(details, 'family', 'such')} address, so ${group(details)} cannot be reached over it. Give it one, or choose another interface.`,
	interfaceGone: details =>
		`The interface ${fact(details, 'name', 'of it')} went away, and nothing for ${group(details)} comes in over it. It is joined again when the interface is back.`,
	groupRefused: details =>
		`The system did not join ${group(details)}${why(details)}. Say over which interface, such as ${group(details)}%eth0.`,
	groupNotJoined: details =>
		`${fact(details, 'group', 'That group')} is not joined here. Joined: ${fact(details, 'joined', 'none')}.`,
	badMeter: details =>
		`${fact(details, 'meter', 'That')} names no number in a datagram. Write its kind and where it stands: u8, u16be, u32le, u64be … and @ with an offset of at most ${fact(details, 'mostOffset', 'a datagram')}, such as u32be@0.`,
} as const satisfies Partial<Record<ErrorCode, Sentence>>;
