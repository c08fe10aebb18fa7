/**
 * Makes written bytes durable while more of them come, so that a crash of the
 * machine costs little. Invariants: one sync at a time; nobody waits for it but
 * `stop`; its first failure is told once.
 */
export interface BackgroundSync {
	/** So many bytes more were written. */
	wrote(countBytes: number): void;
	/** Starts no more; resolves when none runs. Never rejects; safe twice. */
	stop(): Promise<void>;
}

export interface BackgroundSyncOptions {
	readonly sync: () => Promise<void>;
	readonly failed: (cause: unknown) => void;
	/** After so many bytes, or so long after the first of them. */
	readonly everyBytes: number;
	readonly everyMs: number;
}

export function createBackgroundSync(
	options: BackgroundSyncOptions,
): BackgroundSync {
	const {sync, failed, everyBytes, everyMs} = options;
	let waitingBytes = 0;
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> | undefined;
	let isStopped = false;

	const start = () => {
		if (running || isStopped) return;
		clearTimeout(timer);
		timer = undefined;
		waitingBytes = 0;
		const run = async () => {
			try {
				await sync();
			} catch (cause) {
				isStopped = true;
				failed(cause);
			}

			running = undefined;
			look();
		};

		running = run();
	};

	const look = () => {
		if (isStopped || running || waitingBytes === 0) return;
		if (waitingBytes >= everyBytes) start();
		else timer ??= setTimeout(start, everyMs);
	};

	return {
		wrote(countBytes) {
			waitingBytes += countBytes;
			look();
		},
		async stop() {
			isStopped = true;
			clearTimeout(timer);
			await running;
		},
	};
}
