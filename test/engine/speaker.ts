/** Somebody who speaks the protocol by hand, and may break it. */
import {
	decodeMessage,
	encodeMessage,
} from '../../source/protocol/message-codec.js';
import {createFrameDecoder} from '../../source/protocol/frame-decoder.js';
import {createLaneDecoder} from '../../source/protocol/lane-decoder.js';
import {
	encodeTicket,
	type LaneFrame,
} from '../../source/protocol/lane-frames.js';
import type {
	ControlMessage,
	ControlName,
	Hello,
} from '../../source/protocol/messages.js';
import type {
	Connection,
	Network,
	SecureConnection,
} from '../../source/engine/ports.js';
import type {ErrorInfo} from '../../source/errors.js';
import {fromHex} from '../../source/util/bytes.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import type {EngineUnderTest, World} from '../helpers/engine-under-test.js';

type MessageOf<Name extends ControlName> = Extract<
	ControlMessage,
	{name: Name}
>;

export const helloOf = (changes: Partial<Hello> = {}): Hello => ({
	name: 'hello',
	versions: [1],
	features: [],
	nick: 'mallory',
	instance: '5e'.repeat(16),
	role: 'console',
	...changes,
});

export class Speaker {
	readonly connection: SecureConnection;
	readonly heard: ControlMessage[] = [];
	isClosed = false;
	closeError: ErrorInfo | undefined;
	#waiting = new Set<() => void>();

	constructor(connection: SecureConnection) {
		this.connection = connection;
		const decoder = createFrameDecoder(64 * 1024);
		connection.start({
			data: bytes => {
				decoder.push(bytes, frame => {
					const message = decodeMessage(frame);
					if (message) this.heard.push(message);
				});

				this.#look();
			},
			ended: () => {
				connection.end();
			},
			drained: () => undefined,
			closed: error => {
				this.isClosed = true;
				this.closeError = error;
				this.#look();
			},
		});
	}

	say(...messages: ControlMessage[]): void {
		for (const message of messages) {
			this.connection.write(encodeMessage(message));
		}
	}

	write(bytes: Uint8Array): void {
		this.connection.write(bytes);
	}

	all<Name extends ControlName>(name: Name): Array<MessageOf<Name>> {
		return this.heard.filter(
			(message): message is MessageOf<Name> => message.name === name,
		);
	}

	async until<Name extends ControlName>(name: Name): Promise<MessageOf<Name>> {
		await this.#untilTrue(() => this.all(name).length > 0);
		return this.all(name)[0]!;
	}

	async closed(): Promise<void> {
		await this.#untilTrue(() => this.isClosed);
	}

	#look(): void {
		for (const look of this.#waiting) look();
	}

	async #untilTrue(check: () => boolean): Promise<void> {
		if (check()) return;
		await new Promise<void>(resolve => {
			const look = () => {
				if (!check()) return;
				this.#waiting.delete(look);
				resolve();
			};

			this.#waiting.add(look);
		});
	}
}

/** Connects to an engine without saying anything. */
export async function connectSpeaker(
	network: Network,
	to: EngineUnderTest,
): Promise<Speaker> {
	return new Speaker(
		await network.dial(
			{host: to.host, port: to.port},
			'peer',
			new AbortController().signal,
		),
	);
}

/** Connects, says HELLO, and waits until the engine takes it for a peer. */
export async function introduceSpeaker(
	world: World,
	to: EngineUnderTest,
	name = 'mallory',
): Promise<Speaker & {network: Network}> {
	const network = world.network(name);
	const speaker = await connectSpeaker(network, to);
	const connected = to.next('peer/connected');
	speaker.say(helloOf({nick: name}));
	await connected;
	return Object.assign(speaker, {network});
}

/** A lane by hand: what was sent back, and its end. */
export class LaneSpeaker {
	readonly connection: SecureConnection;
	readonly frames: LaneFrame[] = [];
	isClosed = false;

	constructor(connection: SecureConnection) {
		this.connection = connection;
		const decoder = createLaneDecoder();
		connection.start({
			data: bytes => {
				decoder.push(bytes, frame => {
					this.frames.push(frame);
				});
			},
			ended: () => {
				connection.end();
			},
			drained: () => undefined,
			closed: () => {
				this.isClosed = true;
			},
		});
	}

	write(...pieces: Uint8Array[]): void {
		for (const piece of pieces) this.connection.write(piece);
	}
}

/** Dials a lane and shows a ticket. */
export async function openLane(
	network: Network,
	to: EngineUnderTest,
	ticket: string,
): Promise<LaneSpeaker> {
	const lane = new LaneSpeaker(
		await network.dial(
			{host: to.host, port: to.port},
			'lane',
			new AbortController().signal,
		),
	);
	lane.write(encodeTicket(fromHex(ticket)!));
	return lane;
}

/** A plain client that keeps what it is told. */
export async function connectRaw(
	world: World,
	to: EngineUnderTest,
): Promise<{connection: Connection; recorder: ConnectionRecorder}> {
	const connection = await world
		.network('client')
		.dial({host: to.host, port: to.port}, 'raw', new AbortController().signal);
	return {connection, recorder: new ConnectionRecorder(connection)};
}
