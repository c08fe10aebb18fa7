/**
 * A connection on which nothing moves for a while is given up. Decides when;
 * what is done then is the caller's. Bytes of either direction count, and so does
 * what the system takes of a long write.
 */
import type {Clock, Connection} from '../ports.js';

/** The same connection, with a watch on it. `idle` is called once at most, and never after `closed`. */
export function watchIdle(
	connection: Connection,
	clock: Clock,
	idleMs: number,
	idle: () => void,
): Connection {
	let lastAt = clock.now();
	let cancel: (() => void) | undefined;
	const touch = () => {
		lastAt = clock.now();
	};

	// One timer a connection: when it fires it looks how long ago the last byte was.
	const watch = (delayMs: number) => {
		cancel = clock.after(delayMs, () => {
			cancel = undefined;
			const quietMs = clock.now() - lastAt;
			if (quietMs < idleMs) watch(idleMs - quietMs);
			else idle();
		});
	};

	const touching = (flushed: (() => void) | undefined) => () => {
		touch();
		flushed?.();
	};

	const {certificate} = connection;
	return {
		remote: connection.remote,
		local: connection.local,
		...(certificate === undefined ? {} : {certificate}),
		start(handlers) {
			touch();
			watch(idleMs);
			connection.start({
				...handlers,
				data(bytes) {
					touch();
					handlers.data(bytes);
				},
				drained() {
					touch();
					handlers.drained();
				},
				closed(error) {
					cancel?.();
					handlers.closed(error);
				},
			});
		},
		write(bytes, flushed) {
			touch();
			return connection.write(bytes, touching(flushed));
		},
		writeMany(pieces, flushed) {
			touch();
			return connection.writeMany(pieces, touching(flushed));
		},
		queuedBytes: () => connection.queuedBytes(),
		pause() {
			connection.pause();
		},
		resume() {
			connection.resume();
		},
		endSending() {
			connection.endSending();
		},
		end() {
			connection.end();
		},
		destroy() {
			connection.destroy();
		},
		reset() {
			connection.reset();
		},
	};
}
