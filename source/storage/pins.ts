/**
 * The file of verified peers and of whom is kept out: `trust.json` in the state
 * folder. Decides what may stand in it. Leaves what it means to the engine, and
 * that it is whole and durable to `state-file.ts`.
 */
import * as v from 'valibot';
import type {Pin, PeerId, TrustPort} from '../engine/ports.js';
import {limits} from '../limits.js';
import {createStateFile} from './state-file.js';

const peerId = v.pipe(
	v.string(),
	v.regex(/^[0-9a-f]{64}$/),
	v.transform(text => text as PeerId),
);
const host = v.pipe(v.string(), v.minLength(1), v.maxLength(255));
const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const pin = v.object({
	peerId,
	petname: v.pipe(
		v.string(),
		v.minLength(1),
		v.maxLength(limits.petnameCharacters),
		v.regex(/^[^\s\p{C}]+$/u),
	),
	addedAt: whole(0, Number.MAX_SAFE_INTEGER),
	target: v.exactOptional(v.object({host, port: whole(1, 65_535)})),
	host: v.exactOptional(host),
	autoAccept: v.exactOptional(
		v.object({
			bytes: whole(1, Number.MAX_SAFE_INTEGER),
			entries: whole(1, limits.entriesPerOffer),
			dayBytes: whole(1, Number.MAX_SAFE_INTEGER),
		}),
	),
	granted: v.exactOptional(
		v.pipe(
			v.array(
				v.object({
					at: whole(0, Number.MAX_SAFE_INTEGER),
					bytes: whole(0, Number.MAX_SAFE_INTEGER),
				}),
			),
			v.maxLength(limits.autoAcceptSums),
			v.readonly(),
		),
	),
}) satisfies v.GenericSchema<unknown, Pin>;

const isDifferent = (values: readonly string[]) =>
	new Set(values).size === values.length;

const schema = v.object({
	pins: v.pipe(
		v.array(pin),
		v.maxLength(limits.pins),
		// Two names for one key, or two keys for one name, were never written.
		v.check(pins => isDifferent(pins.map(each => each.peerId))),
		v.check(pins => isDifferent(pins.map(each => each.petname))),
	),
	blockedKeys: v.pipe(v.array(peerId), v.maxLength(limits.blocked)),
	blockedAddresses: v.pipe(v.array(host), v.maxLength(limits.blocked)),
});

/** The pins of a state folder that exists. */
export function createPins(stateFolder: string): TrustPort {
	const file = createStateFile({
		folder: stateFolder,
		name: 'trust.json',
		version: 1,
		schema,
		maxBytes: limits.trustFileBytes,
		unusable: 'trustUnusable',
		damaged: 'trustDamaged',
	});
	return {
		load: async () =>
			(await file.load()) ?? {pins: [], blockedKeys: [], blockedAddresses: []},
		save: async ({pins, blockedKeys, blockedAddresses}) =>
			file.save({
				pins: [...pins],
				blockedKeys: [...blockedKeys],
				blockedAddresses: [...blockedAddresses],
			}),
	};
}
