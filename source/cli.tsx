/** Reads the command line and starts the console or a verb; each is loaded only when it is asked for. */
import {strings} from './strings/index.js';
import {createYoungHeapBound} from './young-heap.js';

declare const SOCKTERM_VERSION: string;

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
	// Answered before anything is loaded: scripts ask this.
	process.stdout.write(`${SOCKTERM_VERSION}\n`);
} else {
	const {readCommandLine} = await import('./command-line.js');
	const request = readCommandLine(args, SOCKTERM_VERSION);
	switch (request.kind) {
		case 'misuse': {
			process.stderr.write(`${request.sentence}\n`);
			process.exitCode = 2;
			break;
		}

		case 'console': {
			if (!process.stdin.isTTY || !process.stdout.isTTY) {
				process.stderr.write(`${strings.cli.usage.noTerminal}\n`);
				process.exitCode = 2;
				break;
			}

			// Before what is loaded makes it grow.
			createYoungHeapBound()();
			const {openConsole} = await import('./open-console.js');
			process.exitCode = await openConsole(request, SOCKTERM_VERSION);
			break;
		}

		case 'verb': {
			for (const sentence of request.warnings ?? []) {
				process.stderr.write(`${sentence}\n`);
			}

			const {runVerbRequest} = await import('./run-verb.js');
			process.exitCode = await runVerbRequest(request);
			break;
		}
	}
}
