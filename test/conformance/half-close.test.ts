/** Our end without theirs, and ends that are no ends, the same on every transport. */
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Connection} from '../../source/engine/ports.js';
import {ConnectionRecorder} from '../helpers/connection-recorder.js';
import {transports} from './transports.js';

const MiB = 1024 * 1024;

describe.each(transports)('a connection over $name', transport => {
	let connect: () => Promise<{near: Connection; far: Connection}>;
	let close: () => Promise<void>;
	beforeEach(async () => {
		({connect, close} = await transport.open());
	});
	afterEach(async () => {
		await close();
	});

	async function recorded() {
		const {near, far} = await connect();
		return {
			near: new ConnectionRecorder(near),
			far: new ConnectionRecorder(far),
		};
	}

	test('endSending: all that was queued arrives, then the end; reading goes on', async () => {
		const {near, far} = await recorded();
		near.connection.write(new Uint8Array(2 * MiB));
		near.connection.endSending();
		near.connection.write(new Uint8Array(5));
		await far.saw('ended');
		expect(far.receivedBytes).toBe(2 * MiB);
		expect(near.has('closed')).toBe(false);
		far.connection.write(Buffer.from('answer'));
		await near.until(({receivedBytes}) => receivedBytes === 6);
		far.connection.write(Buffer.from('!'));
		far.connection.end();
		await Promise.all([near.saw('closed'), far.saw('closed')]);
		expect(near.text()).toBe('answer!');
		expect([...near.closes, ...far.closes]).toEqual([undefined, undefined]);
	});

	test('endSending on both sides ends it, each in its own time', async () => {
		const {near, far} = await recorded();
		near.connection.endSending();
		await far.saw('ended');
		far.connection.endSending();
		await Promise.all([near.saw('closed'), far.saw('closed')]);
		expect(near.events).toEqual(['ended', 'closed']);
		expect([...near.closes, ...far.closes]).toEqual([undefined, undefined]);
	});

	test('endSending twice, after the end and after destroy does no harm', async () => {
		const {near, far} = await recorded();
		near.connection.endSending();
		near.connection.endSending();
		near.connection.end();
		far.connection.end();
		await near.saw('closed');
		near.connection.endSending();
		near.connection.destroy();
		expect(near.closes).toEqual([undefined]);
	});

	test('reset: the other side sees that it broke off', async () => {
		const {near, far} = await recorded();
		far.connection.write(Buffer.from('x'));
		await near.saw('data');
		near.connection.reset();
		await Promise.all([near.saw('closed'), far.saw('closed')]);
		expect(near.closes).toEqual([undefined]);
		expect(far.closes.map(error => error?.code)).toEqual(['connectionReset']);
		near.connection.reset();
		expect(near.closes).toHaveLength(1);
	});
});
