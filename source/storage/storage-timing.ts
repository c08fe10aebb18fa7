/** How often things are done on the way; see `limits`. */
export interface StorageTiming {
	readonly diskRetryMs: number;
	readonly durableBytes: number;
	readonly durableMs: number;
}
