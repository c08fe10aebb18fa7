import {describe, expect, test} from 'vitest';
import {createReceiveVerb} from '../../source/headless/receive.js';
import {createSendVerb} from '../../source/headless/send.js';
import {limits} from '../../source/limits.js';
import {createWorld, type World} from '../helpers/engine-under-test.js';
import {run} from './run.js';

const commands = [{type: 'listener/open', kind: 'tcp', port: 0}] as const;

interface Options {
	readonly keep?: boolean;
	/** Asks; else accepts by itself. */
	readonly asks?: boolean;
	readonly json?: boolean;
	readonly columns?: number;
}

/** A `receive` that listens, and somebody who types answers to it. */
async function startReceiving(world: World, options: Options = {}) {
	const {keep = false, asks = false, ...runOptions} = options;
	const receiver = world.engine('receiver');
	let type: (line: string | undefined) => void = () => undefined;
	const verb = createReceiveVerb({
		commands,
		keep,
		...(asks
			? {
					answers(callback) {
						type = callback;
					},
				}
			: {}),
	});
	const running = run(verb, receiver, runOptions);
	const {host, port} = await receiver.until('listener/bound');
	let senders = 0;
	const start = (key: string, paths: readonly string[]) => {
		const sender = world.engine(`sender${++senders}`, {role: 'script', key});
		for (const path of paths) sender.files.put(path, new Uint8Array(1_000));
		const verb = createSendVerb({paths, to: [{host, port}]});
		return run(verb, sender);
	};

	return {
		...running,
		receiver,
		type: (line: string | undefined) => {
			type(line);
		},
		send: (...paths: string[]) => start(`key${senders + 1}`, paths),
		/** The same person as before, in another program. */
		sendAgain: (...paths: string[]) => start(`key${senders}`, paths),
	};
}

const offers = async (
	{receiver}: Awaited<ReturnType<typeof startReceiving>>,
	count: number,
) => receiver.untilTrue(() => receiver.of('transfer/offered').length === count);

