/**
 * BLAKE3. The native library where it loads (several GB/s), the WebAssembly one
 * elsewhere (a tenth of that); both give the same 32 bytes, those of `b3sum`.
 * Nothing is loaded before the first hash is asked for.
 */
import type * as BlakeHash from '@napi-rs/blake-hash';

export const digestBytes = 32;

/** Where there are no blocks to compare with those of these hashes. */
export const noneEqual = (hashes: Uint8Array): boolean[] =>
	Array.from({length: Math.floor(hashes.length / digestBytes)}, () => false);

/** Takes bytes in order; `digest` ends it. */
export interface Hasher {
	update(bytes: Uint8Array): void;
	/** BLAKE3 of everything given, 32 bytes. Call once. */
	digest(): Uint8Array;
}

/** BLAKE3 of bytes that are all there: a quarter of what a `Hasher` costs where they are few. */
export type Digest = (bytes: Uint8Array) => Uint8Array;

type Native = Pick<typeof BlakeHash, 'Blake3Hasher' | 'blake3'>;

let native: Promise<Native | undefined> | undefined;

async function loadNative(): Promise<Native | undefined> {
	// Imported dynamically: a bundler must leave it alone, and it may be missing for this system.
	native ??= import('@napi-rs/blake-hash').catch(() => undefined);
	return native;
}

/** A new BLAKE3 hasher, the fastest that runs here. */
export async function createHasher(): Promise<Hasher> {
	const library = await loadNative();
	return library ? createNativeHasher(library) : createWasmHasher();
}

/** The fastest digest that runs here. */
export async function loadDigest(): Promise<Digest> {
	const library = await loadNative();
	return library ? createNativeDigest(library) : createWasmDigest();
}

export function createNativeHasher(library: Native): Hasher {
	const hasher = new library.Blake3Hasher();
	return {
		update(bytes) {
			hasher.update(bytes);
		},
		digest: () => hasher.digestBuffer(),
	};
}

export const createNativeDigest =
	(library: Native): Digest =>
	bytes =>
		library.blake3(bytes);

export async function createWasmHasher(): Promise<Hasher> {
	const {createBLAKE3} = await import('hash-wasm');
	const hasher = await createBLAKE3();
	return {
		update(bytes) {
			hasher.update(bytes);
		},
		digest: () => hasher.digest('binary'),
	};
}

export async function createWasmDigest(): Promise<Digest> {
	const {createBLAKE3} = await import('hash-wasm');
	const hasher = await createBLAKE3();
	return bytes => hasher.init().update(bytes).digest('binary');
}
