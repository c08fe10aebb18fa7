import type {Connection} from '../../source/engine/ports.js';
import type {ErrorInfo} from '../../source/errors.js';
import {concatBytes} from '../../source/util/bytes.js';

type Happening = 'data' | 'ended' | 'drained' | 'closed';

/** Starts a connection and keeps what it tells, in order. */
export class ConnectionRecorder {
	readonly connection: Connection;
	/** What came, a run of `data` counted once. */
	readonly events: Happening[] = [];
	closes: Array<ErrorInfo | undefined> = [];
	receivedBytes = 0;
	/** How often it may have written on after it had to wait. */
	drains = 0;
	#pieces: Uint8Array[] = [];
	#waiting = new Set<() => void>();

	constructor(connection: Connection, onData?: (bytes: Uint8Array) => void) {
		this.connection = connection;
		connection.start({
			data: bytes => {
				this.#pieces.push(bytes);
				this.receivedBytes += bytes.length;
				this.#note('data');
				onData?.(bytes);
			},
			ended: () => {
				this.#note('ended');
			},
			drained: () => {
				this.drains++;
				this.#note('drained');
			},
			closed: error => {
				this.closes.push(error);
				this.#note('closed');
			},
		});
	}

	bytes(): Uint8Array {
		return concatBytes(this.#pieces);
	}

	text(): string {
		return Buffer.from(this.bytes()).toString();
	}

	has(event: Happening): boolean {
		return this.events.includes(event);
	}

	/** Resolves once `check` holds, looking after every event. */
	async until(check: (recorder: this) => boolean): Promise<void> {
		if (check(this)) return;
		await new Promise<void>(resolve => {
			const look = () => {
				if (!check(this)) return;
				this.#waiting.delete(look);
				resolve();
			};

			this.#waiting.add(look);
		});
	}

	async saw(event: Happening): Promise<void> {
		await this.until(() => this.has(event));
	}

	#note(event: Happening): void {
		if (event !== 'data' || this.events.at(-1) !== 'data') {
			this.events.push(event);
		}

		for (const look of this.#waiting) look();
	}
}