describe('receive --yes', () => {
	test('takes one offer, says what it saved where, and exits 0', async () => {
		const receiving = await startReceiving(createWorld());
		const sending = receiving.send('a.txt', 'b.txt');
		expect(await receiving.code).toBe(0);
		expect(await sending.code).toBe(0);
		const digest = receiving.receiver.of('transfer/entrySaved')[0]!.digest;
		const lines = receiving.stdout().split('\n').slice(0, -1);
		expect(lines).toHaveLength(2);
		expect(lines[0]).toContain('a.txt in /receiver');
		expect(lines[0]).toContain(digest);
		expect([...receiving.receiver.folder.saved.keys()]).toEqual([
			'a.txt',
			'b.txt',
		]);
		expect(receiving.stderr()).toContain('Listening');
	});

	test('as NDJSON, and nothing else', async () => {
		const receiving = await startReceiving(createWorld(), {json: true});
		receiving.send('a.txt');
		expect(await receiving.code).toBe(0);
		expect(receiving.types()).toContain('transfer/entrySaved');
		expect(receiving.types().at(-1)).toBe('peer/left');
		expect(receiving.stderr()).toBe('');
	});

	test('declines a name that programs obey, and exits 3', async () => {
		const receiving = await startReceiving(createWorld());
		const sending = receiving.send('.bashrc');
		expect(await receiving.code).toBe(3);
		expect(await sending.code).toBe(3);
		expect(receiving.stderr()).toContain('.bashrc');
		expect(receiving.receiver.folder.partsCreated()).toBe(0);
	});

	test('exits 1 where a file fails, and where a name is left out', async () => {
		const world = createWorld();
		const full = await startReceiving(world);
		full.receiver.folder.failWrites('a.txt', 'diskFull');
		full.send('a.txt');
		expect(await full.code).toBe(1);
		expect(full.stderr()).toContain('failed');

		const other = await startReceiving(world);
		other.send('/x/..', '/x/b');
		expect(await other.code).toBe(1);
		expect(other.stderr()).toContain('Not everything');
		expect([...other.receiver.folder.saved.keys()]).toEqual(['b']);
	});

	/** One that has begun, cut in the middle. */
	async function startCut() {
		const world = createWorld();
		const receiving = await startReceiving(world);
		const {receiver} = receiving;
		receiver.folder.holdDisk(true);
		const sending = receiving.send('a.txt');
		await receiver.until('transfer/accepted');
		await world.settle();
		world.hub.cut();
		await receiver.until('transfer/interrupted');
		receiver.folder.holdDisk(false);
		return {world, receiving, sending};
	}

	test('a connection that is cut on the way: it goes on, and both exit 0', async () => {
		const {world, receiving, sending} = await startCut();
		await world.pass(10_000, 1_000);
		expect(await receiving.code).toBe(0);
		expect(await sending.code).toBe(0);
		expect(receiving.stderr()).toContain('goes on by itself');
		expect([...receiving.receiver.folder.saved.keys()]).toEqual(['a.txt']);
	});

	test('exits 1 where the sender does not come back', async () => {
		const {world, receiving, sending} = await startCut();
		sending.interrupt();
		expect(await sending.code).toBe(130);
		await world.pass(limits.comeBackMs);
		expect(await receiving.code).toBe(1);
		expect(receiving.stderr()).toContain('did not come back');
	});

	test('a sender that was started anew is taken instead', async () => {
		const {receiving, sending} = await startCut();
		sending.interrupt();
		const again = receiving.sendAgain('a.txt');
		expect(await receiving.code).toBe(0);
		expect(await again.code).toBe(0);
		expect([...receiving.receiver.folder.saved.keys()]).toEqual(['a.txt']);
	});

	test('exits 1 where the sender cancels on the way, and leaves nothing', async () => {
		const receiving = await startReceiving(createWorld());
		const {folder} = receiving.receiver;
		folder.holdDisk(true);
		const sending = receiving.send('a.txt');
		await receiving.receiver.until('transfer/accepted');
		sending.interrupt();
		expect(await receiving.code).toBe(1);
		expect(receiving.stderr()).toContain('sender1 cancelled');
		expect(folder.saved.size).toBe(0);
		folder.holdDisk(false);
	});

	test('a second offer meanwhile is declined', async () => {
		const receiving = await startReceiving(createWorld());
		const {folder} = receiving.receiver;
		folder.holdDisk(true);
		const first = receiving.send('a.txt');
		await receiving.receiver.until('transfer/accepted');
		expect(await receiving.send('b.txt').code).toBe(3);
		folder.holdDisk(false);
		expect(await receiving.code).toBe(0);
		expect(await first.code).toBe(0);
		expect([...folder.saved.keys()]).toEqual(['a.txt']);
	});

	test('--keep goes on, whatever becomes of one, until it is interrupted', async () => {
		const receiving = await startReceiving(createWorld(), {keep: true});
		expect(await receiving.send('.bashrc').code).toBe(3);
		expect(await receiving.send('a.txt').code).toBe(0);
		expect(await receiving.send('a.txt').code).toBe(0);
		receiving.interrupt();
		expect(await receiving.code).toBe(130);
		// The second one is the same.
		expect([...receiving.receiver.folder.saved.keys()]).toEqual(['a.txt']);
		expect(receiving.stdout()).toContain('a.txt is there already');
	});

	test('exits 1 where it cannot listen', async () => {
		const world = createWorld();
		const first = world.engine('first');
		first.dispatch({type: 'listener/open', kind: 'tcp', port: 9090});
		await first.until('listener/bound');
		const second = world.engine('second', {host: first.host});
		const verb = createReceiveVerb({
			keep: false,
			commands: [{type: 'listener/open', kind: 'tcp', port: 9090}],
		});
		const {code, stderr} = run(verb, second);
		expect(await code).toBe(1);
		expect(stderr()).toContain('9090');
	});
});

