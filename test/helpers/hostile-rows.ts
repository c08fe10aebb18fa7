/** Tests out of rows: each script of `test/peers/hostile/` has a program to itself, each of its kinds is a test. */
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {besiege, type BesiegedProgram} from './besieged-program.js';
import {createTemporaryFolder} from './temporary-folder.js';

/** What the program tells of it, what the peer sees, and which files it leaves. */
export type Row = readonly [
	kind: string,
	told: string,
	seen: string | RegExp,
	saved?: readonly string[],
];

export interface Siege {
	readonly rows: readonly Row[];
	/** Of `listen`; `--accept all` where missing. */
	readonly args?: readonly string[];
	readonly prepare?: (home: string) => void;
}

export function testSieges(sieges: Readonly<Record<string, Siege>>): void {
	describe.each(Object.entries(sieges))(
		'%s',
		(script, {rows, args, prepare}) => {
			const folder = createTemporaryFolder();
			let program: BesiegedProgram | undefined;
			beforeAll(async () => {
				program = await besiege(folder.path, args, prepare);
			});
			afterAll(async () => {
				await program?.stop();
				folder.remove();
			});

			for (const [kind, told, seen, saved = []] of rows) {
				test(`${kind}: ${told}`, async () => {
					const peer = {script, kind, told, seen, saved};
					expect(await program!.attack(peer)).toStrictEqual([]);
				});
			}

			test('each refusal is counted and told', async () => {
				await program!.refusals();
			});
		},
	);
}
