/**
 * What a table in another language has to hold: the same keys, and functions that take
 * the same facts. A missing sentence fails the type check.
 */
export type Translated<Text> = Text extends string
	? string
	: Text extends (...facts: infer Facts) => infer Said
		? (...facts: Facts) => Translated<Said>
		: Text extends object
			? {readonly [Key in keyof Text]: Translated<Text[Key]>}
			: Text;
