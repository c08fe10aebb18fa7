/**
 * A practice peer inside the program, so that one person on one machine sees
 * everything work: a second engine with an identity of its own, on real loopback
 * sockets. It greets, echoes, offers a small file, accepts yours into a
 * temporary folder and sends a few datagrams.
 */
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Engine, EngineEvent, PeerKey} from './engine/index.js';
import type {Address, Practice} from './engine/ports.js';
import {strings} from './strings/index.js';

const datagramEveryMs = 900;

interface Running {
	readonly engine: Engine;
	readonly folder: string;
	readonly timers: NodeJS.Timeout[];
}

async function begin(
	running: Running,
	peer: PeerKey,
	udp: Address | undefined,
): Promise<void> {
	const {engine, folder, timers} = running;
	for (const text of strings.practice.greetings) {
		engine.dispatch({type: 'chat/send', conversation: peer, text});
	}

	const path = join(folder, strings.practice.fileName);
	await writeFile(path, strings.practice.fileText);
	engine.dispatch({type: 'transfer/offer', peer, paths: [path]});
	if (!udp) return;
	for (const [index, text] of strings.practice.datagrams.entries()) {
		const send = () => {
			engine.dispatch({
				type: 'datagram/send',
				...udp,
				text,
			});
		};
		timers.push(setTimeout(send, index * datagramEveryMs));
	}
}

function answer(engine: Engine, event: EngineEvent): void {
	if (event.type === 'chat/received') {
		const text = strings.practice.echo(event.text);
		engine.dispatch({type: 'chat/send', conversation: event.peer, text});
	} else if (event.type === 'transfer/offered' && event.direction === 'in') {
		engine.dispatch({type: 'transfer/accept', transfer: event.transfer});
	} else if (
		event.type === 'transfer/finished' &&
		event.outcome.kind === 'saved'
	) {
		const {peer} = engine.getState().transfers.get(event.transfer) ?? {};
		if (!peer) return;
		const text = strings.practice.fileDone;
		engine.dispatch({type: 'chat/send', conversation: peer, text});
	}
}

/** `makeEngine` gives an engine with a fresh identity that receives into `folder`. */
export function createPractice(
	makeEngine: (folder: string) => Promise<Engine>,
): Practice {
	let running: Running | undefined;
	let starting: Promise<void> | undefined;
	const start = async ({tcp, udp}: Parameters<Practice['start']>[0]) => {
		const folder = await mkdtemp(join(tmpdir(), 'sockterm-practice-'));
		const engine = await makeEngine(join(folder, 'received'));
		const started: Running = {engine, folder, timers: []};
		running = started;
		engine.on(event => {
			if (event.type === 'peer/connected') {
				void begin(started, event.peer, udp);
			} else {
				answer(engine, event);
			}
		});
		if (udp) {
			const {host} = udp;
			engine.dispatch({type: 'listener/open', kind: 'udp', host, port: 0});
		}

		engine.dispatch({
			type: 'peer/dial',
			target: {kind: 'peer', ...tcp},
		});
	};

	return {
		async start(target) {
			starting = start(target);
			await starting;
		},
		async stop() {
			// Whoever leaves at once leaves no folder behind either.
			await starting?.catch(() => undefined);
			if (!running) return;
			const {engine, folder, timers} = running;
			running = undefined;
			for (const timer of timers) clearTimeout(timer);
			await engine.close();
			await rm(folder, {recursive: true, force: true});
		},
	};
}
