/**
 * Engines that reach each other in memory: one hub, one clock that stands still,
 * chance that is the same in every run. Tests wait for events, never for time.
 */
import {createHash} from 'node:crypto';
import {createEngine, type HostedEngine} from '../../source/engine/engine.js';
import {
	createFrameReader,
	type AutoAccept,
	type Command,
	type Engine,
	type EngineEvent,
	type FrameEnding,
	type PeerId,
	type PeerKey,
} from '../../source/engine/index.js';
import type {
	Network,
	HistoryPort,
	NotebookPort,
	NotesPort,
	Practice,
	RoomsPort,
	SourceEntry,
	TrustPort,
} from '../../source/engine/ports.js';
import type {Signer} from './signer.js';
import {createFakeClock, type FakeClock} from './fake-clock.js';
import {
	createMemoryFiles,
	createMemoryFolder,
	type MemoryFiles,
	type MemoryFolder,
} from './memory-files.js';
import {
	createMemoryHub,
	createMemoryNetwork,
	type MemoryHub,
} from './memory-network.js';

export type EventType = EngineEvent['type'];
export type EventOf<Type extends EventType> = Extract<
	EngineEvent,
	{type: Type}
>;

type Where<Type extends EventType> = (event: EventOf<Type>) => boolean;

/** A message, or a frame. */
export interface Said {
	readonly peer: PeerKey;
	readonly text: string;
	readonly sizeBytes: number;
	/** Of a frame. */
	readonly ending?: FrameEnding;
}

/** What an engine says, and ways to wait for it. */
export interface Observed {
	readonly events: readonly EngineEvent[];
	/** Events so far, of one type. */
	of<Type extends EventType>(type: Type): Array<EventOf<Type>>;
	/** The first event of a type that satisfies `where`, now or later. */
	until<Type extends EventType>(
		type: Type,
		where?: Where<Type>,
	): Promise<EventOf<Type>>;
	/** The next one, whatever has been. */
	next<Type extends EventType>(
		type: Type,
		where?: Where<Type>,
	): Promise<EventOf<Type>>;
	/** Resolves once `check` holds, looking after every event. */
	untilTrue(check: () => boolean): Promise<void>;
	/** What came from a peer, or from all, in order: messages of encrypted peers, frames of raw ones. */
	said(peer?: PeerKey): Said[];
	/** The first of them that satisfies `where`, now or later. */
	untilSaid(where?: (said: Said) => boolean): Promise<Said>;
	/** The next one, whatever has been. */
	nextSaid(where?: (said: Said) => boolean): Promise<Said>;
	/** The texts of those. */
	heard(peer?: PeerKey): string[];
}

export interface EngineUnderTest extends Observed {
	readonly engine: HostedEngine;
	readonly peerId: PeerId;
	readonly host: string;
	/** Where it listens; 0 before `listen`. */
	readonly port: number;
	readonly files: MemoryFiles;
	readonly folder: MemoryFolder;
	/** Another folder of this machine; the same one each time. */
	openFolder(path: string): MemoryFolder;
	dispatch(command: Command): void;
	/** Opens a TCP listener; resolves when it is bound. */
	listen(): Promise<void>;
}

export interface EngineOptions {
	readonly nick?: string;
	readonly role?: 'console' | 'script';
	/** Another program of the same person. */
	readonly key?: string;
	readonly host?: string;
	readonly network?: (network: Network) => Network;
	readonly practice?: Practice;
	/** Where it keeps snippets; missing: nowhere. */
	readonly notebook?: NotebookPort;
	/** Where it keeps who is verified; missing: nowhere. */
	readonly trust?: TrustPort;
	/** Where it keeps what goes on after a restart; missing: nowhere. */
	readonly notes?: NotesPort;
	/** Where it keeps what is said; missing: nowhere. */
	readonly history?: HistoryPort;
	/** A real key, for what is signed; missing: a PeerId that nobody can sign for. */
	readonly signer?: Signer;
	/** Where it keeps its rooms; missing: nowhere. Without a signer there are none. */
	readonly rooms?: RoomsPort;
	readonly backfill?: boolean;
	readonly requireVerified?: boolean;
	readonly noPlain?: boolean;
	/** What is taken unasked of verified peers of whom nobody has said anything. */
	readonly unasked?: AutoAccept;
	/** What is on its disk, where it was there before. */
	readonly files?: MemoryFiles;
	readonly folder?: MemoryFolder;
	readonly transfersAtOnce?: number;
	/** Bytes a second, of all together. */
	readonly rateLimit?: number;
	/** Bytes only pass through it. */
	readonly pipe?: boolean;
	/** What is piped into it. */
	readonly input?: (name: string) => SourceEntry;
}

