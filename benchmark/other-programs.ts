/** What a transfer is compared with: scp through an sshd of our own, and plain nc. */
import {execFileSync, spawn} from 'node:child_process';
import {
	chmodSync,
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {waitFor} from '../test/helpers/wait-for.js';
import {timeToExit} from './measure.js';

/** The program's full path, or undefined. */
export function findProgram(name: string): string | undefined {
	const folders = [
		...(process.env['PATH'] ?? '').split(':'),
		'/usr/sbin',
		'/usr/local/sbin',
	];
	return folders
		.map(folder => join(folder, name))
		.find(path => existsSync(path));
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	await new Promise(resolve => {
		server.close(resolve);
	});
	return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

export interface Scp {
	/** Ms for one copy. */
	copy(from: string, to: string, cipher?: string): Promise<number>;
	stop(): Promise<void>;
}

/**
 * An sshd on a loopback port with keys and a configuration that live in `folder`. Returns a
 * sentence instead where that cannot be: sshd is never installed from here. The variable SSHD
 * names another one.
 */
export async function startScp(folder: string): Promise<Scp | string> {
	const sshd = process.env['SSHD'] ?? findProgram('sshd');
	if (!sshd || !findProgram('scp')) {
		return 'scp is left out: install the package openssh-server, or name an sshd in the variable SSHD.';
	}
	mkdirSync(folder, {recursive: true});
	chmodSync(folder, 0o700);
	const file = (name: string) => join(folder, name);
	for (const name of ['host', 'user']) {
		execFileSync('ssh-keygen', [
			'-q',
			'-t',
			'ed25519',
			'-N',
			'',
			'-f',
			file(name),
		]);
	}
	const port = await freePort();
	writeFileSync(
		file('sshd_config'),
		[
			`Port ${port}`,
			'ListenAddress 127.0.0.1',
			`HostKey ${file('host')}`,
			`AuthorizedKeysFile ${file('user.pub')}`,
			'StrictModes no',
			'PasswordAuthentication no',
			'PermitRootLogin prohibit-password',
			`PidFile ${file('pid')}`,
			'Subsystem sftp internal-sftp',
		].join('\n'),
	);
	const log = openSync(file('log'), 'w');
	const server = spawn(sshd, ['-D', '-e', '-f', file('sshd_config')], {
		stdio: ['ignore', log, log],
	});
	closeSync(log);
	const ended = new Promise<void>(resolve => {
		server.on('exit', () => resolve());
		server.on('error', () => resolve());
	});
	try {
		await waitFor(
			() => existsSync(file('pid')) || server.exitCode !== null,
			'sshd',
		);
	} catch {
		server.kill();
	}
	if (!existsSync(file('pid'))) {
		return `scp is left out: sshd did not start (${file('log')} says why).`;
	}
	const options = [
		`Port=${port}`,
		`IdentityFile=${file('user')}`,
		'IdentitiesOnly=yes',
		'StrictHostKeyChecking=no',
		'UserKnownHostsFile=/dev/null',
		'LogLevel=ERROR',
		'BatchMode=yes',
	].flatMap(option => ['-o', option]);
	return {
		async copy(from, to, cipher) {
			const target = `${userInfo().username}@127.0.0.1:${to}`;
			const chosen = cipher ? ['-c', cipher] : [];
			return timeToExit('scp', [
				'-q',
				'-F',
				'none',
				...options,
				...chosen,
				from,
				target,
			]);
		},
		async stop() {
			server.kill();
			await ended;
		},
	};
}

/** Ms to move a file with nc to nc; nothing is encrypted or verified. */
export async function copyWithNc(from: string, to: string): Promise<number> {
	const port = await freePort();
	const output = openSync(to, 'w');
	const receiver = spawn('nc', ['-l', '127.0.0.1', String(port)], {
		stdio: ['ignore', output, 'inherit'],
	});
	closeSync(output);
	const received = new Promise<void>(resolve => {
		receiver.on('exit', () => resolve());
	});
	// nc says nothing when it listens: the table of open sockets does.
	const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
	await waitFor(
		() =>
			execFileSync('cat', ['/proc/net/tcp'], {encoding: 'utf8'}).includes(
				`:${hexPort} 00000000:0000 0A`,
			),
		'nc to listen',
	);
	const startedAt = performance.now();
	const input = openSync(from, 'r');
	const sender = spawn('nc', ['-N', '127.0.0.1', String(port)], {
		stdio: [input, 'ignore', 'inherit'],
	});
	closeSync(input);
	await new Promise<void>(resolve => {
		sender.on('exit', () => resolve());
	});
	await received;
	return performance.now() - startedAt;
}