describe('receive that asks', () => {
	test('shows names, sizes, room and who it is; y accepts', async () => {
		const receiving = await startReceiving(createWorld(), {asks: true});
		const sending = receiving.send('.bashrc', 'a.txt', '/x/..');
		await offers(receiving, 1);
		const question = receiving.stderr();
		const parts = [
			'a.txt',
			'.bashrc',
			'2 files, 2 kB in all; 1 GB free',
			'/receiver',
			'sender1',
			'UNVERIFIED',
			'Accept? [y/N, or numbers such as 1-3,5] ',
		];
		// The name to beware of stands nearest to the question.
		const positions = parts.map(part => question.lastIndexOf(part));
		expect(positions).not.toContain(-1);
		expect(positions).toEqual([...positions].sort((a, b) => a - b));
		expect(receiving.receiver.folder.partsCreated()).toBe(0);
		receiving.type(' Y ');
		// One name cannot be written: both sides say so.
		expect(await receiving.code).toBe(1);
		expect(await sending.code).toBe(3);
		expect(receiving.receiver.folder.saved.size).toBe(2);
	});

	test.each(['n', '', 'yy', 'yes please', 'no', undefined])(
		'%j declines: 3 on both sides',
		async line => {
			const receiving = await startReceiving(createWorld(), {asks: true});
			const sending = receiving.send('a.txt');
			await offers(receiving, 1);
			receiving.type(line);
			expect(await receiving.code).toBe(3);
			expect(await sending.code).toBe(3);
			expect(receiving.receiver.folder.partsCreated()).toBe(0);
		},
	);

	test('what is typed before the question answers nothing', async () => {
		const receiving = await startReceiving(createWorld(), {asks: true});
		receiving.type('y');
		const sending = receiving.send('a.txt');
		await offers(receiving, 1);
		expect(receiving.receiver.of('transfer/accepted')).toEqual([]);
		receiving.type('yes');
		expect(await receiving.code).toBe(0);
		expect(await sending.code).toBe(0);
	});

	test('an offer that is taken back: 1, and the question is closed', async () => {
		const receiving = await startReceiving(createWorld(), {asks: true});
		const sending = receiving.send('a.txt');
		await offers(receiving, 1);
		sending.interrupt();
		expect(await receiving.code).toBe(1);
		expect(receiving.stderr()).toMatch(/\[y\/N\] \n.*sender1.*\n$/);
	});

	test('an offer without one name that can be written is declined unasked', async () => {
		const receiving = await startReceiving(createWorld(), {asks: true});
		receiving.send('/x/..');
		expect(await receiving.code).toBe(3);
		expect(receiving.stderr()).not.toContain('Accept?');
	});

	test('--keep asks one after the other', async () => {
		const receiving = await startReceiving(createWorld(), {
			asks: true,
			keep: true,
		});
		const first = receiving.send('a.txt');
		await offers(receiving, 1);
		const second = receiving.send('b.txt');
		const third = receiving.send('c.txt');
		await offers(receiving, 3);
		const questions = () => receiving.stderr().split('Accept?').length - 1;
		const withdrawn = receiving.receiver.next('transfer/finished');
		second.interrupt();
		await withdrawn;
		receiving.type('n');
		expect(await first.code).toBe(3);
		expect(receiving.stderr()).not.toContain('b.txt');
		receiving.type('y');
		expect(await third.code).toBe(0);
		expect(questions()).toBeGreaterThanOrEqual(2);
		receiving.interrupt();
		expect(await receiving.code).toBe(130);
	});

	test('no name can pretend to be the question', async () => {
		const receiving = await startReceiving(createWorld(), {
			asks: true,
			columns: 40,
		});
		receiving.send(`${'x'.repeat(29)} Accept? [y/N] nothing at all here`);
		await offers(receiving, 1);
		const rows = receiving.stderr().split('\n');
		expect(rows.filter(row => row.startsWith('Accept?'))).toHaveLength(1);
		expect(Math.max(...rows.map(row => row.length))).toBeLessThanOrEqual(60);
		receiving.interrupt();
		expect(await receiving.code).toBe(130);
		expect(receiving.stderr()).toMatch(/\[y\/N\] \nInterrupted\.\n$/);
	});
});

describe('the bar', () => {
	test('is drawn on a terminal by both sides, and gone at the end', async () => {
		const world = createWorld();
		const receiver = await startReceiving(world, {columns: 60});
		receiver.receiver.folder.holdDisk(true);
		const sending = receiver.send('a.txt');
		await receiver.receiver.until('transfer/accepted');
		expect(receiver.stderr()).toMatch(/\ra\.txt .*0%.*$/);
		receiver.receiver.folder.holdDisk(false);
		expect(await receiver.code).toBe(0);
		expect(receiver.stderr()).toMatch(/\r {59}\r$/);
		await sending.code;
		expect(sending.stderr()).not.toContain('\r');
	});

	test('is not drawn with --json or without a terminal', async () => {
		const receiving = await startReceiving(createWorld());
		receiving.send('a.txt');
		await receiving.code;
		expect(receiving.stderr()).not.toContain('\r');
	});
});