export interface World {
	readonly hub: MemoryHub;
	readonly clock: FakeClock;
	engine(name: string, options?: EngineOptions): EngineUnderTest;
	/** A network of somebody else on the same hub. */
	network(name: string, host?: string): Network;
	/** Lets everything that is on its way arrive. */
	settle(): Promise<void>;
	/** Resolves once `check` holds, looking after everything has arrived: for what says no event. */
	until(check: () => boolean): Promise<void>;
	/** Moves the clock on in steps, settling after each. */
	pass(ms: number, stepMs?: number): Promise<void>;
}

/** A key that is the same in every run. */
export const peerIdOf = (name: string) =>
	createHash('sha256').update(name).digest('hex') as PeerId;

/** The same bytes in every run, others for every name. */
function randomOf(name: string): (length: number) => Uint8Array {
	let calls = 0;
	return length =>
		new Uint8Array(
			createHash('shake256', {outputLength: length})
				.update(`${name}/${calls++}`)
				.digest(),
		);
}

export function observe(engine: Engine): Observed {
	const events: EngineEvent[] = [];
	const waiting = new Set<() => void>();
	const all: Said[] = [];
	const reader = createFrameReader();
	engine.on(event => {
		events.push(event);
		if (event.type === 'chat/received') all.push(event);
		for (const frame of reader.read(event, engine.getState())) {
			const {peer, text, ending, content} = frame;
			all.push({peer, text, ending, sizeBytes: content.length});
		}

		for (const look of waiting) look();
	});

	const untilTrue = async (check: () => boolean) => {
		if (check()) return;
		await new Promise<void>(resolve => {
			const look = () => {
				if (!check()) return;
				waiting.delete(look);
				resolve();
			};

			waiting.add(look);
		});
	};

	const untilFrom = async <Type extends EventType>(
		start: number,
		type: Type,
		where: Where<Type> = () => true,
	) => {
		let position = start;
		let found: EventOf<Type> | undefined;
		await untilTrue(() => {
			while (!found && position < events.length) {
				const event = events[position++]!;
				if (event.type !== type) continue;
				const typed = event as EventOf<Type>;
				if (where(typed)) found = typed;
			}

			return found !== undefined;
		});
		return found!;
	};

	const said = (peer?: PeerKey) =>
		all.filter(each => peer === undefined || each.peer === peer);

	const saidFrom = async (
		start: number,
		where: (said: Said) => boolean = () => true,
	) => {
		let found: Said | undefined;
		await untilTrue(() => {
			found = all.slice(start).find(where);
			return found !== undefined;
		});
		return found!;
	};

	const of = <Type extends EventType>(type: Type) =>
		events.filter((event): event is EventOf<Type> => event.type === type);

	return {
		events,
		of,
		until: async (type, where) => untilFrom(0, type, where),
		next: async (type, where) => untilFrom(events.length, type, where),
		untilTrue,
		said,
		untilSaid: async where => saidFrom(0, where),
		nextSaid: async where => saidFrom(all.length, where),
		heard: peer => said(peer).map(({text}) => text),
	};
}

