/** A verb that dials a bad peer, or is dialled by one, and what must hold of it: it ends, says nothing harmful, and changes nothing around it. */
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {startChild} from './child-program.js';
import {cleanEnvironment, socktermScript, startPeer} from './programs.js';
import {findBadOutput} from './harmless-output.js';
import {homeFlags} from './sockterm-side.js';
import {snapshotOf} from './transfer-invariants.js';

export interface Lure {
	/** An empty folder; the home is deep inside it. */
	readonly outer: string;
	readonly script: string;
	readonly kind: string;
	/** The verb and its arguments, for a bad peer that listens here. */
	readonly args: (address: string, home: string) => readonly string[];
	readonly env?: Readonly<Record<string, string>>;
}

export interface Lured {
	readonly code: number | null;
	/** What it printed on stdout and on stderr. */
	readonly said: string;
	/** What the bad peer saw. */
	readonly seen: string;
	/** Sentences about what must not be. */
	readonly wrong: readonly string[];
}

/** Lets a verb meet a bad peer that listens. Rejects where it does not end. */
export async function lure(options: Lure): Promise<Lured> {
	const {outer, script, kind, args} = options;
	const home = join(outer, 'one', 'two', 'home');
	mkdirSync(join(home, 'received'), {recursive: true});
	const peer = startPeer(home, join('hostile', script), [kind]);
	try {
		const line = await peer.waitForLine('"port"');
		const {port} = JSON.parse(line) as {readonly port: number};
		const around = snapshotOf(outer, ['one/two/home/state']);
		const verb = startChild(
			process.execPath,
			[
				socktermScript,
				...args(`127.0.0.1:${port}`, home),
				'--json',
				...homeFlags(home),
			],
			{env: {...cleanEnvironment(home), ...options.env}, cwd: home},
		);
		const tooLong = setTimeout(() => {
			verb.process.kill('SIGKILL');
		}, 20_000);
		const {code} = await verb.exit;
		clearTimeout(tooLong);
		await peer.stop();
		const wrong = findBadOutput(verb.lines, verb.errors());
		if (code === null) wrong.push('it did not end');
		const now = snapshotOf(outer, ['one/two/home/state']);
		for (const path of now.filter(path => !around.includes(path)))
			wrong.push(`new: ${path}`);
		for (const path of around.filter(path => !now.includes(path)))
			wrong.push(`gone: ${path}`);
		const seen = peer.lines.join('\n');
		if (seen.includes('"broken"')) wrong.push(`it broke: ${seen}`);
		return {
			code,
			said: `${verb.lines.join('\n')}\n${verb.errors()}`,
			seen,
			wrong,
		};
	} finally {
		await peer.stop();
	}
}
