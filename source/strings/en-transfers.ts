/** How transfers stand: what the transfers pane and the conversations say of them. Part of the one table, `strings.transfer`. */
import type {ByItself, Direction} from '../engine/index.js';
import {lasted} from './en-classic.js';

const plural = (count: number, one: string, many: string) =>
	`${count} ${count === 1 ? one : many}`;

const suffixes: Readonly<Record<string, string>> = {
	one: 'st',
	two: 'nd',
	few: 'rd',
};
const ordinals = new Intl.PluralRules('en', {type: 'ordinal'});

/** `1st`, `2nd`, `11th`. */
const ordinal = (count: number) =>
	`${count}${suffixes[ordinals.select(count)] ?? 'th'}`;

/** `8 s`, `12 min`, `3 h`: the longer it takes, the less it matters exactly. */
function lasting(seconds: number): string {
	if (seconds < 120) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

export const transferStrings = {
	asks: 'a accept, d decline',
	/** In a conversation: what works whether one is typing or not. */
	asksInConversation: '/accept or /decline',
	waitingForAnswer: 'waits for the answer',
	offeredBy: (name: string, what: string) => `${name} offers ${what}`,
	andMore: (first: string, more: number) => `${first} and ${more} more`,
	folder: (folder: string, files: number) =>
		`${folder} (${files === 0 ? 'empty' : plural(files, 'file', 'files')})`,
	/** Nobody was asked. */
	byItself: {
		accepted: (name: string, _direction: Direction) =>
			`accepted by itself, as ${name} may send`,
		resumed: (name: string, direction: Direction) =>
			direction === 'in'
				? 'goes on by itself: it was accepted before'
				: `offered again by itself: ${name} had accepted it`,
	} as const satisfies Record<
		ByItself,
		(name: string, direction: Direction) => string
	>,
	leftOut: (count: number) =>
		`${plural(count, 'entry', 'entries')} left out (links, devices, pipes)`,

	/** In few words, for a conversation. */
	waiting: 'waiting',
	interrupted: 'interrupted',
	stopped: 'paused',

	/** For its card. */
	inQueue: (place: number) => `waiting, ${ordinal(place)} in the queue`,
	beginning: 'beginning',
	inTheirQueue: (name: string) => `waits for ${name}'s queue`,
	of: (moved: string, total: string) => `${moved} of ${total}`,
	/** A stream, whose size nobody knows. */
	soFar: (moved: string) => `${moved} so far`,
	unknownSize: 'size unknown',
	eta: (time: string) => `ETA ${time}`,
	limit: (rate: string) => `limit ${rate}`,
	wasHere: (size: string) => `${size} of it was there already`,
	/** Why nothing moves; `seconds` since the last byte. */
	stalled: {
		receiver: (seconds: number) =>
			`no bytes for ${lasting(seconds)}: the receiver takes no more`,
		ownDisk: (seconds: number) =>
			`no bytes for ${lasting(seconds)}: our disk is slow`,
		sender: (seconds: number, name: string) =>
			`no bytes for ${lasting(seconds)}: nothing comes from ${name}`,
	},
	pausedByUs: 'paused by you',
	pausedByPeer: (name: string) => `paused by ${name}`,
	diskFull: (numbers: {free: string; needed: string} | undefined) =>
		`disk full${numbers ? `: ${numbers.free} free, ${numbers.needed} needed` : ''}; goes on when there is room`,
	theirDiskFull: (name: string) =>
		`${name}'s disk is full; goes on when there is room`,
	againIn: (seconds: number) =>
		seconds > 0
			? `the connection is gone, trying again in ${lasting(seconds)}`
			: 'the connection is gone, trying again now',
	askedAgain: (name: string) => `${name} is back: waits for the answer`,
	untilBack: (name: string) =>
		`the connection is gone; goes on when ${name} is back`,

	delivered: 'delivered',
	/** Nobody confirms it. */
	sent: 'sent',
	tookTime: (ms: number) => lasted(ms),
	saved: 'saved',
	/** The same file was there: nothing was written. */
	existed: 'the same file was there already',
	severalSaved: (saved: number, existed: number, isOurs: boolean) =>
		`${saved} ${isOurs ? 'delivered' : 'saved'}${existed > 0 ? `, ${existed} of them there already` : ''}`,
	notWanted: (count: number) => `${count} not wanted`,
	savedAs: (name: string) => `saved as ${name}`,
	savedIn: (folder: string) => `in ${folder}`,
	digest: (short: string) => `b3 ${short}`,
	declinedByUs: 'declined',
	declinedByPeer: (name: string) => `${name} declined`,
	cancelledByUs: 'cancelled',
	cancelledByPeer: (name: string) => `${name} cancelled`,
	keptThere: 'what arrived is kept: send it again and it goes on',
	keptHere: (name: string) =>
		`what arrived is kept: it goes on when ${name} sends it again`,
	failed: 'failed',
	partlySaved: (saved: number, failed: number) =>
		`${saved} saved, ${failed} failed`,

	freeSpace: (free: string) => `${free} free here`,
	tooLittleSpace: (free: string) => `only ${free} free here`,
	none: ['No transfers yet.', 'F4, or Esc then f, sends a file.'],
	noneFailed: ['Nothing has failed.', 'F shows all transfers again.'],
	/** At the pane's lower edge. */
	onlyFailed: 'only failed, F shows all',
	limitOfAll: (rate: string) => `limit ${rate}`,
} as const;
