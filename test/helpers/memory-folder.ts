/** A folder to receive into, in memory: with what broken transfers left, and the faults that disks have. */
import type {PartialId} from '../../source/engine/ids.js';
import type {
	Delivery,
	HeldContent,
	Partial as Remnant,
	PeerId,
	PlannedEntry,
	Presence,
	ReceiveFolder,
	SafeName,
} from '../../source/engine/ports.js';
import {SocktermError, type ErrorCode} from '../../source/errors.js';
import {limits} from '../../source/limits.js';
import {loadDigest} from '../../source/storage/hasher.js';
import {planNames} from '../../source/storage/plan-names.js';
import {freeNameCandidates} from '../../source/storage/receive-name.js';
import {concatBytes} from '../../source/util/bytes.js';
import {Gate} from './gate.js';
import {MemoryPart} from './memory-part.js';

export interface MemoryFolder extends ReceiveFolder {
	/** What got its name, by path; an empty folder ends in a slash. */
	readonly saved: ReadonlyMap<string, Uint8Array>;
	/** Puts a file there that was not received. */
	put(path: string, bytes: Uint8Array): void;
	/** Somebody takes a file away. */
	remove(path: string): void;
	/** Puts bytes there that a broken transfer of this peer left. */
	putPartial(
		peerId: PeerId,
		suggested: readonly string[],
		sizeBytes: number,
		bytes: Uint8Array,
	): void;
	/** What broken transfers left, by the suggested path with slashes. */
	partials(): ReadonlyMap<string, Uint8Array>;
	/** Deliveries that are not closed. */
	openDeliveries(): number;
	/** Parts that are neither published, kept nor discarded. */
	openParts(): number;
	/** Bytes that were ever written to parts, those of lost ones too. */
	writtenBytes(): number;
	/** Parts that were ever created. */
	partsCreated(): number;
	/** The most parts that were open at once. */
	mostOpenParts(): number;
	/** Makes parts of this name fail when `afterBytes` have been written to them. */
	failWrites(name: string, code: ErrorCode, afterBytes?: number): void;
	/** Makes parts of this name fail when they are created. */
	failCreation(name: string, code: ErrorCode): void;
	/** While held nothing written reaches the disk, and nothing is published. */
	holdDisk(isHeld: boolean): void;
	/** Like `holdDisk`, and parts say that the disk is full. */
	fillDisk(isFull: boolean): void;
	/** Free bytes, or what asking for them fails with. */
	free: number | ErrorCode;
}

interface Kept extends Remnant {
	readonly bytes: Uint8Array;
}

interface SetAside {
	readonly bytes: Uint8Array;
	/** The file that is there already. */
	readonly existing?: readonly SafeName[];
}

// Of all folders: an id is good everywhere.
let lastId = 0;

const blocksOf = (bytes: number, sizeBytes: number) =>
	bytes >= sizeBytes ? sizeBytes : bytes - (bytes % limits.blockBytes);

