/**
 * What things in the sub-folder are called, and who uses them. Nothing else in
 * it is ever touched.
 *
 *   <id>.part                 bytes of a broken transfer that nobody uses
 *   <id>.<pid>-<start>.part   bytes that a process writes to
 *   <id>.json                 what the part of this id is
 *   <id>.folder.json          a folder that a broken transfer began; as above with its user
 *   <id>.<pid>-<start>.json   on its way to be <id>.json
 *
 * An id is 32 hex digits, made at random once and kept. Taking something over
 * is a rename to a name with one's own process in it, so that of two who try
 * one gets it. Within a process, ids in use stand in a set that all share.
 */
import {randomBytes} from 'node:crypto';
import type {PartialId} from '../engine/ports.js';
import {isAlive, isThisOwner, thisOwner, type PartOwner} from './part-owner.js';

export type PartKind = 'part' | 'json' | 'folder.json';

export interface PartName {
	readonly id: PartialId;
	readonly kind: PartKind;
	/** Missing where nobody uses it. */
	readonly owner?: PartOwner;
}

const pattern =
	/^(?<id>[\da-f]{32})(?:\.(?<pid>[1-9]\d{0,9})-(?<start>\d{1,20}))?\.(?<kind>part|json|folder\.json)$/;

/** Undefined for what is not ours. */
export function readPartName(name: string): PartName | undefined {
	const {id, pid, start, kind} = pattern.exec(name)?.groups ?? {};
	if (id === undefined) return undefined;
	return {
		id: id as PartialId,
		kind: kind as PartKind,
		...(pid !== undefined &&
			start !== undefined && {owner: {pid: Number(pid), start}}),
	};
}

export function writePartName({id, kind, owner}: PartName): string {
	return owner ? `${id}.${owner.pid}-${owner.start}.${kind}` : `${id}.${kind}`;
}

/** The name while this process uses it. */
export const ownName = (id: PartialId, kind: PartKind) =>
	writePartName({id, kind, owner: thisOwner});

const inUse = new Set<PartialId>();

const idBytes = 16;
// Asking the system for each of thousands of names costs more than a name does.
const idsAtOnce = 64;
let randomness = '';

/** A new id, in use until `release`. */
export function newPartId(): PartialId {
	if (randomness === '')
		randomness = randomBytes(idsAtOnce * idBytes).toString('hex');
	const id = randomness.slice(0, 2 * idBytes) as PartialId;
	randomness = randomness.slice(2 * idBytes);
	inUse.add(id);
	return id;
}

/** False where this process uses it already. */
export function reserve(id: PartialId): boolean {
	if (inUse.has(id)) return false;
	inUse.add(id);
	return true;
}

export const release = (id: PartialId) => inUse.delete(id);

/** Whether a process that is there uses it. What stands in our name without our knowing is left over. */
export function isUsed({id, owner}: PartName): boolean {
	if (inUse.has(id)) return true;
	return owner !== undefined && !isThisOwner(owner) && isAlive(owner);
}
