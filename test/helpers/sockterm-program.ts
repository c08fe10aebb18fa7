/** The built program for end-to-end tests: consoles, verbs and peers that end with the test. */
import {onTestFinished} from 'vitest';
import type {ChildProgram} from './child-program.js';
import {startPeer, startVerb} from './programs.js';
import {
	type ConsoleOptions,
	type Listening,
	openConsole,
	openListening,
	type SocktermConsole,
} from './sockterm-side.js';
import {createTemporaryFolder} from './temporary-folder.js';

export {homeFlags} from './sockterm-side.js';
export type {Listening, SocktermConsole} from './sockterm-side.js';

/** An empty folder that goes when the test ends. */
export function testFolder(): string {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	return folder.path;
}

type TestConsoleOptions = Omit<ConsoleOptions, 'home' | 'onOpened'> & {
	readonly home?: string;
};

/** A console with its own home on free ports, closed with the test. */
export async function startConsole(
	options: TestConsoleOptions = {},
): Promise<SocktermConsole> {
	return openConsole({
		home: testFolder(),
		...options,
		onOpened(terminal) {
			onTestFinished(() => terminal.close());
		},
	});
}

/** Two consoles, the second connected to the first, both showing the other by name. */
export async function startPair(): Promise<{
	alice: SocktermConsole;
	bob: SocktermConsole;
}> {
	const alice = await startConsole({name: 'alice'});
	const bob = await startConsole({
		name: 'bob',
		args: ['--connect', `127.0.0.1:${alice.tcpPort}`],
	});
	await Promise.all([alice.waitFor('bob'), bob.waitFor('alice')]);
	return {alice, bob};
}

/** `sockterm VERB …`, stopped with the test. */
export function runVerb(
	args: readonly string[],
	home: string = testFolder(),
): ChildProgram {
	const child = startVerb(home, args);
	onTestFinished(() => child.stop());
	return child;
}

/** `sockterm listen --json` on free ports, stopped with the test. */
export async function startListening(
	args: readonly string[] = [],
): Promise<Listening> {
	return openListening(testFolder(), args, child => {
		onTestFinished(() => child.stop());
	});
}

/** A Python peer, stopped with the test. */
export function runPeer(
	script: string,
	args: ReadonlyArray<string | number> = [],
): ChildProgram {
	const child = startPeer(testFolder(), script, args);
	onTestFinished(() => child.stop());
	return child;
}
