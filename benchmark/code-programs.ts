/**
 * What a transfer is compared with that meets by a code: croc and
 * magic-wormhole, where they are on the PATH. Whatever they need besides (a relay,
 * a mailbox) runs on loopback; nothing leaves this machine.
 */
import {spawn, type ChildProcess} from 'node:child_process';
import {mkdirSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {freePort} from '../test/helpers/free-port.js';
import {findProgram, waitForListener} from './find-program.js';
import type {Copy} from './pipe-programs.js';

const quiet = ['ignore', 'ignore', 'ignore'] as const;

const started = (
	command: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv = {},
) => {
	const child = spawn(command, args, {
		stdio: [...quiet],
		env: {...process.env, ...env},
	});
	return {child, ended: succeeded(child, command)};
};

async function succeeded(child: ChildProcess, what: string): Promise<void> {
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', code => {
			if (code === 0) resolve();
			else reject(new Error(`${what} ended with ${code}`));
		});
	});
}

/** From starting the receiver: the sender is ready by then, and has read the file once for its hash. */
export function findCroc(folder: string): Copy | undefined {
	if (!findProgram('croc')) return undefined;
	let count = 0;
	return async (from, to) => {
		const port = await freePort();
		const code = `benchmark-${count++}`;
		const home = (side: string) => {
			const path = join(folder, 'croc', side);
			mkdirSync(path, {recursive: true});
			return {HOME: path, CROC_SECRET: code};
		};
		const common = ['--yes', '--local', '--ignore-stdin'];
		const sender = started(
			'croc',
			[
				...common,
				'--disable-clipboard',
				'send',
				'--port',
				String(port),
				'--code',
				code,
				from,
			],
			home('sender'),
		);
		sender.ended.catch(() => undefined);
		await waitForListener(port, 'croc');
		// It listens before it has joined its own relay.
		await new Promise(resolve => {
			setTimeout(resolve, 1000);
		});
		const startedAt = performance.now();
		const receiver = started(
			'croc',
			[
				...common,
				'--overwrite',
				'--ip',
				`127.0.0.1:${port}`,
				'--out',
				dirname(to),
			],
			home('receiver'),
		);
		await Promise.all([sender.ended, receiver.ended]);
		return performance.now() - startedAt;
	};
}

export interface Wormhole {
	readonly copy: Copy;
	stop(): void;
}

/** With a mailbox server of our own; the bytes go from one side to the other. Undefined where one of the two is missing. */
export async function startWormhole(
	folder: string,
): Promise<Wormhole | undefined> {
	if (!findProgram('wormhole') || !findProgram('twist')) return undefined;
	const port = await freePort();
	mkdirSync(folder, {recursive: true});
	const mailbox = spawn(
		'twist',
		['wormhole-mailbox', `--port=tcp:${port}:interface=127.0.0.1`],
		{stdio: [...quiet], cwd: folder},
	);
	try {
		await waitForListener(port, 'the mailbox');
	} catch {
		mailbox.kill();
		return undefined;
	}
	let count = 0;
	const common = [
		'--relay-url',
		`ws://127.0.0.1:${port}/v1`,
		// Nothing listens there: the two sides find each other without a relay.
		'--transit-helper',
		'tcp:127.0.0.1:1',
	];
	return {
		async copy(from, to) {
			const code = `${100 + count++}-bench-mark`;
			rmSync(to, {force: true});
			const startedAt = performance.now();
			const sender = started('wormhole', [
				...common,
				'send',
				'--hide-progress',
				'--code',
				code,
				from,
			]);
			const receiver = started('wormhole', [
				...common,
				'receive',
				'--hide-progress',
				'--accept-file',
				'-o',
				to,
				code,
			]);
			await Promise.all([sender.ended, receiver.ended]);
			return performance.now() - startedAt;
		},
		stop() {
			mailbox.kill();
		},
	};
}
