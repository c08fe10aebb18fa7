/** Many small files: against scp -r and rsync, how the time grows with their number, and what memory they take. */
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {bigFile, MiB, smallFiles, type Ground} from '../ground.js';
import {median, printTable} from '../measure.js';
import {printRace, race} from '../race.js';
import {copyWithSockterm, type Copied} from '../sockterm-copy.js';
import {startSsh} from '../ssh-programs.js';

const fileBytes = 4096;

export async function files(ground: Ground): Promise<void> {
	const {folder, runs} = ground;
	const many = smallFiles(ground, 'many', 10_000, fileBytes);
	const fewer = smallFiles(ground, 'fewer', 1_000, fileBytes);
	const one = bigFile(ground, 'one.bin', fileBytes);
	const ssh = await startSsh(folder);
	if (typeof ssh === 'string') console.log(ssh);
	const copy = join(folder, 'copy');
	const clean = (run: () => Promise<number>) => async () => {
		try {
			return await run();
		} finally {
			rmSync(copy, {recursive: true, force: true});
		}
	};

	const costs: Record<'many' | 'fewer' | 'one', Copied[]> = {
		many: [],
		fewer: [],
		one: [],
	};
	const ours = (name: keyof typeof costs, path: string) => async () => {
		const copied = await copyWithSockterm(folder, [path]);
		costs[name].push(copied);
		return copied.elapsedMs;
	};

	try {
		const raced = await race(runs, [
			{what: 'sockterm send → listen', run: ours('many', many)},
			...(typeof ssh === 'string'
				? []
				: [
						{
							what: 'scp -r',
							run: clean(async () => ssh.scp(many, copy, ['-r'])),
							goal: '≥ 5 ×',
						},
					]),
			...(typeof ssh === 'string' || !ssh.rsync
				? []
				: [
						{
							what: 'rsync -a over ssh',
							run: clean(async () => ssh.rsync!(many, copy)),
							goal: '≥ 1 ×',
						},
					]),
			{what: '1,000 of the files', run: ours('fewer', fewer)},
			{what: 'one of the files', run: ours('one', one)},
		]);
		printRace('10,000 files of 4 KiB', raced.slice(0, -2));
		printGrowth(costs);
	} finally {
		if (typeof ssh !== 'string') await ssh.stop();
		for (const path of [many, fewer, one]) {
			rmSync(path, {recursive: true, force: true});
		}
	}
}

function printGrowth(
	costs: Readonly<Record<'many' | 'fewer' | 'one', readonly Copied[]>>,
): void {
	const seconds = (copied: readonly Copied[]) =>
		copied.map(({elapsedMs}) => elapsedMs / 1000);
	printTable('Growth', [
		{what: '1,000 files', values: seconds(costs.fewer), unit: 's'},
		{
			what: '10,000 files',
			values: seconds(costs.many),
			unit: 's',
			against: '1,000 files',
			goal: '≤ 12 ×',
		},
		...(['sender', 'receiver'] as const).map(side => {
			const base = median(costs.one.map(({peakBytes}) => peakBytes[side]));
			return {
				what: `memory of the ${side}, above one file`,
				values: costs.many.map(({peakBytes}) => (peakBytes[side] - base) / MiB),
				unit: 'MiB',
				goal: '≤ 64 MiB',
			};
		}),
	]);
}
