/** What a line that is not finished has so far: views of its reads, joined only when it is cut without an ending. */
import {concatBytes} from '../../util/bytes.js';

export class HeldContent {
	#views: Uint8Array[] = [];
	#length = 0;

	get length(): number {
		return this.#length;
	}

	add(view: Uint8Array): void {
		this.#views.push(view);
		this.#length += view.length;
	}

	/** Lets go of all but as many bytes at the end as `keep` says; gives how many went. */
	release(keep: (content: Uint8Array) => number): number {
		const content = concatBytes([new Uint8Array(0), ...this.#views]);
		const released = content.length - keep(content);
		this.#views = [content.subarray(released)];
		this.#length -= released;
		return released;
	}

	clear(): void {
		this.#views = [];
		this.#length = 0;
	}
}