export function createWorld(): World {
	const hub = createMemoryHub();
	const clock = createFakeClock();
	let hosts = 0;
	let started = 0;

	const makeEngine = (
		name: string,
		options: EngineOptions,
	): EngineUnderTest => {
		const host = options.host ?? `10.0.0.${++hosts}`;
		const peerId = options.signer?.peerId ?? peerIdOf(options.key ?? name);
		const {files = createMemoryFiles()} = options;
		const {transfersAtOnce, rateLimit} = options;
		const {folder = createMemoryFolder(`/${name}`)} = options;
		const folders = new Map<string, MemoryFolder>();
		const openFolder = (path: string) => {
			const opened = folders.get(path) ?? createMemoryFolder(path);
			folders.set(path, opened);
			return opened;
		};

		const network = createMemoryNetwork(hub, {peerId, host});
		const engine = createEngine(
			{
				clock,
				random: randomOf(`${name}${++started}`),
				network: options.network?.(network) ?? network,
				files,
				receiveFolder: folder,
				openFolder,
				...(options.input ? {input: options.input} : {}),
				...(options.practice ? {practice: options.practice} : {}),
				...(options.notebook ? {notebook: options.notebook} : {}),
				...(options.trust ? {trust: options.trust} : {}),
				...(options.notes ? {notes: options.notes} : {}),
				...(options.history ? {history: options.history} : {}),
				...(options.signer ? {signing: options.signer} : {}),
				...(options.rooms ? {rooms: options.rooms} : {}),
			},
			{
				nick: options.nick ?? name,
				peerId,
				role: options.role ?? 'console',
				...(transfersAtOnce ? {transfersAtOnce} : {}),
				...(rateLimit ? {rateLimit} : {}),
				...(options.pipe ? {pipe: true} : {}),
				...(options.signer ? {rooms: true} : {}),
				...(options.backfill === undefined ? {} : {backfill: options.backfill}),
				...(options.requireVerified ? {requireVerified: true} : {}),
				...(options.noPlain ? {noPlain: true} : {}),
				resumes: true,
				// As the console has it: what the pins say.
				autoAccept: options.unasked ? {caps: options.unasked} : {},
			},
		);
		const observed = observe(engine);
		let port = 0;
		return {
			engine,
			peerId,
			host,
			get port() {
				return port;
			},
			files,
			folder,
			openFolder,
			...observed,
			dispatch: engine.dispatch,
			async listen() {
				engine.dispatch({type: 'listener/open', kind: 'tcp', port: 0});
				({port} = await observed.until(
					'listener/bound',
					({kind}) => kind === 'tcp',
				));
			},
		};
	};

	return {
		hub,
		clock,
		engine: (name, options = {}) => makeEngine(name, options),
		network: (name, host = `10.0.1.${++hosts}`) =>
			createMemoryNetwork(hub, {
				peerId: peerIdOf(name),
				host,
			}),
		settle: async () => hub.settle(),
		async until(check) {
			do {
				await hub.settle();
			} while (!check());
		},
		async pass(ms, stepMs = ms) {
			await hub.settle();
			for (let left = ms; left > 0; left -= stepMs) {
				clock.advance(Math.min(stepMs, left));
				await hub.settle();
			}
		},
	};
}

export interface Pair {
	readonly world: World;
	/** Dialled bob. */
	readonly alice: EngineUnderTest;
	readonly bob: EngineUnderTest;
	/** Bob's row at alice, and alice's at bob. */
	readonly bobKey: PeerKey;
	readonly aliceKey: PeerKey;
}

/** Dials from one to the other; the keys under which each sees the other. */
export async function connect(
	from: EngineUnderTest,
	to: EngineUnderTest,
): Promise<{there: PeerKey; back: PeerKey}> {
	from.dispatch({
		type: 'peer/dial',
		target: {kind: 'peer', host: to.host, port: to.port},
	});
	const [there, back] = await Promise.all([
		from.until('peer/connected', ({peerId}) => peerId === to.peerId),
		to.until('peer/connected', ({peerId}) => peerId === from.peerId),
	]);
	return {there: there.peer, back: back.peer};
}

/** Two engines that are connected, each with a listener. */
export async function createPair(
	options: {alice?: EngineOptions; bob?: EngineOptions} = {},
): Promise<Pair> {
	const world = createWorld();
	const alice = world.engine('alice', options.alice);
	const bob = world.engine('bob', options.bob);
	await Promise.all([alice.listen(), bob.listen()]);
	const {there, back} = await connect(alice, bob);
	return {world, alice, bob, bobKey: there, aliceKey: back};
}
