/** Runs a verb with an engine on this thread. */
import {createInterface} from 'node:readline';
import type {VerbRequest} from './command-line.js';
import {composeEngine} from './compose.js';
import {SocktermError} from './errors.js';
import {createListenVerb} from './headless/listen.js';
import {createOutput} from './headless/output.js';
import {createSayVerb} from './headless/say.js';
import {createSendVerb} from './headless/send.js';
import {runVerb, type Verb} from './headless/verb.js';
import {openingCommands} from './opening-commands.js';
import {describeError} from './strings/index.js';

async function* once(text: string): AsyncGenerator<string> {
	yield text;
}

async function* linesOfStdin(): AsyncGenerator<string> {
	yield* createInterface({input: process.stdin, crlfDelay: Infinity});
}

function makeVerb({verb}: VerbRequest): Verb {
	switch (verb.name) {
		case 'listen': {
			const commands = openingCommands(verb.listen);
			return createListenVerb({commands, accept: verb.accept});
		}

		case 'send': {
			const {host, port} = verb.to;
			return createSendVerb({paths: verb.paths, host, port});
		}

		case 'say': {
			const {text, to, encoding} = verb;
			return createSayVerb({
				target: to,
				texts: text === undefined ? linesOfStdin() : once(text),
				...(encoding === undefined ? {} : {encoding}),
			});
		}
	}
}

/** Gives the exit code. */
export async function runVerbRequest(request: VerbRequest): Promise<number> {
	const output = createOutput(process.stdout, process.stderr);
	const interrupt = new AbortController();
	const onSignal = () => {
		interrupt.abort();
	};

	process.once('SIGINT', onSignal);
	process.once('SIGTERM', onSignal);
	process.once('SIGHUP', onSignal);
	try {
		const engine = await composeEngine(request.settings);
		return await runVerb(makeVerb(request), engine, output, {
			json: request.json,
			interrupted: interrupt.signal,
		});
	} catch (error) {
		if (!(error instanceof SocktermError)) throw error;
		output.note(describeError(error.info));
		return 1;
	} finally {
		// Reading stdin would keep the program alive.
		process.stdin.destroy();
	}
}
