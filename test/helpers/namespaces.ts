/**
 * Two hosts with two cables between them, as network namespaces: what needs
 * several interfaces, or links that go down. Linux and root only. Whoever makes
 * them removes them; their programs must have ended before.
 */
import {execFileSync} from 'node:child_process';
import {platform} from 'node:os';
import {fileURLToPath} from 'node:url';
import {startChild, type ChildProgram} from './child-program.js';
import {peersFolder} from './programs.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const ip = (...args: readonly string[]): void => {
	execFileSync('ip', args, {stdio: ['ignore', 'ignore', 'pipe']});
};

/** Why there can be none here; undefined where there can. */
export function namespacesMissing(): string | undefined {
	if (platform() !== 'linux') return 'network namespaces are Linux only';
	if (process.getuid?.() !== 0) return 'network namespaces need root';
	const name = `sockterm-try-${process.pid}`;
	try {
		ip('netns', 'add', name);
		ip('netns', 'del', name);
		return undefined;
	} catch {
		return 'network namespaces cannot be made here (ip netns add failed)';
	}
}

export interface TwoHosts {
	/** Both interfaces of a host, with their addresses. */
	readonly here: readonly [Port, Port];
	readonly there: readonly [Port, Port];
	/** `ip …` on the first host. */
	ip(...args: readonly string[]): void;
	/** The first cable, anew: other devices of the same names and addresses. */
	plugIn(): void;
	/** An engine on the first host. */
	startEngine(home: string): ChildProgram;
	/** A Python peer on the second host. */
	startPeer(script: string, args: ReadonlyArray<string | number>): ChildProgram;
	remove(): void;
}

export interface Port {
	readonly name: string;
	readonly ipv4: string;
	readonly ipv6: string;
}

let count = 0;

export function createTwoHosts(): TwoHosts {
	const prefix = `st${process.pid % 100_000}x${count++}`;
	const hosts = [`${prefix}-a`, `${prefix}-b`] as const;
	const [hostA, hostB] = hosts;
	const port = (host: 'a' | 'b', cable: number): Port => ({
		name: `${host}${cable}`,
		ipv4: `10.91.${cable}.${host === 'a' ? 1 : 2}`,
		ipv6: `fd91:${cable + 1}::${host === 'a' ? 1 : 2}`,
	});
	const here = [port('a', 0), port('a', 1)] as const;
	const there = [port('b', 0), port('b', 1)] as const;

	const configure = (host: string, {name, ipv4, ipv6}: Port) => {
		const inHost = ['-n', host] as const;
		ip(...inHost, 'addr', 'add', `${ipv4}/24`, 'brd', '+', 'dev', name);
		ip(...inHost, 'addr', 'add', `${ipv6}/64`, 'dev', name, 'nodad');
		ip(...inHost, 'link', 'set', name, 'up');
	};

	const plug = (cable: 0 | 1) => {
		const [near, far] = [here[cable], there[cable]];
		const pair = `${near.name} type veth peer name ${far.name}`;
		ip('-n', hostA, ...`link add ${pair} netns ${hostB}`.split(' '));
		configure(hostA, near);
		configure(hostB, far);
	};

	const remove = () => {
		for (const host of hosts) {
			try {
				ip('netns', 'del', host);
			} catch {
				// It was never made.
			}
		}
	};

	const inHost = (host: string, command: string, args: readonly string[]) =>
		startChild('ip', ['netns', 'exec', host, command, ...args], {cwd: root});

	try {
		for (const host of hosts) {
			ip('netns', 'add', host);
			ip('-n', host, 'link', 'set', 'lo', 'up');
			// Addresses are usable at once, those of the link too.
			for (const scope of ['all', 'default']) {
				const setting = `net.ipv6.conf.${scope}.accept_dad=0`;
				ip('netns', 'exec', host, 'sysctl', '-qw', setting);
			}
		}

		plug(0);
		plug(1);
	} catch (error) {
		remove();
		throw error;
	}

	return {
		here,
		there,
		ip(...args) {
			ip('-n', hostA, ...args);
		},
		plugIn() {
			plug(0);
		},
		startEngine: home =>
			inHost(hostA, process.execPath, [
				'--import',
				'./scripts/typescript-imports.mjs',
				'test/helpers/engine-program.ts',
				home,
			]),
		startPeer: (script, args) =>
			inHost(hostB, 'python3', [
				'-B',
				`${peersFolder}/${script}`,
				...args.map(String),
			]),
		remove,
	};
}
