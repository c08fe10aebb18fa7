/**
 * An immutable list of fixed length that shares structure: `with` copies one
 * chunk and the list of chunks, not everything, so that a change in twenty
 * thousand entries costs no more than one in two hundred.
 */
export interface ImmutableList<Value> extends Iterable<Value> {
	readonly length: number;
	get(index: number): Value | undefined;
	/** The same list where there is no such index. */
	with(index: number, value: Value): ImmutableList<Value>;
	/** As an array; computed once for each list. */
	toArray(): readonly Value[];
}

const chunkLength = 128;

class ChunkedList<Value> implements ImmutableList<Value> {
	readonly length: number;
	readonly #chunks: ReadonlyArray<readonly Value[]>;
	#array: readonly Value[] | undefined;

	constructor(chunks: ReadonlyArray<readonly Value[]>, length: number) {
		this.#chunks = chunks;
		this.length = length;
	}

	get(index: number): Value | undefined {
		return this.#chunks[Math.floor(index / chunkLength)]?.[index % chunkLength];
	}

	with(index: number, value: Value): ImmutableList<Value> {
		const at = Math.floor(index / chunkLength);
		const chunk = this.#chunks[at];
		const inChunk = index % chunkLength;
		if (!chunk || !(inChunk in chunk)) return this;
		return new ChunkedList(
			this.#chunks.with(at, chunk.with(inChunk, value)),
			this.length,
		);
	}

	toArray(): readonly Value[] {
		this.#array ??= this.#chunks.flat();
		return this.#array;
	}

	[Symbol.iterator](): Iterator<Value> {
		return this.toArray()[Symbol.iterator]();
	}
}

export function createImmutableList<Value>(
	values: readonly Value[],
): ImmutableList<Value> {
	const chunks: Array<readonly Value[]> = [];
	for (let start = 0; start < values.length; start += chunkLength) {
		chunks.push(values.slice(start, start + chunkLength));
	}

	return new ChunkedList(chunks, values.length);
}
