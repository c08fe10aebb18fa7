/** How the bytes of a conversation are looked at. */
export interface Lens {
	/** Hex beside text, in place of text alone. */
	readonly hex: boolean;
	/** Where each read ended. */
	readonly reads: boolean;
}

export const plainLens: Lens = {hex: false, reads: false};
