/**
 * Two connections joined to one: who connected to us, and whom we dialled for it.
 * What one sends the other gets, its end and its breaking off too, and each is made
 * to wait for the other. To the session of its row the relay is the client's
 * connection: it hears what the client says, and what it writes goes to the client.
 *
 * Invariants: `closed` is told once, when both are closed; neither outlives the
 * other for longer than what is still on its way.
 */
import type {ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {Impairment} from '../../protocol/impairment.js';
import type {Clock, Connection, ConnectionHandlers} from '../ports.js';
import type {RelaySide} from './relay-commands.js';
import {createRelayPipe} from './relay-pipe.js';
import {createValve} from '../transfers/valve.js';

export interface Relay {
	/** The client's end, as a session of a plain peer works with it. */
	readonly connection: Connection;
	/** As if the other side had said it. */
	inject(towards: RelaySide, bytes: Uint8Array): void;
	/** So much was injected that nobody took that no more should be. */
	isFull(towards: RelaySide): boolean;
	impair(towards: RelaySide, impairment: Impairment): void;
	/** That side gets an end once it has what came before; what it says itself still passes. */
	halfClose(towards: RelaySide): void;
	reset(): void;
}

export interface RelayOptions {
	readonly clock: Clock;
	/** Numbers from 0 up to 1. */
	readonly random: () => number;
	/** Both have not been started. */
	readonly client: Connection;
	readonly server: Connection;
	/** The server said this. */
	served(bytes: Uint8Array): void;
}

const noHandlers: ConnectionHandlers = {
	data: () => undefined,
	ended: () => undefined,
	drained: () => undefined,
	closed: () => undefined,
};

export function createRelay(options: RelayOptions): Relay {
	const {client, server, clock, random} = options;
	const ends = {client, server};
	const valves = {client: createValve(client), server: createValve(server)};
	const pipeTo = (towards: RelaySide) => {
		const from = towards === 'client' ? 'server' : 'client';
		return createRelayPipe({
			clock,
			random,
			sink: ends[towards],
			hold(isHeld) {
				if (isHeld) valves[from].close('full');
				else valves[from].open('full');
			},
		});
	};

	const pipes = {client: pipeTo('client'), server: pipeTo('server')};
	let handlers = noHandlers;
	let open = 2;
	let firstError: ErrorInfo | undefined;

	const stop = () => {
		pipes.client.stop();
		pipes.server.stop();
	};

	const reset = () => {
		stop();
		client.reset();
		server.reset();
	};

	const closed = (side: RelaySide, error: ErrorInfo | undefined) => {
		const other = side === 'client' ? 'server' : 'client';
		pipes[side].stop();
		// Nobody waits for what the other says now: it must not be stopped by that.
		valves[other].open('full');
		firstError ??= error;
		if (error) ends[other].reset();
		else pipes[other].end();
		if (--open === 0) handlers.closed(firstError);
	};

	const start = (side: RelaySide, heard: (bytes: Uint8Array) => void) => {
		const other = side === 'client' ? 'server' : 'client';
		ends[side].start({
			data(bytes) {
				pipes[other].push(bytes);
				heard(bytes);
			},
			ended() {
				pipes[other].end();
			},
			drained() {
				pipes[side].drained();
				if (side === 'client') handlers.drained();
			},
			closed(error) {
				closed(side, error);
			},
		});
	};

	/** What was injected beyond what a sender may have on its way. */
	const surplusBytes = (towards: RelaySide) =>
		Math.max(0, pipes[towards].heldBytes() - limits.relayHeldBytes);

	const write = (bytes: Uint8Array, flushed?: () => void) => {
		pipes.client.push(bytes, flushed);
		return !pipes.client.isFull();
	};

	return {
		connection: {
			remote: client.remote,
			local: client.local,
			start(given) {
				handlers = given;
				start('client', bytes => {
					handlers.data(bytes);
				});
				start('server', options.served);
			},
			write,
			writeMany(pieces, flushed) {
				let goesOn = true;
				for (const [index, piece] of pieces.entries()) {
					const isLast = index === pieces.length - 1;
					goesOn = write(piece, isLast ? flushed : undefined);
				}

				return goesOn;
			},
			queuedBytes: () => client.queuedBytes() + surplusBytes('client'),
			pause() {
				valves.client.close('session');
				valves.server.close('session');
			},
			resume() {
				valves.client.open('session');
				valves.server.open('session');
			},
			endSending() {
				pipes.client.end();
			},
			end() {
				stop();
				client.end();
				server.end();
			},
			destroy() {
				stop();
				client.destroy();
				server.destroy();
			},
			reset,
		},
		inject(towards, bytes) {
			pipes[towards].push(bytes);
		},
		isFull: towards => surplusBytes(towards) > limits.queuedBytes,
		impair(towards, impairment) {
			pipes[towards].impair(impairment);
		},
		halfClose(towards) {
			pipes[towards].end();
		},
		reset,
	};
}
