/** Runs verbs on an engine that only says what the test has it say. */
import type {EventBody} from '../../source/engine/index.js';
import {createOutput} from '../../source/headless/output.js';
import {runVerb, type Verb} from '../../source/headless/verb.js';
import {
	aPeerId,
	createFakeEngine,
	peerKey,
	safe,
	transferId,
} from '../helpers/fake-engine.js';
import {Sink} from './run.js';

export const file = (name: string, sizeBytes = 1_000) => ({
	name: safe(name),
	sizeBytes,
});

/** An offer, in whose totals nobody is interested. */
export function offer(
	direction: 'in' | 'out',
	id: string,
	entries: Extract<EventBody, {type: 'transfer/offered'}>['entries'],
	peer = 'bob',
): EventBody {
	return {
		type: 'transfer/offered',
		transfer: transferId(id),
		peer: peerKey(peer),
		direction,
		entries,
		totalBytes: entries.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
		...(direction === 'in' ? {freeBytes: 1e9} : {}),
		trust: 'UNVERIFIED',
	};
}

export const accepted = (
	id: string,
	skip: readonly number[] = [],
): EventBody => ({type: 'transfer/accepted', transfer: transferId(id), skip});

export const startedAt = (id: string, movedBytes = 0): EventBody => ({
	type: 'transfer/started',
	transfer: transferId(id),
	movedBytes,
});

export const progressed = (id: string, movedBytes: number): EventBody => ({
	type: 'transfer/progressed',
	transfer: transferId(id),
	entry: 0,
	movedBytes,
});

export const finishedAs = (
	id: string,
	outcome: Extract<EventBody, {type: 'transfer/finished'}>['outcome'],
): EventBody => ({
	type: 'transfer/finished',
	transfer: transferId(id),
	outcome,
});

/** Somebody that we dialled as `dial:HOST`, and that answered. */
export function dialled(host: string, name: string): EventBody[] {
	const target = {kind: 'peer', host, port: 9090} as const;
	const dial = peerKey(`dial:${host}`);
	return [
		{
			type: 'peer/appeared',
			peer: dial,
			name: safe(`${host}:9090`),
			direction: 'out',
			target,
		},
		{
			type: 'peer/connected',
			peer: peerKey(name),
			kind: 'peer',
			name: safe(name),
			trust: 'UNVERIFIED',
			encrypted: true,
			direction: 'out',
			address: {host, port: 9090},
			peerId: aPeerId,
			target,
			replaces: dial,
		},
	];
}

export function runOnFake(
	verb: Verb,
	options: {readonly json?: boolean; readonly columns?: number} = {},
) {
	const fake = createFakeEngine();
	const stdout = new Sink();
	const stderr = new Sink();
	const interrupt = new AbortController();
	const code = runVerb(
		verb,
		{...fake, start: () => undefined, hold: () => undefined},
		createOutput(stdout, stderr, () => options.columns),
		{json: options.json ?? false, interrupted: interrupt.signal},
	);
	let isOver = false;
	void code.then(() => {
		isOver = true;
	});
	return {
		code,
		/** Whether it has ended, once everything had its turn that nobody has to wait for. */
		async isOver() {
			await new Promise(resolve => {
				setImmediate(resolve);
			});
			return isOver;
		},
		emit: fake.emit,
		dispatched: fake.dispatched,
		/** What was dispatched of the transfers. */
		asked: () =>
			fake.dispatched.filter(({type}) => type.startsWith('transfer/')),
		stdout: () => stdout.text,
		stderr: () => stderr.text,
		interrupt() {
			interrupt.abort();
		},
	};
}
