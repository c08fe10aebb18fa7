/** Numbers from 0 up to 1 that look like chance and are the same for the same seed (a 32-bit whole number). */
export function createRandom(seed: number): () => number {
	let state = seed >>> 0;
	// A counter that steps through all 32-bit numbers, each well mixed (the finalizer of MurmurHash3).
	return () => {
		state = (state + 0x9e37_79b9) >>> 0;
		let mixed = state;
		mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
		mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
		return ((mixed ^ (mixed >>> 16)) >>> 0) / 0x1_0000_0000;
	};
}
