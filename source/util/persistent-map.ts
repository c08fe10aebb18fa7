/**
 * An immutable map from string keys that keeps insertion order and shares
 * structure: a hash trie, so that `set` and `delete` copy a few short arrays and
 * not the whole map. Ten thousand peers cost hardly more an event than ten, and
 * what each event leaves behind for the garbage collector is small.
 */
export interface PersistentMap<Key extends string, Value> {
	readonly size: number;
	/** Of all values together, as they were weighed when they were set. */
	readonly weight: number;
	get(key: Key): Value | undefined;
	has(key: Key): boolean;
	set(key: Key, value: Value): PersistentMap<Key, Value>;
	delete(key: Key): PersistentMap<Key, Value>;
	/** In insertion order; computed once for each map. */
	values(): readonly Value[];
	/** In no order that means anything. */
	entries(): ReadonlyArray<readonly [Key, Value]>;
}

class Leaf<Value> {
	readonly key: string;
	readonly hash: number;
	readonly order: number;
	readonly value: Value;

	constructor(key: string, hash: number, order: number, value: Value) {
		this.key = key;
		this.hash = hash;
		this.order = order;
		this.value = value;
	}
}

/** Bit n of `places` is set where there is a node for the digit n; the nodes stand in the order of their digits. */
class Branch<Value> {
	readonly places: number;
	readonly nodes: ReadonlyArray<Node<Value>>;

	constructor(places: number, nodes: ReadonlyArray<Node<Value>>) {
		this.places = places;
		this.nodes = nodes;
	}
}

type Node<Value> = Leaf<Value> | Branch<Value>;

const digitBits = 5;
/** From here on a hash has no more digits: keys that share all of it stand in a row. */
const hashBits = 32;

function hashOf(key: string): number {
	let hash = 0;
	for (let index = 0; index < key.length; index++) {
		hash = (hash * 31 + key.charCodeAt(index)) | 0;
	}

	// Keys that differ in their last digits only must differ in the first digit of the hash too.
	hash = Math.imul(hash ^ (hash >>> 16), 0x45d9_f3b);
	return hash ^ (hash >>> 16);
}

const placeOf = (hash: number, shift: number) => 1 << ((hash >>> shift) & 31);

