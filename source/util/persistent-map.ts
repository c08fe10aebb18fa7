/**
 * An immutable map from string keys that keeps insertion order and shares
 * structure: `set` and `delete` copy one bucket of keys, not the whole map, so
 * that ten thousand peers cost no more an event than ten.
 */
export interface PersistentMap<Key extends string, Value> {
	readonly size: number;
	get(key: Key): Value | undefined;
	has(key: Key): boolean;
	set(key: Key, value: Value): PersistentMap<Key, Value>;
	delete(key: Key): PersistentMap<Key, Value>;
	/** In insertion order; computed once for each map. */
	values(): readonly Value[];
}

interface Slot<Value> {
	readonly order: number;
	readonly value: Value;
}

type Bucket<Value> = ReadonlyMap<string, Slot<Value>>;

const bucketCount = 128;

function bucketOf(key: string): number {
	let hash = 0;
	for (let index = 0; index < key.length; index++) {
		hash = (hash * 31 + key.charCodeAt(index)) | 0;
	}

	return (hash >>> 0) % bucketCount;
}

class BucketMap<Key extends string, Value> implements PersistentMap<
	Key,
	Value
> {
	readonly buckets: ReadonlyArray<Bucket<Value> | undefined>;
	readonly size: number;
	readonly nextOrder: number;
	#values: readonly Value[] | undefined;

	constructor(
		buckets: ReadonlyArray<Bucket<Value> | undefined>,
		size: number,
		nextOrder: number,
	) {
		this.buckets = buckets;
		this.size = size;
		this.nextOrder = nextOrder;
	}

	get(key: Key): Value | undefined {
		return this.buckets[bucketOf(key)]?.get(key)?.value;
	}

	has(key: Key): boolean {
		return this.buckets[bucketOf(key)]?.has(key) ?? false;
	}

	set(key: Key, value: Value): PersistentMap<Key, Value> {
		const index = bucketOf(key);
		const bucket = new Map(this.buckets[index]);
		const held = bucket.get(key);
		bucket.set(key, {order: held?.order ?? this.nextOrder, value});
		return new BucketMap(
			this.buckets.with(index, bucket),
			this.size + (held ? 0 : 1),
			this.nextOrder + 1,
		);
	}

	delete(key: Key): PersistentMap<Key, Value> {
		if (!this.has(key)) return this;
		const index = bucketOf(key);
		const bucket = new Map(this.buckets[index]);
		bucket.delete(key);
		return new BucketMap(
			this.buckets.with(index, bucket),
			this.size - 1,
			this.nextOrder,
		);
	}

	values(): readonly Value[] {
		this.#values ??= this.buckets
			.flatMap(bucket => (bucket ? [...bucket.values()] : []))
			.sort((left, right) => left.order - right.order)
			.map(slot => slot.value);
		return this.#values;
	}
}

export function createPersistentMap<Key extends string, Value>(): PersistentMap<
	Key,
	Value
> {
	return new BucketMap<Key, Value>(
		Array.from<undefined>({length: bucketCount}),
		0,
		0,
	);
}
