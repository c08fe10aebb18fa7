/**
 * Pairings that are under way: one machine a session, with its clock. Decides
 * nothing about codes (`protocol/pairing-machine.ts` does) and nothing about what
 * a verified key means (`trust.ts`). Invariants: a machine lives as long as its
 * session; codes come in by commands and go to the machine alone.
 */
import {errorInfo, SocktermError, type ErrorCode} from '../../errors.js';
import {
	exporterBytes,
	exporterLabel,
	readPairingCode,
} from '../../protocol/pairing-inputs.js';
import {
	createPairingMachine,
	type PairingMachine,
} from '../../protocol/pairing-machine.js';
import type {
	PairingInput,
	PairingOutput,
	PairMessage,
} from '../../protocol/pairing.js';
import {fromHex} from '../../util/bytes.js';
import type {EngineContext} from '../context.js';
import type {PeerEntry} from '../sessions/peer-table.js';
import type {PeerSession} from '../sessions/peer-session.js';

export interface Pairings {
	/** Throws badCode, onlyEncrypted, notConnected, tooManyCodes. */
	show(entry: PeerEntry, code: string, petname?: string): void;
	hide(entry: PeerEntry): void;
	/** What it is to be called; nothing happens where no pairing is under way. */
	call(entry: PeerEntry, petname: string): void;
	/** Throws badCode, onlyEncrypted, notConnected, noCodeShown, codeUnderWay. */
	enter(entry: PeerEntry, code: string, petname?: string): void;
	receive(entry: PeerEntry, session: PeerSession, message: PairMessage): void;
	lost(session: PeerSession): void;
}

interface Pairing {
	readonly entry: PeerEntry;
	readonly session: PeerSession;
	readonly machine: PairingMachine;
	/** What the other one is to be called, where somebody said. */
	petname: string | undefined;
	cancelTimer: () => void;
}

const refusals = {
	noCode: 'noCodeShown',
	underWay: 'codeUnderWay',
	tooManyCodes: 'tooManyCodes',
} as const satisfies Record<string, ErrorCode>;

export function createPairings(
	context: EngineContext,
	paired: (
		entry: PeerEntry,
		session: PeerSession,
		petname: string | undefined,
	) => void,
): Pairings {
	const {clock, random} = context.ports;
	const live = new Map<PeerSession, Pairing>();

	const pairingOf = (entry: PeerEntry, session: PeerSession): Pairing => {
		const held = live.get(session);
		if (held) return held;
		const {connection, hellos} = session;
		const machine = createPairingMachine({
			us: {peerId: fromHex(context.peerId)!, hello: hellos.ours},
			them: {peerId: fromHex(session.peerId)!, hello: hellos.theirs},
			exporter: connection.exportKeyingMaterial(exporterLabel, exporterBytes),
			random,
		});
		const pairing: Pairing = {
			entry,
			session,
			machine,
			petname: undefined,
			cancelTimer: () => undefined,
		};
		live.set(session, pairing);
		return pairing;
	};

	const carryOut = (pairing: Pairing, output: PairingOutput) => {
		const {entry, session} = pairing;
		const peer = entry.key;
		switch (output.kind) {
			case 'send': {
				session.send(output.message);
				break;
			}

			case 'opened': {
				context.emit({
					type: 'trust/codeOpened',
					peer,
					screen: output.code,
					attemptsLeft: output.attemptsLeft,
					expiresAt: output.expiresAtMs,
				});
				break;
			}

			case 'tried':
			case 'failed': {
				const {code: screen, attemptsLeft} = output;
				const type =
					output.kind === 'tried' ? 'trust/codeTried' : 'trust/codeFailed';
				context.emit({type, peer, screen, attemptsLeft});
				break;
			}

			case 'ended': {
				const {code: screen, reason, attemptsLeft} = output;
				const type = 'trust/codeEnded';
				context.emit({type, peer, screen, reason, attemptsLeft});
				break;
			}

			case 'paired': {
				paired(entry, session, pairing.petname);
				break;
			}

			case 'refused': {
				throw new SocktermError(refusals[output.why], {name: entry.name});
			}

			case 'violated': {
				const {what} = output;
				session.close(errorInfo('protocolViolation', {what}));
				break;
			}
		}
	};

	const step = (pairing: Pairing, input: PairingInput) => {
		const {machine} = pairing;
		const outputs = machine.step(input, clock.now());
		pairing.cancelTimer();
		const deadlineAtMs = machine.deadlineAtMs();
		if (deadlineAtMs !== undefined) {
			const waitMs = Math.max(0, deadlineAtMs - clock.now());
			pairing.cancelTimer = clock.after(waitMs, () => {
				step(pairing, {kind: 'woken'});
			});
		}

		for (const output of outputs) carryOut(pairing, output);
	};

	const sessionOf = (entry: PeerEntry): PeerSession => {
		const {session, name} = entry;
		if (session?.kind === 'raw')
			throw new SocktermError('onlyEncrypted', {name});
		if (!session) throw new SocktermError('notConnected', {name});
		return session;
	};

	const readCode = (text: string): string => {
		const code = readPairingCode(text);
		if (code === undefined) throw new SocktermError('badCode');
		return code;
	};

	const begin = (
		kind: 'show' | 'enter',
		entry: PeerEntry,
		text: string,
		petname: string | undefined,
	) => {
		const code = readCode(text);
		const pairing = pairingOf(entry, sessionOf(entry));
		pairing.petname = petname ?? pairing.petname;
		step(pairing, {kind, code});
	};

	const liveOf = ({session}: PeerEntry) =>
		session?.kind === 'peer' ? live.get(session) : undefined;

	return {
		show(entry, code, petname) {
			begin('show', entry, code, petname);
		},
		hide(entry) {
			const pairing = liveOf(entry);
			if (pairing) step(pairing, {kind: 'withdraw'});
		},
		call(entry, petname) {
			const pairing = liveOf(entry);
			if (pairing) pairing.petname = petname;
		},
		enter(entry, code, petname) {
			begin('enter', entry, code, petname);
		},
		receive(entry, session, message) {
			step(pairingOf(entry, session), {kind: 'received', message});
		},
		lost(session) {
			const pairing = live.get(session);
			live.delete(session);
			if (pairing) step(pairing, {kind: 'disconnected'});
		},
	};
}
