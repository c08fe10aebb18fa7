/**
 * Receives one file from a classic sender on each connection of a listener that
 * was opened for it: that is the permission, nobody is asked again. Decides who
 * is let in and tells what went wrong before there was a file; the file itself is
 * `classic-arrival.ts`. Invariant: one file a connection.
 */
import {errorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {classicPrompt} from '../../protocol/classic-file-assistant.js';
import {
	createClassicReceiver,
	type ClassicReceiverStep,
	type ClassicRefusal,
} from '../../protocol/classic-receiving.js';
import {formatAddress} from '../../util/address.js';
import {toHex} from '../../util/bytes.js';
import {
	createClassicArrival,
	type ClassicAnnouncement,
	type ClassicArrival,
} from './classic-arrival.js';
import type {ClassicJobs} from './classic-jobs.js';
import {createClassicLine} from './classic-line.js';
import type {EngineContext} from '../context.js';
import type {PeerKey, SafeText} from '../ids.js';
import type {Connection} from '../ports.js';
import type {AcceptedBy, Purposes} from '../sessions/purposes.js';
import type {CountRefusal} from '../sessions/refusals.js';
import {toSafeText} from '../sanitize.js';
import type {TransferLimits} from '../transfers/transfer-limits.js';

/** Takes connections that were not started, and owns them. */
export function createClassicReceiving(
	context: EngineContext,
	jobs: ClassicJobs,
	rates: TransferLimits,
	refuse: CountRefusal,
): NonNullable<Purposes['classic']> {
	return (connection, listener) => {
		const limit = limits.classicAtOnce;
		if (jobs.isClosed()) {
			connection.destroy();
		} else if (jobs.receiving() >= limit) {
			connection.destroy();
			refuse(errorInfo('classicBusy', {...connection.remote, limit}));
		} else {
			receiveOne(context, jobs, rates, connection, listener);
		}
	};
}

function receiveOne(
	context: EngineContext,
	jobs: ClassicJobs,
	rates: TransferLimits,
	connection: Connection,
	listener: AcceptedBy,
): void {
	const {clock} = context.ports;
	const {remote, local} = connection;
	const peer = context.nextId('raw') as PeerKey;
	const name = toSafeText(formatAddress(remote));
	const machine = createClassicReceiver(clock.now());
	const {promise: gone, resolve: setGone} = Promise.withResolvers<void>();
	let announced: ClassicAnnouncement | undefined;
	let arrival: ClassicArrival | undefined;
	let isStopped = false;

	const tellProblem = (error: ErrorInfo) => {
		context.emit({type: 'stream/problem', peer, error});
	};

	const take = (step: ClassicReceiverStep) => {
		switch (step.kind) {
			case 'announced': {
				announced = {suggested: step.name, sizeBytes: step.sizeBytes};
				arrival = createClassicArrival(context, rates, announced, {
					peer,
					peerName: name,
					connection,
					taken() {
						line.apply(machine.take());
					},
				});
				break;
			}

			case 'data': {
				arrival?.take(step.bytes);
				break;
			}

			case 'complete': {
				arrival?.complete();
				break;
			}

			case 'incomplete': {
				arrival?.incomplete();
				break;
			}

			case 'refused': {
				tellProblem(refusalOf(name, step.why));
				connection.reset();
				break;
			}
		}
	};

	const line = createClassicLine(machine, clock, take);

	const tellBeyond = () => {
		const beyondBytes = machine.beyondBytes();
		const file = arrival?.name();
		if (beyondBytes === 0 || file === undefined) return;
		const sizeBytes = announced?.sizeBytes ?? 0;
		const facts = {name, file, beyondBytes, sizeBytes};
		tellProblem(errorInfo('classicBeyond', facts));
	};

	jobs.add({
		peer,
		direction: 'in',
		remote,
		record: () => arrival?.record(),
		stop() {
			isStopped = true;
			if (arrival) arrival.stop();
			else connection.reset();
		},
		gone,
	});
	context.emit({
		type: 'peer/connected',
		peer,
		kind: 'raw',
		name,
		trust: 'PLAIN',
		encrypted: listener.options.kind === 'tls',
		direction: 'in',
		address: remote,
		local,
		listener: listener.id,
	});
	connection.start({
		data(bytes) {
			line.receive(bytes);
			const isTooMuch = machine.beyondBytes() > limits.classicBeyondBytes;
			if (isTooMuch) connection.destroy();
		},
		ended: line.end,
		drained: () => undefined,
		closed() {
			// An announced file may still be decided about: then it is told what has become of it.
			if (isStopped) line.stop();
			else line.end();
			tellBeyond();
			context.emit({type: 'peer/left', peer});
			void (arrival?.quiet() ?? Promise.resolve()).then(setGone);
		},
	});
	connection.write(classicPrompt);
}

/** The beginning of a name is enough to see in what it was written. */
const hexBytesShown = 24;

function refusalOf(name: SafeText, why: ClassicRefusal): ErrorInfo {
	switch (why.code) {
		case 'classicHeaderMissing': {
			return errorInfo(why.code, {name});
		}

		case 'classicNameUndecodable': {
			const hex = toHex(why.name.subarray(0, hexBytesShown), ' ');
			return errorInfo(why.code, {name, hex});
		}

		case 'classicSizeWrong': {
			return errorInfo(why.code, {name, size: String(why.size)});
		}
	}
}
