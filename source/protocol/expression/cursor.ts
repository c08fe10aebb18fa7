/** A place in the source of an expression, and what is read from there on. */
import {SocktermError} from '../../errors.js';
import type {Ranges} from './character-set.js';

export class Cursor {
	at = 0;
	readonly source: string;

	constructor(source: string) {
		this.source = source;
	}

	get isAtEnd(): boolean {
		return this.at >= this.source.length;
	}

	peek(): string | undefined {
		return this.source[this.at];
	}

	/** What is wrong here, or at another place. */
	problem(what: string, at = this.at): SocktermError {
		return new SocktermError('badExpression', {what, position: at});
	}

	/** What a sticky expression finds here; behind it then. */
	take(shape: RegExp): RegExpExecArray | null {
		shape.lastIndex = this.at;
		const found = shape.exec(this.source);
		if (found) this.at = shape.lastIndex;
		return found;
	}

	eat(character: string): boolean {
		if (this.peek() !== character) return false;
		this.at++;
		return true;
	}

	/** The next character, as it stands there. */
	literal(): Ranges {
		const codePoint = this.source.codePointAt(this.at)!;
		this.at += codePoint > 0xff_ff ? 2 : 1;
		return [[codePoint, codePoint]];
	}
}
