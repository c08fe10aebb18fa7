/** One big file without a screen, against everything that moves files. */
import {mkdirSync, rmSync} from 'node:fs';
import {basename, join} from 'node:path';
import {findCroc, startWormhole} from '../code-programs.js';
import {bigFile, MiB, type Ground} from '../ground.js';
import {findNc, findNcatSsl, type Copy} from '../pipe-programs.js';
import {textFlag} from '../measure.js';
import {printRace, race, type Contestant} from '../race.js';
import {copyWithSockterm} from '../sockterm-copy.js';
import {startSsh} from '../ssh-programs.js';

/** `--against ncat,scp`: only those whose names hold one of these. */
const isWanted = (what: string) => {
	const against = textFlag('against');
	return !against || against.split(',').some(part => what.includes(part));
};

export async function big(ground: Ground): Promise<void> {
	const {folder, runs, bigBytes} = ground;
	const file = bigFile(ground, 'big.bin', bigBytes);
	const ssh = await startSsh(folder);
	const wormhole = await startWormhole(join(folder, 'wormhole'));
	const copies = join(folder, 'copies');
	const contestant = (
		what: string,
		copy: Copy | undefined,
		goal?: string,
	): Contestant[] => {
		if (!isWanted(what)) return [];
		if (!copy) {
			console.log(`${what}: not here.`);
			return [];
		}

		const run = async () => {
			mkdirSync(copies);
			try {
				return await copy(file, join(copies, basename(file)));
			} finally {
				rmSync(copies, {recursive: true});
			}
		};

		return [{what, run, ...(goal ? {goal} : {})}];
	};

	const hasSsh = typeof ssh !== 'string';
	if (!hasSsh) console.log(ssh);
	try {
		const raced = await race(runs, [
			{
				what: 'sockterm send → listen',
				run: async () => (await copyWithSockterm(folder, [file])).elapsedMs,
			},
			...contestant('scp', hasSsh ? ssh.scp : undefined, '≥ 2.5 ×'),
			...contestant(
				'scp -c aes128-gcm',
				hasSsh
					? async (from, to) =>
							ssh.scp(from, to, ['-c', 'aes128-gcm@openssh.com'])
					: undefined,
			),
			...contestant(
				'rsync over ssh',
				hasSsh ? ssh.rsync : undefined,
				'≥ 2.5 ×',
			),
			...contestant('ncat --ssl', findNcatSsl(folder), '≥ 1.7 ×'),
			...contestant('nc, plain', findNc(), '≥ 0.8 ×, better 1'),
			...contestant('croc', findCroc(folder)),
			...contestant('magic-wormhole', wormhole?.copy),
		]);
		printRace(`One file of ${bigBytes / MiB} MiB`, raced, bigBytes);
	} finally {
		wormhole?.stop();
		if (hasSsh) await ssh.stop();
		rmSync(file);
	}
}
