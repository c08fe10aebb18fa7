/**
 * A line editor written for comparison: as plainly as can be, from what readline's
 * manual says, with nothing of the console's own. The text is two halves, and every
 * operation cuts them into characters anew.
 */
const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const characters = (text: string) =>
	Array.from(segmenter.segment(text), ({segment}) => segment);
const isWordCharacter = (character: string | undefined) =>
	character !== undefined && /[\p{L}\p{N}\p{M}_]/u.test(character);
const isBlank = (character: string | undefined) =>
	character !== undefined && /^\s/.test(character);

type Halves = readonly [left: string, right: string];
type Doing =
	'typing' | 'deleting' | 'cutting' | 'yanking' | 'vertical' | 'else';

export class ReferenceEditor {
	left = '';
	right = '';
	#ring: string[] = [];
	#undo: Halves[] = [];
	#redo: Halves[] = [];
	#doing: Doing = 'else';
	/** What was yanked last, and which of the ring it was. */
	#yanked = '';
	#turn = 0;
	#column = 0;

	get text(): string {
		return this.left + this.right;
	}

	type(text: string): void {
		this.#become(this.left + text, this.right, 'typing');
	}

	paste(text: string): void {
		this.#become(this.left + text, this.right, 'else');
	}

	readonly operations: Readonly<Record<string, () => void>> = {
		left: () => this.#go(characters(this.left).slice(0, -1).join('')),
		right: () => this.#go(this.left + (characters(this.right)[0] ?? '')),
		home: () => this.#go(this.#above()),
		end: () => this.#go(this.left + this.#lineRight()),
		wordLeft: () => this.#go(this.#beforeWord(this.left)),
		wordRight: () => this.#go(this.left + this.#throughWord(this.right)),
		backspace: () =>
			this.#delete(characters(this.left).slice(0, -1).join(''), this.right),
		delete: () =>
			this.#delete(this.left, characters(this.right).slice(1).join('')),
		rubout: () => {
			const before = characters(this.left);
			while (isBlank(before.at(-1))) before.pop();
			while (before.length > 0 && !isBlank(before.at(-1))) before.pop();
			this.#cutLeft(before.join(''));
		},
		cutWordLeft: () => this.#cutLeft(this.#beforeWord(this.left)),
		cutWordRight: () => this.#cutRight(this.#throughWord(this.right)),
		cutToStart: () => {
			const start = this.#above();
			this.#cutLeft(start === this.left ? start.slice(0, -1) : start);
		},
		cutToEnd: () => this.#cutRight(this.#lineRight() || this.right.slice(0, 1)),
		yank: () => {
			const newest = this.#ring[0];
			if (newest === undefined) return void (this.#doing = 'else');
			this.#become(this.left + newest, this.right, 'yanking');
			this.#yanked = newest;
			this.#turn = 0;
		},
		yankPop: () => {
			if (this.#doing !== 'yanking') return void (this.#doing = 'else');
			this.#turn = (this.#turn + 1) % this.#ring.length;
			const start = this.left.slice(0, this.left.length - this.#yanked.length);
			this.#yanked = this.#ring[this.#turn]!;
			this.#set(start + this.#yanked, this.right);
		},
		undo: () => this.#travel(this.#undo, this.#redo),
		redo: () => this.#travel(this.#redo, this.#undo),
		transpose: () => {
			const above = this.#above();
			const before = characters(this.left.slice(above.length));
			const after = characters(this.#lineRight());
			if (after.length === 0) after.unshift(...before.splice(-1));
			const [second] = after.splice(0, 1);
			const [first] = before.splice(-1);
			if (first === undefined || second === undefined) {
				this.#doing = 'else';
				return;
			}

			const rest = this.right.slice(this.#lineRight().length);
			const left = above + before.join('') + second + first;
			this.#become(left, after.join('') + rest, 'else');
		},
		upperCase: () => this.#changeWord(word => word.toUpperCase()),
		lowerCase: () => this.#changeWord(word => word.toLowerCase()),
		newLine: () => this.#become(`${this.left}\n`, this.right, 'else'),
		up: () => {
			const above = this.#above();
			if (above !== '') this.#toLine(characters(above).length - 1, -1);
			else this.#doing = 'else';
		},
		down: () => {
			const line = this.#lineRight();
			if (line.length < this.right.length) this.#toLine(0, 1);
			else this.#doing = 'else';
		},
	};

	/** All before the caret's line. */
	#above(): string {
		return this.left.slice(0, this.left.lastIndexOf('\n') + 1);
	}

	#lineRight(): string {
		return this.right.split('\n')[0]!;
	}

	#toLine(_from: number, by: 1 | -1): void {
		const lines = this.text.split('\n');
		const at = this.left.split('\n').length - 1;
		const column =
			this.#doing === 'vertical'
				? this.#column
				: characters(this.left.slice(this.#above().length)).length;
		const before = lines.slice(0, at + by).map(line => `${line}\n`);
		const target = characters(lines[at + by]!).slice(0, column);
		this.#go(before.join('') + target.join(''));
		this.#doing = 'vertical';
		this.#column = column;
	}

	#beforeWord(text: string): string {
		const before = characters(text);
		while (before.length > 0 && !isWordCharacter(before.at(-1))) before.pop();
		while (isWordCharacter(before.at(-1))) before.pop();
		return before.join('');
	}

	#throughWord(text: string): string {
		const after = characters(text);
		let count = 0;
		while (count < after.length && !isWordCharacter(after[count])) count++;
		while (isWordCharacter(after[count])) count++;
		return after.slice(0, count).join('');
	}

	#changeWord(change: (word: string) => string): void {
		const word = this.#throughWord(this.right);
		const rest = this.right.slice(word.length);
		this.#become(this.left + change(word), rest, 'else');
	}

	#go(left: string): void {
		const {text} = this;
		this.#set(left, text.slice(left.length));
		this.#doing = 'else';
	}

