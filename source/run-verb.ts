/** Runs a verb with an engine on this thread. */
import {createInterface} from 'node:readline';
import type {VerbRequest} from './request.js';
import {composeEngine} from './compose.js';
import {SocktermError} from './errors.js';
import {exitCodes} from './headless/exit-codes.js';
import {createListenVerb} from './headless/listen.js';
import {createOutput} from './headless/output.js';
import type {TypedLines} from './headless/questions.js';
import {createReceiveVerb} from './headless/receive.js';
import {createSayVerb} from './headless/say.js';
import {createSendVerb} from './headless/send.js';
import {runVerb, type Verb} from './headless/verb.js';
import {openingCommands} from './opening-commands.js';
import {describeError, strings} from './strings/index.js';

async function* once(text: string): AsyncGenerator<string> {
	yield text;
}

async function* linesOfStdin(): AsyncGenerator<string> {
	yield* createInterface({input: process.stdin, crlfDelay: Infinity});
}

/** The terminal stays in its normal mode: it edits the line, and Ctrl-C is a signal as ever. */
const typedLines: TypedLines = callback => {
	createInterface({input: process.stdin, terminal: false})
		.on('line', callback)
		.on('close', () => {
			callback(undefined);
		});
};

/** Cells of the terminal's row, where a person looks at it and it can redraw a row. */
function barColumns(json: boolean): number | undefined {
	const {isTTY, columns} = process.stderr;
	if (!isTTY || json || process.env['TERM'] === 'dumb') return undefined;
	// A terminal that does not know its size says 0.
	return columns || 80;
}

function makeVerb({verb}: VerbRequest): Verb {
	switch (verb.name) {
		case 'listen': {
			const commands = openingCommands(verb.listen);
			return createListenVerb({commands, accept: verb.accept});
		}

		case 'receive': {
			const {listen, keep, yes} = verb;
			return createReceiveVerb({
				commands: openingCommands(listen),
				keep,
				...(yes ? {} : {answers: typedLines}),
			});
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
	const {verb, json} = request;
	const output = createOutput(process.stdout, process.stderr, () =>
		barColumns(json),
	);
	if (
		verb.name === 'receive' &&
		!verb.yes &&
		!(process.stdin.isTTY && process.stderr.isTTY)
	) {
		output.note(strings.cli.usage.nobodyToAsk);
		return exitCodes.usage;
	}

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
			json,
			interrupted: interrupt.signal,
		});
	} catch (error) {
		if (!(error instanceof SocktermError)) throw error;
		output.note(describeError(error.info));
		return exitCodes.failed;
	} finally {
		// Reading stdin would keep the program alive.
		process.stdin.destroy();
	}
}
