/** What a transfer is compared with over SSH: scp and rsync, through an sshd of our own. */
import {execFileSync, spawn} from 'node:child_process';
import {
	closeSync,
	existsSync,
	mkdtempSync,
	openSync,
	writeFileSync,
} from 'node:fs';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {waitFor} from '../test/helpers/wait-for.js';
import {freePort} from '../test/helpers/free-port.js';
import {findProgram} from './find-program.js';
import {timeToExit} from './measure.js';

export interface Ssh {
	/** Ms for one copy; of a folder with `-r` among the flags. */
	scp(from: string, to: string, flags?: readonly string[]): Promise<number>;
	/** Ms for one `rsync -a`; missing where there is no rsync. */
	readonly rsync?: (from: string, to: string) => Promise<number>;
	stop(): Promise<void>;
}

/**
 * An sshd on a loopback port with keys and a configuration that live below `folder`. Returns a
 * sentence instead where that cannot be: sshd is never installed from here. The variable SSHD
 * names another one.
 */
export async function startSsh(folder: string): Promise<Ssh | string> {
	const sshd = process.env['SSHD'] ?? findProgram('sshd');
	if (!sshd || !findProgram('scp')) {
		return 'scp and rsync are left out: install the package openssh-server, or name an sshd in the variable SSHD.';
	}
	const home = mkdtempSync(join(folder, 'ssh-'));
	const file = (name: string) => join(home, name);
	for (const name of ['host', 'user']) {
		const options = ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)];
		execFileSync('ssh-keygen', options);
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
		return `scp and rsync are left out: sshd did not start (${file('log')} says why).`;
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
	const remote = (path: string) => `${userInfo().username}@127.0.0.1:${path}`;
	const shell = ['ssh', '-F', 'none', ...options].join(' ');
	return {
		scp: async (from, to, flags = []) =>
			timeToExit('scp', [
				'-q',
				'-F',
				'none',
				...options,
				...flags,
				from,
				remote(to),
			]),
		...(findProgram('rsync')
			? {
					rsync: async (from: string, to: string) =>
						timeToExit('rsync', ['-a', '-e', shell, from, remote(to)]),
				}
			: {}),
		async stop() {
			server.kill();
			await ended;
		},
	};
}
