/** What every comparison needs: where a program is, and when something listens on it. */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {waitFor} from '../test/helpers/wait-for.js';

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

/** Waits for a listener that says nothing itself: the table of open sockets does. */
export async function waitForListener(
	port: number,
	what: string,
): Promise<void> {
	const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
	const listening = new RegExp(`:${hexPort} 0+:0000 0A`);
	await waitFor(
		() =>
			['/proc/net/tcp', '/proc/net/tcp6'].some(
				path => existsSync(path) && listening.test(readFileSync(path, 'utf8')),
			),
		`${what} to listen`,
	);
}
