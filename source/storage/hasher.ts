/**
 * BLAKE3, streaming. The native library where it loads (several GB/s), the
 * WebAssembly one elsewhere (a tenth of that); both give the same 32 bytes,
 * those of `b3sum`. Nothing is loaded before the first hasher is asked for.
 */
import type * as BlakeHash from '@napi-rs/blake-hash';

/** Takes bytes in order; `digest` ends it. */
export interface Hasher {
	update(bytes: Uint8Array): void;
	/** BLAKE3 of everything given, 32 bytes. Call once. */
	digest(): Uint8Array;
}

type Native = Pick<typeof BlakeHash, 'Blake3Hasher'>;

let native: Promise<Native | undefined> | undefined;

/** A new BLAKE3 hasher, the fastest that runs here. */
export async function createHasher(): Promise<Hasher> {
	// Imported dynamically: a bundler must leave it alone, and it may be missing for this system.
	native ??= import('@napi-rs/blake-hash').catch(() => undefined);
	const library = await native;
	return library ? createNativeHasher(library) : createWasmHasher();
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