export function createMemoryFolder(path = '/received'): MemoryFolder {
	const saved = new Map<string, Uint8Array>();
	const kept = new Map<PartialId, Kept>();
	const parts = new Set<symbol>();
	const writeFaults = new Map<string, {code: ErrorCode; afterBytes: number}>();
	const creationFaults = new Map<string, ErrorCode>();
	const gate = new Gate();
	const blocked = {isFull: false, watchers: new Set<() => void>()};
	/** Folders of broken transfers, by peer and suggested name. */
	const begun = new Map<string, SafeName>();
	let mostOpen = 0;
	let created = 0;
	let written = 0;
	let openDeliveries = 0;

	/** How many files make that each path is taken: they themselves, and what is below it. */
	const taken = new Map<string, number>();
	const count = (name: string, by: number) => {
		for (let path = name; path !== '';) {
			taken.set(path, (taken.get(path) ?? 0) + by);
			path = path.slice(0, Math.max(0, path.lastIndexOf('/')));
		}
	};

	const save = (name: string, bytes: Uint8Array) => {
		if (!saved.has(name)) count(name, 1);
		saved.set(name, bytes);
	};

	const isTaken = (name: string) => (taken.get(name) ?? 0) > 0;

	const freeName = (above: readonly SafeName[], name: SafeName) => {
		for (const candidate of freeNameCandidates(name)) {
			if (!isTaken([...above, candidate].join('/'))) return candidate;
		}

		throw new SocktermError('storageFailed');
	};

	const keep = (
		peerId: PeerId,
		{suggested, sizeBytes}: {suggested: readonly string[]; sizeBytes: number},
		bytes: Uint8Array,
	) => {
		const id = String(++lastId).padStart(32, '0') as PartialId;
		const heldBytes = blocksOf(bytes.length, sizeBytes);
		const at = 1_600_000_000_000;
		kept.set(id, {id, peerId, suggested, sizeBytes, heldBytes, at, bytes});
	};

	const topKey = (peerId: PeerId, entry: PlannedEntry) =>
		`${peerId}/${entry.suggested[0]}`;

	const isInFolder = ({kind, path: planned}: PlannedEntry) =>
		kind === 'folder' || planned.length > 1;

	const partialOf = (peerId: PeerId, entry: PlannedEntry) =>
		[...kept.values()].findLast(
			each =>
				each.peerId === peerId &&
				each.suggested.join('/') === entry.suggested.join('/') &&
				blocksOf(each.bytes.length, entry.sizeBytes) > 0,
		);

	/** Where it would be, unless it has to make its folder first. */
	const placeOf = (peerId: PeerId, entry: PlannedEntry) => {
		if (!isInFolder(entry)) return entry.path;
		const top = begun.get(topKey(peerId, entry));
		return top && [top, ...entry.path.slice(1)];
	};

	const similarTo = (peerId: PeerId, entry: PlannedEntry) => {
		const place = placeOf(peerId, entry);
		const bytes = place && saved.get(place.join('/'));
		return bytes?.length === entry.sizeBytes ? {place, bytes} : undefined;
	};

	const presenceOf = (
		peerId: PeerId,
		entry: PlannedEntry | undefined,
	): Presence | undefined => {
		if (!entry) return undefined;
		if (entry.kind === 'file') {
			const partial = partialOf(peerId, entry);
			if (partial) {
				const heldBytes = blocksOf(partial.bytes.length, entry.sizeBytes);
				return {kind: 'partial', heldBytes};
			}

			if (similarTo(peerId, entry)) return {kind: 'similar'};
		}

		const place = placeOf(peerId, entry) ?? entry.path.slice(0, 1);
		const isContinued = isInFolder(entry) && begun.has(topKey(peerId, entry));
		return !isContinued && isTaken(place.join('/'))
			? {kind: 'taken'}
			: undefined;
	};

	const openDelivery = (
		peerId: PeerId,
		entries: ReadonlyArray<PlannedEntry | undefined>,
	): Delivery => {
		/** Of folders at the top, by the planned one. */
		const given = new Map<string, SafeName>();
		const setAside = new Map<number, SetAside>();
		const unpublished = new Set(entries.filter(entry => entry !== undefined));
		let isClosed = false;
		openDeliveries++;

		const folderFor = (entry: PlannedEntry, planned: readonly SafeName[]) => {
			const [top, ...rest] = planned;
			if (top === undefined) return [];
			const name =
				given.get(top) ?? begun.get(topKey(peerId, entry)) ?? freeName([], top);
			given.set(top, name);
			begun.set(topKey(peerId, entry), name);
			return [name, ...rest];
		};

		const finish = (entry: PlannedEntry, bytes: Uint8Array) => {
			unpublished.delete(entry);
			if (entry.kind === 'folder') {
				const place = folderFor(entry, entry.path);
				const existed = saved.has(`${place.join('/')}/`);
				save(`${place.join('/')}/`, bytes);
				return {path: place, existed};
			}

			const above = folderFor(entry, entry.path.slice(0, -1));
			const place = [...above, freeName(above, entry.path.at(-1)!)];
			save(place.join('/'), bytes);
			return {path: place, existed: false};
		};

		return {
			async held(index): Promise<HeldContent | undefined> {
				const entry = entries[index];
				if (entry?.kind !== 'file' || isClosed) return undefined;
				const partial = partialOf(peerId, entry);
				const similar = similarTo(peerId, entry);
				if (partial) {
					kept.delete(partial.id);
					const end = blocksOf(partial.bytes.length, entry.sizeBytes);
					const bytes = partial.bytes.slice(0, end);
					setAside.set(index, {bytes});
					return {kind: 'partial', hashes: await hashBlocks(bytes)};
				}

				if (!similar?.place) return undefined;
				const {bytes, place: existing} = similar;
				setAside.set(index, {bytes, existing});
				return {kind: 'similar'};
			},
			async createPart(index, use) {
				const entry = entries[index];
				if (!entry) throw new Error('The entry is not wanted.');
				const name = entry.path.join('/');
				const fault = creationFaults.get(name);
				if (fault) throw new SocktermError(fault, {path});
				if (isClosed) throw new Error('The delivery is closed.');
				const aside = setAside.get(index);
				setAside.delete(index);
				const {existing} = aside ?? {};
				const isExisting = existing !== undefined && use === 'existing';
				const part = Symbol(name);
				parts.add(part);
				created++;
				mostOpen = Math.max(mostOpen, parts.size);
				return new MemoryPart({
					held: use !== 0 && aside ? aside.bytes : new Uint8Array(),
					fails: writeFaults.get(name),
					gate,
					blocked,
					wrote(countBytes) {
						written += countBytes;
					},
					ended(bytes) {
						parts.delete(part);
						const isOfUse =
							entry.kind === 'file' &&
							!isExisting &&
							(bytes?.length ?? 0) >= limits.blockBytes;
						if (bytes && isOfUse) keep(peerId, entry, bytes);
					},
					finish(bytes) {
						if (!isExisting) return finish(entry, bytes);
						if (!saved.has(existing.join('/')))
							throw new SocktermError('digestMismatch');
						unpublished.delete(entry);
						return {path: existing, existed: true};
					},
				});
			},
			async close() {
				if (!isClosed) openDeliveries--;
				isClosed = true;
				for (const [index, {bytes, existing}] of setAside)
					if (!existing) keep(peerId, entries[index]!, bytes);
				setAside.clear();
				const unfinished = new Set(
					[...unpublished].map(entry => topKey(peerId, entry)),
				);
				for (const entry of entries) {
					if (entry && !unfinished.has(topKey(peerId, entry)))
						begun.delete(topKey(peerId, entry));
				}
			},
		};
	};

	return {
		path,
		saved,
		free: 1_000_000_000,
		openParts: () => parts.size,
		openDeliveries: () => openDeliveries,
		writtenBytes: () => written,
		partsCreated: () => created,
		mostOpenParts: () => mostOpen,
		put(name, bytes) {
			save(name, bytes);
		},
		remove(name) {
			if (saved.delete(name)) count(name, -1);
		},
		putPartial(peerId, suggested, sizeBytes, bytes) {
			keep(peerId, {suggested, sizeBytes}, bytes);
		},
		partials: () =>
			new Map(
				[...kept.values()].map(each => [each.suggested.join('/'), each.bytes]),
			),
		failWrites(name, code, afterBytes = 0) {
			writeFaults.set(name, {code, afterBytes});
		},
		failCreation(name, code) {
			creationFaults.set(name, code);
		},
		holdDisk(isHeld) {
			gate.closed = isHeld;
		},
		fillDisk(isFull) {
			gate.closed = isFull;
			blocked.isFull = isFull;
			for (const tell of blocked.watchers) tell();
		},
		planNames,
		async freeBytes() {
			if (typeof this.free === 'number') return this.free;
			throw new SocktermError(this.free, {path});
		},
		survey: async (peerId, entries) =>
			entries.map(entry => presenceOf(peerId, entry)),
		openDelivery,
		listPartials: async () => [...kept.values()],
		async deletePartial(id) {
			if (!kept.delete(id)) throw new SocktermError('noSuchPartial');
		},
		sweep: async () => undefined,
	};
}

async function hashBlocks(bytes: Uint8Array): Promise<Uint8Array> {
	const digest = await loadDigest();
	const hashes: Uint8Array[] = [];
	for (let start = 0; start < bytes.length; start += limits.blockBytes)
		hashes.push(digest(bytes.subarray(start, start + limits.blockBytes)));
	return concatBytes(hashes);
}