	#delete(left: string, right: string): void {
		const isSomething = left + right !== this.text;
		if (isSomething) this.#become(left, right, 'deleting');
		else this.#doing = 'else';
	}

	#cutLeft(left: string): void {
		this.#cut(this.left.slice(left.length), left, this.right, true);
	}

	#cutRight(piece: string): void {
		this.#cut(piece, this.left, this.right.slice(piece.length), false);
	}

	#cut(piece: string, left: string, right: string, isLeft: boolean): void {
		const isRow = this.#doing === 'cutting';
		if (piece === '') {
			if (!isRow) this.#doing = 'else';
			return;
		}

		const [newest = '', ...older] = this.#ring;
		if (!isRow) this.#ring = [piece, ...this.#ring];
		else this.#ring = [isLeft ? piece + newest : newest + piece, ...older];
		this.#become(left, right, 'cutting');
	}

	/** A change that can be undone. */
	#become(left: string, right: string, doing: Doing): void {
		if (left + right === this.text) {
			this.#set(left, right);
			this.#doing = doing;
			return;
		}

		const isRun =
			(doing === 'typing' || doing === 'deleting') && this.#doing === doing;
		if (!isRun) this.#undo.push([this.left, this.right]);
		this.#redo = [];
		this.#set(left, right);
		this.#doing = doing;
	}

	#travel(from: Halves[], to: Halves[]): void {
		const there = from.pop();
		this.#doing = 'else';
		if (!there) return;
		to.push([this.left, this.right]);
		[this.left, this.right] = there;
	}

	/** What comes together at the caret may be one character: then the caret stands behind it. */
	#set(left: string, right: string): void {
		let end = 0;
		for (const character of characters(left + right)) {
			if (end >= left.length) break;
			end += character.length;
		}

		const text = left + right;
		this.left = text.slice(0, end);
		this.right = text.slice(end);
	}
}
