/** Wireshark's reader without a screen: what other programs make of a capture file. */
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

const run = promisify(execFile);

async function works(): Promise<boolean> {
	try {
		await run('tshark', ['--version']);
		return true;
	} catch {
		return false;
	}
}

async function install(): Promise<void> {
	const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
	await run('apt-get', ['install', '-y', '--no-install-recommends', 'tshark'], {
		env,
		maxBuffer: 64 * 1024 * 1024,
	});
}

/** Installs it where that is possible; why it is missing otherwise. */
export async function findTshark(): Promise<string | undefined> {
	if (await works()) return undefined;
	if (process.getuid?.() !== 0)
		return 'tshark is missing and only root installs';
	try {
		await install();
	} catch (error) {
		return `tshark is missing and cannot be installed: ${String(error)}`;
	}

	return (await works()) ? undefined : 'tshark does not start';
}

/** One object a packet, with these fields as text; a field that is not there is ''. Checksums are verified. */
export async function readCapture<Field extends string>(
	path: string,
	fields: readonly Field[],
): Promise<Array<Record<Field, string>>> {
	const checks = ['ip', 'tcp', 'udp'].flatMap(protocol => [
		'-o',
		`${protocol}.check_checksum:TRUE`,
	]);
	const {stdout} = await run(
		'tshark',
		[
			'-n',
			'-r',
			path,
			'-T',
			'fields',
			'-E',
			'separator=/t',
			'-E',
			'occurrence=a',
			'-E',
			'aggregator=|',
			...checks,
			...fields.flatMap(field => ['-e', field]),
		],
		{maxBuffer: 256 * 1024 * 1024},
	);
	return stdout
		.split('\n')
		.filter(line => line !== '')
		.map(line => {
			const values = line.split('\t');
			return Object.fromEntries(
				fields.map((field, index) => [field, values[index] ?? '']),
			) as Record<Field, string>;
		});
}
