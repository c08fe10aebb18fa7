import type {PartFile} from '../engine/ports.js';

/** The same part; `published` is called when it has its name. */
export function watchedPart(part: PartFile, published: () => void): PartFile {
	return {
		write: bytes => part.write(bytes),
		skip: countBytes => part.skip(countBytes),
		queuedBytes: () => part.queuedBytes(),
		onProgress: callback => part.onProgress(callback),
		onFailed: callback => part.onFailed(callback),
		onBlocked: callback => part.onBlocked(callback),
		async publish(digest) {
			const result = await part.publish(digest);
			published();
			return result;
		},
		suspend: async () => part.suspend(),
		discard: async () => part.discard(),
	};
}
