/** Counts who uses something, for whoever waits until nobody does. */
export class Users {
	#count = 0;
	#left: () => void = () => undefined;

	get count(): number {
		return this.#count;
	}

	enter(): void {
		this.#count++;
	}

	leave(): void {
		this.#count--;
		if (this.#count === 0) this.#left();
	}

	/** Resolves when nobody uses it; for one who waits. */
	async gone(): Promise<void> {
		if (this.#count === 0) return;
		await new Promise<void>(resolve => {
			this.#left = resolve;
		});
	}
}
