/** What a transfer is compared with that only moves bytes: plain nc, and ncat inside TLS. */
import {spawn, type ChildProcess} from 'node:child_process';
import {closeSync, openSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {freePort} from '../test/helpers/free-port.js';
import {findProgram, waitForListener} from './find-program.js';

/** Ms to move a file, from starting the sender until the receiver has ended. */
export type Copy = (from: string, to: string) => Promise<number>;

const ended = async (child: ChildProcess): Promise<void> =>
	new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', () => {
			resolve();
		});
	});

async function copyThrough(
	from: string,
	to: string,
	command: string,
	flags: {readonly listen: readonly string[]; readonly send: readonly string[]},
	variables: NodeJS.ProcessEnv = {},
): Promise<number> {
	const env = {...process.env, ...variables};
	const port = await freePort();
	const address = ['127.0.0.1', String(port)];
	const output = openSync(to, 'w');
	const receiver = spawn(command, ['-l', ...flags.listen, ...address], {
		stdio: ['ignore', output, 'ignore'],
		env,
	});
	closeSync(output);
	const received = ended(receiver);
	await waitForListener(port, command);
	const startedAt = performance.now();
	const input = openSync(from, 'r');
	const sender = spawn(command, [...flags.send, ...address], {
		stdio: [input, 'ignore', 'ignore'],
		env,
	});
	closeSync(input);
	await Promise.all([ended(sender), received]);
	const elapsedMs = performance.now() - startedAt;
	// Their exit codes do not say whether all of it arrived.
	if (statSync(to).size !== statSync(from).size) {
		throw new Error(`${command} has not moved all of it`);
	}

	return elapsedMs;
}

/** Nothing is encrypted or verified. Missing where it is not installed. */
export function findNc(): Copy | undefined {
	return findProgram('nc')
		? async (from, to) =>
				copyThrough(from, to, 'nc', {listen: [], send: ['-N']})
		: undefined;
}

/**
 * TLS with a key that ncat makes for itself; nothing is verified. Without session tickets: the
 * sender never reads them, so that the system resets the connection at its end and the
 * listener loses the last of the file.
 */
export function findNcatSsl(folder: string): Copy | undefined {
	if (!findProgram('ncat')) return undefined;
	const configuration = join(folder, 'openssl.cnf');
	writeFileSync(configuration, withoutTickets);
	return async (from, to) =>
		copyThrough(
			from,
			to,
			'ncat',
			{
				listen: ['--ssl', '--recv-only'],
				send: ['--ssl', '--send-only'],
			},
			{OPENSSL_CONF: configuration},
		);
}

const withoutTickets = `openssl_conf = init
[init]
ssl_conf = ssl
[ssl]
system_default = defaults
[defaults]
NumTickets = 0
`;
