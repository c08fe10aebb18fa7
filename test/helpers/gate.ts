/** Opens and closes; whoever passes waits while it is closed. */
export class Gate {
	#opened = Promise.resolve();
	#open: () => void = () => undefined;

	set closed(isClosed: boolean) {
		this.#open();
		if (!isClosed) return;
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#opened = promise;
		this.#open = resolve;
	}

	async pass(): Promise<void> {
		await this.#opened;
	}
}
