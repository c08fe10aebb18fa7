/**
 * One file that a classic sender has announced, as a transfer: shown, taken or
 * declined, written, named. Decides when the answer is sent; leaves what the
 * bytes mean to the machine. Invariants: nothing is on the disk before it is
 * accepted; a file that did not come whole leaves nothing; unless it is saved the
 * sender sees its connection break.
 */
import {errorInfo, toErrorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {classicAnswer} from '../../protocol/classic-file-assistant.js';
import {openClassicIntake, type ClassicIntake} from './classic-intake.js';
import {createClassicRecord, failClassic} from './classic-jobs.js';
import {planClassic} from './classic-plan.js';
import type {EngineContext} from '../context.js';
import type {PeerKey, SafeText} from '../ids.js';
import type {Connection} from '../ports.js';
import type {TransferLimits} from '../transfers/transfer-limits.js';
import type {TransferRecord} from '../transfers/transfer-record.js';

export interface ClassicAnnouncement {
	/** As the sender spelt it. */
	readonly suggested: string;
	readonly sizeBytes: number;
}

export interface ClassicArrivalOptions {
	readonly peer: PeerKey;
	readonly peerName: SafeText;
	readonly connection: Connection;
	/** The answer is sent: bytes may be given on. */
	readonly taken: () => void;
}

export interface ClassicArrival {
	/** Undefined while nothing is shown yet. */
	record(): TransferRecord | undefined;
	/** As people see it. */
	name(): SafeText | undefined;
	take(bytes: Uint8Array): void;
	/** All of it came. */
	complete(): void;
	/** The sender has gone before that. */
	incomplete(): void;
	/** Somebody here has had enough of it. */
	stop(): void;
	/** Resolves when it is decided about and the disk at rest; it must have ended. */
	quiet(): Promise<void>;
}

export function createClassicArrival(
	context: EngineContext,
	rates: TransferLimits,
	{suggested, sizeBytes}: ClassicAnnouncement,
	{peer, peerName, connection, taken}: ClassicArrivalOptions,
): ClassicArrival {
	const {clock} = context.ports;
	const {receiveFolder: folder} = context.choices;
	let record: TransferRecord | undefined;
	let intake: ClassicIntake | undefined;
	let name: SafeText | undefined;
	let isStopped = false;
	let isSaved = false;
	let cancelStall: (() => void) | undefined;

	const fail = (error: ErrorInfo) => {
		if (record) failClassic(context, record, error);
	};

	const endConnection = () => {
		cancelStall?.();
		if (isSaved) connection.end();
		else connection.reset();
	};

	const watchStall = (lastBytes: number) => {
		cancelStall = clock.after(limits.classicStallMs, () => {
			const moved = intake?.movedBytes() ?? 0;
			const isWaiting = intake?.isReading() === true && moved === lastBytes;
			const seconds = limits.classicStallMs / 1_000;
			if (isWaiting) fail(errorInfo('peerSilent', {name: peerName, seconds}));
			else watchStall(moved);
		});
	};

	const show = () => {
		const identity = {peer, direction: 'in'} as const;
		const shown = createClassicRecord(context, identity, sizeBytes, {
			changed: () => intake?.regulate(),
			finished() {
				rates.forget(shown.id);
				endConnection();
			},
		});
		record = shown;
		return shown;
	};

	const receive = async () => {
		const at = clock.now();
		const plan = await planClassic(folder, suggested, sizeBytes, at);
		if (isStopped) return;
		const {entry, freeBytes, verdict} = plan;
		name = entry.name;
		const transfer = show();
		context.emit({
			type: 'transfer/offered',
			transfer: transfer.id,
			peer,
			direction: 'in',
			entries: [entry],
			totalBytes: sizeBytes,
			...(freeBytes === undefined ? {} : {freeBytes}),
			trust: 'PLAIN',
		});
		if (!verdict.ok) {
			fail(verdict.error);
			return;
		}

		const isElsewhere = folder !== context.choices.receiveFolder;
		transfer.accept([0], [], isElsewhere ? folder.path : undefined);
		const opened = await openClassicIntake({
			connection,
			clock,
			folder,
			peerId: transfer.peerId,
			planned: verdict.planned,
			limiter: rates.of(transfer.id, 'in'),
			isPaused: transfer.isPaused,
			failed: fail,
			blocked(error) {
				transfer.setPaused('ownDisk', error !== undefined, error);
			},
		});
		if (transfer.isFinished()) {
			await opened.stop();
			return;
		}

		intake = opened;
		transfer.move(opened, endConnection);
		connection.write(classicAnswer);
		connection.resume();
		opened.regulate();
		transfer.start();
		watchStall(0);
		taken();
	};

	const publish = async () => {
		cancelStall?.();
		try {
			const saved = await intake!.publish();
			isSaved = true;
			record?.saved(0, saved.name, saved.digest, false);
		} catch (error) {
			fail(toErrorInfo(error));
		}
	};

	connection.pause();
	const receiving = receive().catch((error: unknown) => {
		fail(toErrorInfo(error));
	});
	return {
		record: () => record,
		name: () => name,
		take(bytes) {
			intake?.take(bytes);
		},
		complete() {
			void publish();
		},
		incomplete() {
			const {host} = connection.remote;
			const movedBytes = intake?.movedBytes() ?? 0;
			const facts = {host, movedBytes, sizeBytes, name: name ?? ''};
			fail(errorInfo('classicIncomplete', facts));
		},
		stop() {
			isStopped = true;
			if (!record) connection.reset();
			else if (record.isFinished()) connection.destroy();
			else record.finish({kind: 'cancelled', by: 'us'});
		},
		async quiet() {
			await receiving;
			await record?.quiet();
		},
	};
}
