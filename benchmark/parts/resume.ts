/** What is sent again after `kill -9` of one side at nine tenths of a big file. */
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import type {ChildProgram} from '../../test/helpers/child-program.js';
import {freePort} from '../../test/helpers/free-port.js';
import {startVerb} from '../../test/helpers/programs.js';
import {homeFlags, parseFact} from '../../test/helpers/sockterm-side.js';
import {bigFile, MiB, type Ground} from '../ground.js';
import {printTable} from '../measure.js';
import {startLink} from '../throttle-proxy.js';

const part = 0.9;

interface Again {
	/** Through the link, after the kill. */
	readonly againBytes: number;
	readonly heldBytes: number;
	readonly elapsedMs: number;
}

async function breakOff(
	{folder, bigBytes}: Ground,
	file: string,
	victim: 'sender' | 'receiver',
): Promise<Again> {
	const home = join(folder, `resume-${victim}`);
	const port = await freePort();
	const link = await startLink({target: port});
	const startReceiver = async (): Promise<ChildProgram> => {
		const receiver = startVerb(folder, [
			'listen',
			'--json',
			'--accept',
			'all',
			'--host',
			'127.0.0.1',
			'--tcp',
			String(port),
			'--no-udp',
			...homeFlags(join(home, 'receiver')),
		]);
		await receiver.waitForLine('listener/bound');
		return receiver;
	};
	const startSender = (): ChildProgram =>
		startVerb(folder, [
			'send',
			file,
			'--json',
			'--to',
			`127.0.0.1:${link.port}`,
			...homeFlags(join(home, 'sender')),
		]);

	let receiver = await startReceiver();
	let sender = startSender();
	try {
		await sender.waitForLine(
			line => {
				const fact = parseFact(line);
				const moved = Number(fact?.['movedBytes']);
				return fact?.type === 'transfer/progressed' && moved >= part * bigBytes;
			},
			120_000,
			'nine tenths',
		);
		const startedAt = performance.now();
		const earlier = [...sender.lines];
		if (victim === 'sender') await sender.stop();
		else await receiver.stop();
		const before = link.carriedBytes().up;
		if (victim === 'sender') sender = startSender();
		else receiver = await startReceiver();
		const {code} = await sender.exit;
		if (code !== 0) throw new Error(`send ended with ${code}`);
		const elapsedMs = performance.now() - startedAt;
		const facts = sender.lines
			.slice(victim === 'sender' ? 0 : earlier.length)
			.map(line => parseFact(line));
		const heldBytes = facts
			.filter(fact => fact?.type === 'transfer/resumed')
			.reduce((sum, fact) => sum + Number(fact?.['heldBytes']), 0);
		const againBytes = link.carriedBytes().up - before;
		return {againBytes, heldBytes, elapsedMs};
	} finally {
		await sender.stop();
		await receiver.stop();
		await link.stop();
		rmSync(home, {recursive: true, force: true});
	}
}

export async function resume(ground: Ground): Promise<void> {
	const {runs, bigBytes} = ground;
	const file = bigFile(ground, 'resumed.bin', bigBytes);
	const victims = ['sender', 'receiver'] as const;
	const again: Record<(typeof victims)[number], Again[]> = {
		sender: [],
		receiver: [],
	};
	try {
		for (let run = 0; run < runs; run++) {
			for (const victim of victims) {
				again[victim].push(await breakOff(ground, file, victim));
			}
		}
	} finally {
		rmSync(file, {force: true});
	}

	const most = Math.round((bigBytes * (1 - part)) / MiB) + 64;
	printTable(
		`kill -9 at nine tenths of ${bigBytes / MiB} MiB`,
		victims.flatMap(victim => [
			{
				what: `of the ${victim}: bytes that went over the wire again`,
				values: again[victim].map(({againBytes}) => againBytes / MiB),
				unit: 'MiB',
				goal: `≤ ${most} MiB`,
			},
			{
				what: `of the ${victim}: held`,
				values: again[victim].map(({heldBytes}) => heldBytes / MiB),
				unit: 'MiB',
			},
			{
				what: `of the ${victim}: from the kill to the end`,
				values: again[victim].map(({elapsedMs}) => elapsedMs / 1000),
				unit: 's',
			},
		]),
	);
}
