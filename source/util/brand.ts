declare const brand: unique symbol;

/** A type that plain values cannot stand in for: only its one maker casts to it. */
export type Brand<Base, Name extends string> = Base & {
	readonly [brand]: Name;
};