/** How many bits are set. */
function countBits(bits: number): number {
	let count = bits - ((bits >>> 1) & 0x5555_5555);
	count = (count & 0x3333_3333) + ((count >>> 2) & 0x3333_3333);
	return Math.imul((count + (count >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

const indexOf = (places: number, place: number) =>
	countBits(places & (place - 1));

const rowIndexOf = (nodes: ReadonlyArray<Node<unknown>>, key: string) =>
	nodes.findIndex(node => node instanceof Leaf && node.key === key);

function find<Value>(
	root: Node<Value> | undefined,
	key: string,
	hash: number,
): Leaf<Value> | undefined {
	let node = root;
	for (let shift = 0; node instanceof Branch; shift += digitBits) {
		const {places, nodes}: Branch<Value> = node;
		if (shift >= hashBits) {
			node = nodes[rowIndexOf(nodes, key)];
		} else {
			const place = placeOf(hash, shift);
			node = (places & place) === 0 ? undefined : nodes[indexOf(places, place)];
		}
	}

	return node?.key === key ? node : undefined;
}

/** A branch with two leaves of different keys. */
function joined<Value>(
	left: Leaf<Value>,
	right: Leaf<Value>,
	shift: number,
): Branch<Value> {
	if (shift >= hashBits) return new Branch(0, [left, right]);
	const first = placeOf(left.hash, shift);
	const second = placeOf(right.hash, shift);
	if (first === second) {
		return new Branch(first, [joined(left, right, shift + digitBits)]);
	}

	const isInOrder = first >>> 0 < second >>> 0;
	const nodes = isInOrder ? [left, right] : [right, left];
	return new Branch(first | second, nodes);
}

function put<Value>(
	node: Node<Value> | undefined,
	leaf: Leaf<Value>,
	shift: number,
): Node<Value> {
	if (!node) return leaf;
	if (node instanceof Leaf) {
		return node.key === leaf.key ? leaf : joined(node, leaf, shift);
	}

	const {places, nodes} = node;
	if (shift >= hashBits) {
		const at = rowIndexOf(nodes, leaf.key);
		return new Branch(places, at < 0 ? [...nodes, leaf] : nodes.with(at, leaf));
	}

	const place = placeOf(leaf.hash, shift);
	const index = indexOf(places, place);
	const isTaken = (places & place) !== 0;
	return isTaken
		? new Branch(
				places,
				nodes.with(index, put(nodes[index], leaf, shift + digitBits)),
			)
		: new Branch(places | place, nodes.toSpliced(index, 0, leaf));
}

/** For a key that is there. A leaf alone takes the place of its branch, so that a map does not remember how large it was. */
function taken<Value>(
	node: Node<Value>,
	key: string,
	hash: number,
	shift: number,
): Node<Value> | undefined {
	if (node instanceof Leaf) return undefined;
	const {places, nodes} = node;
	const place = shift < hashBits ? placeOf(hash, shift) : 0;
	const index = place === 0 ? rowIndexOf(nodes, key) : indexOf(places, place);
	const next = taken(nodes[index]!, key, hash, shift + digitBits);
	const rest = next ? nodes.with(index, next) : nodes.toSpliced(index, 1);
	const [only] = rest;
	if (rest.length < 2 && !(only instanceof Branch)) return only;
	return new Branch(next ? places : places & ~place, rest);
}

function collect<Value>(node: Node<Value>, leaves: Array<Leaf<Value>>): void {
	if (node instanceof Leaf) leaves.push(node);
	else for (const each of node.nodes) collect(each, leaves);
}

class TrieMap<Key extends string, Value> implements PersistentMap<Key, Value> {
	readonly root: Node<Value> | undefined;
	readonly size: number;
	readonly nextOrder: number;
	readonly weight: number;
	readonly weigh: (value: Value) => number;
	#values: readonly Value[] | undefined;

	constructor(
		weigh: (value: Value) => number,
		root: Node<Value> | undefined,
		counts: {size: number; nextOrder: number; weight: number},
	) {
		this.weigh = weigh;
		this.root = root;
		this.size = counts.size;
		this.nextOrder = counts.nextOrder;
		this.weight = counts.weight;
	}

	get(key: Key): Value | undefined {
		return find(this.root, key, hashOf(key))?.value;
	}

	has(key: Key): boolean {
		return find(this.root, key, hashOf(key)) !== undefined;
	}

	set(key: Key, value: Value): PersistentMap<Key, Value> {
		const hash = hashOf(key);
		const held = find(this.root, key, hash);
		const leaf = new Leaf(key, hash, held?.order ?? this.nextOrder, value);
		const before = held ? this.weigh(held.value) : 0;
		return new TrieMap(this.weigh, put(this.root, leaf, 0), {
			size: this.size + (held ? 0 : 1),
			nextOrder: this.nextOrder + 1,
			weight: this.weight - before + this.weigh(value),
		});
	}

	delete(key: Key): PersistentMap<Key, Value> {
		const hash = hashOf(key);
		const held = find(this.root, key, hash);
		if (!this.root || !held) return this;
		return new TrieMap<Key, Value>(this.weigh, taken(this.root, key, hash, 0), {
			size: this.size - 1,
			nextOrder: this.nextOrder,
			weight: this.weight - this.weigh(held.value),
		});
	}

	values(): readonly Value[] {
		if (this.#values) return this.#values;
		const leaves: Array<Leaf<Value>> = [];
		if (this.root) collect(this.root, leaves);
		leaves.sort((left, right) => left.order - right.order);
		this.#values = leaves.map(leaf => leaf.value);
		return this.#values;
	}

	entries(): ReadonlyArray<readonly [Key, Value]> {
		const leaves: Array<Leaf<Value>> = [];
		if (this.root) collect(this.root, leaves);
		return leaves.map(({key, value}) => [key as Key, value]);
	}
}

const weightless = () => 0;

/** `weigh`: in bytes; of a value that never changes. */
export function createPersistentMap<Key extends string, Value>(
	weigh: (value: Value) => number = weightless,
): PersistentMap<Key, Value> {
	const nothing = {size: 0, nextOrder: 0, weight: 0};
	return new TrieMap<Key, Value>(weigh, undefined, nothing);
}
