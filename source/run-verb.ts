/** Runs a verb with an engine on this thread. */
import {randomBytes} from 'node:crypto';
import {createInterface} from 'node:readline';
import {createPairingCode} from './engine/index.js';
import {crashReport} from './crash-report.js';
import type {VerbRequest} from './request.js';
import {composeEngine, type EngineParts} from './compose.js';
import {SocktermError} from './errors.js';
import {exitCodes} from './headless/exit-codes.js';
import {createClassicReceiveVerb} from './headless/classic-receive.js';
import {createClassicSendVerb} from './headless/classic-send.js';
import {createIdVerb} from './headless/identify.js';
import {createListenVerb} from './headless/listen.js';
import {createOutput} from './headless/output.js';
import {createPairVerb} from './headless/pair.js';
import type {TypedLines} from './headless/questions.js';
import {createReceiveVerb} from './headless/receive.js';
import {createRelayVerb} from './headless/relay.js';
import {createSayVerb} from './headless/say.js';
import {createSendVerb} from './headless/send.js';
import {createUdpListenVerb} from './headless/udp-listen.js';
import {createUdpSendVerb} from './headless/udp-send.js';
import {runVerb, type Verb} from './headless/verb.js';
import {composeNetcat, makeNetcatVerb, openHexDump} from './netcat-verb.js';
import {openingCommands} from './opening-commands.js';
import {describeError, strings} from './strings/index.js';

async function* once(text: string, count = 1): AsyncGenerator<string> {
	for (let said = 0; said < count; said++) yield text;
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

async function makeVerb({verb}: VerbRequest): Promise<Verb> {
	switch (verb.name) {
		case 'listen': {
			const commands = openingCommands(verb.listen);
			const {accept, hex, dump} = verb;
			return createListenVerb({
				commands,
				accept,
				hex,
				...(dump === undefined ? {} : {dump: openHexDump(dump)}),
			});
		}

		case 'classicReceive': {
			const commands = openingCommands(verb.listen);
			return createClassicReceiveVerb({commands});
		}

		case 'classicSend': {
			return createClassicSendVerb(verb);
		}

		case 'netcat': {
			return makeNetcatVerb(verb);
		}

		case 'relay': {
			const {dump, ...options} = verb;
			return createRelayVerb({
				...options,
				...(dump === undefined ? {} : {dump: openHexDump(dump)}),
			});
		}

		case 'id': {
			return createIdVerb();
		}

		case 'pair': {
			const {to, show, petname} = verb;
			const code = process.env['SOCKTERM_PAIRING_CODE'] || undefined;
			return createPairVerb({
				target: to,
				answers: typedLines,
				...(show ? {makeCode: () => createPairingCode(randomBytes)} : {}),
				...(petname === undefined ? {} : {petname}),
				...(code === undefined ? {} : {code}),
			});
		}

		case 'receive': {
			const {listen, keep, yes, stdout, verifiedOnly} = verb;
			return createReceiveVerb({
				commands: openingCommands(listen),
				keep,
				toStdout: stdout,
				verifiedOnly,
				...(yes || verifiedOnly ? {} : {answers: typedLines}),
			});
		}

		case 'send': {
			return createSendVerb(verb);
		}

		case 'udpListen': {
			return createUdpListenVerb(verb);
		}

		case 'udpSend': {
			const {text, count} = verb;
			return createUdpSendVerb({
				...verb,
				texts: text === undefined ? linesOfStdin() : once(text, count),
			});
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

const isToStdout = ({verb}: VerbRequest): boolean =>
	verb.name === 'receive' && verb.stdout;

/** Why it cannot be run as it is asked for here, as a sentence. */
function misuse({verb}: VerbRequest): string | undefined {
	const {usage} = strings.cli;
	switch (verb.name) {
		case 'receive': {
			if (verb.stdout && process.stdout.isTTY) return usage.stdoutIsTerminal;
			return verb.yes ||
				verb.verifiedOnly ||
				(process.stdin.isTTY && process.stderr.isTTY)
				? undefined
				: usage.nobodyToAsk;
		}

		case 'send': {
			return verb.input !== undefined && process.stdin.isTTY
				? usage.inputIsTerminal
				: undefined;
		}

		case 'listen':
		case 'classicReceive':
		case 'classicSend':
		case 'netcat':
		case 'relay':
		case 'id':
		case 'pair':
		case 'udpListen':
		case 'udpSend':
		case 'say': {
			return undefined;
		}
	}
}

/** What the engine works with instead of a folder, and beside files. */
function partsFor(request: VerbRequest): EngineParts {
	const {verb} = request;
	return {
		...(isToStdout(request) ? {output: process.stdout} : {}),
		...(verb.name === 'send' && verb.input !== undefined
			? {input: process.stdin}
			: {}),
	};
}

function onCrash(error: unknown): never {
	process.stderr.write(crashReport(error));
	process.exit(exitCodes.failed);
}

/** Gives the exit code. */
export async function runVerbRequest(request: VerbRequest): Promise<number> {
	const {json} = request;
	// Where a file goes to stdout no word does.
	const stdout = isToStdout(request) ? process.stderr : process.stdout;
	const output = createOutput(stdout, process.stderr, () => barColumns(json));
	const sentence = misuse(request);
	if (sentence !== undefined) {
		output.note(sentence);
		return exitCodes.usage;
	}

	const interrupt = new AbortController();
	const onSignal = () => {
		interrupt.abort();
	};

	process.once('uncaughtException', onCrash);
	process.once('SIGINT', onSignal);
	process.once('SIGTERM', onSignal);
	process.once('SIGHUP', onSignal);
	try {
		const {settings, verb: asked} = request;
		const verb = await makeVerb(request);
		const engine =
			asked.name === 'netcat'
				? composeNetcat(settings, asked)
				: await composeEngine(settings, partsFor(request));
		const code = await runVerb(verb, engine, output, {
			json,
			interrupted: interrupt.signal,
		});
		// Half a file would wait for its reader, who may never read it.
		if (isToStdout(request) && code !== exitCodes.done) process.exit(code);
		return code;
	} catch (error) {
		if (!(error instanceof SocktermError)) onCrash(error);
		else output.note(describeError(error.info));
		return exitCodes.failed;
	} finally {
		// Reading stdin would keep the program alive.
		process.stdin.destroy();
	}
}
