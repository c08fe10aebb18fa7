/** From arguments to a checked request; every wrong one gets a sentence. */
import {resolve} from 'node:path';
import {configPath, loadConfig} from './config-file.js';
import {
	checkFlags,
	dialAddress,
	Misuse,
	readFlags,
	takeSwitch,
	usage,
	wrongSetting,
} from './flags.js';
import {readClassicReceive, readClassicSend} from './classic-request.js';
import {chooseLanguage, speak} from './language-choice.js';
import {isNetcat, readNetcat} from './netcat-arguments.js';
import {readRelay} from './relay-request.js';
import type {
	ConsoleRequest,
	ListenRequest,
	Request,
	VerbRequest,
} from './request.js';
import {makeSettings, type Settings} from './settings.js';
import {
	noConfig,
	resolveSetting,
	settingNames,
	type Config,
	type GivenFlags,
	type SettingName,
} from './settings/index.js';
import {currentLanguage, strings} from './strings/index.js';
import {readUdp, udpShortFlags} from './udp-request.js';
import {
	isVerifiedOnly,
	readAutoAccept,
	readId,
	readListen,
	readPair,
	readReceive,
	readSay,
	readSend,
	takesFiles,
} from './verb-requests.js';

/** A verb in front keeps netcat's flags from being read as such. */
const verbs = [
	'listen',
	'receive',
	'recv',
	'send',
	'say',
	'udp',
	'relay',
	'pair',
	'id',
	'doctor',
];

/** Verbs that write a dump of all bytes. */
const hasDump = new Set(['listen', 'relay']);

/** Of those: what netcat calls `-x` and `-o`. */
const longFlags: Readonly<Record<string, string>> = {
	'-h': '--help',
	'-x': '--hex-dump',
	'-o': '--hex-dump',
};

/** What the engine's own defaults say is left to them, so that they stand in one place. */
const leftToEngine = new Set<SettingName>([
	'at-once',
	'connections',
	'wait',
	'history-days',
	'history-size',
]);

/** A verb keeps no history and is in no room unless it is told to for itself, and listens where a flag says so. */
const notForVerbs = new Set<SettingName>(['history', 'rooms']);

function settingsOf(flags: GivenFlags, config: Config, isVerb = true) {
	const resolve = (name: SettingName) =>
		resolveSetting(
			{flags, env: process.env, config: config.values, wrong: wrongSetting},
			name,
		);
	const given = (name: SettingName) => {
		const {value, from} = resolve(name);
		if (from === 'default' && leftToEngine.has(name)) return undefined;
		const isOfFile = from === 'config' || from === 'default';
		return isVerb && isOfFile && notForVerbs.has(name) ? undefined : value;
	};
	return {resolve, given};
}

/** Undefined: none. */
const portOf = (value: string | undefined) =>
	value === undefined || value === 'off' ? undefined : Number(value);

/** What is wrong in the file is said in the language that the file asks for. */
function loadInItsLanguage(path: string, lang: string | undefined) {
	const file = loadConfig(path);
	const before = currentLanguage();
	speak(settingsOf({lang}, file.config).given('lang'), process.env);
	return currentLanguage() === before ? file : loadConfig(path);
}

function checked(typed: readonly string[], version: string): Request {
	const {args: words, lang} = chooseLanguage(typed, process.env);
	if (isNetcat(words, verbs) && !words.includes('-h')) {
		const verb = readNetcat(words);
		const {waitMs} = verb;
		const settings = makeSettings(settingsOf({}, noConfig).given, 'script');
		return {
			kind: 'verb',
			json: false,
			verb,
			settings: {
				...settings,
				...(waitMs === undefined ? {} : {dialMs: waitMs}),
			},
		};
	}

	const short = words[0] === 'udp' ? udpShortFlags : {};
	const args = words.map(arg =>
		arg === '-h' || hasDump.has(words[0] ?? '')
			? (longFlags[arg] ?? arg)
			: (short[arg] ?? arg),
	);
	checkFlags(args);
	const rest = [...args];
	const noTcp = takeSwitch(rest, '--no-tcp');
	const noUdp = takeSwitch(rest, '--no-udp');
	const noPlain = takeSwitch(rest, '--no-plain');
	const noHistory = takeSwitch(rest, '--no-history');
	const noRooms = takeSwitch(rest, '--no-rooms');
	const noBackfill = takeSwitch(rest, '--no-backfill');
	const {input, flags, showHelp} = readFlags(rest, version);
	// meow shows it only where it stands alone: a verb must not begin to listen instead.
	if (flags['help'] === true) showHelp(0);
	const [verb, ...operands] = input;
	const off = {noTcp, noUdp, noPlain, noHistory, noRooms, noBackfill};
	const file = loadInItsLanguage(configPath(flags.config), lang);
	if (verb !== undefined && flags.config !== undefined && !file.exists) {
		throw new Misuse(strings.settings.problems.missing(file.path));
	}

	const {given, resolve: resolved} = settingsOf(
		{...flags, ...off, lang},
		file.config,
		verb !== undefined,
	);
	const listen = (): ListenRequest => {
		const tcp = portOf(given('tcp'));
		const udp = portOf(given('udp'));
		const host = given('host');
		const backlog = resolved('backlog');
		return {
			...(tcp === undefined ? {} : {tcp}),
			...(udp === undefined ? {} : {udp}),
			...(host === undefined ? {} : {host}),
			...(backlog.from === 'default' ? {} : {backlog: Number(backlog.value)}),
			connect: (flags.connect ?? []).map(dialAddress),
			...(flags.log ? {log: resolve(flags.log)} : {}),
		};
	};
	if (verb === undefined) {
		return {
			kind: 'console',
			// What the pins say is all that is taken unasked.
			settings: {
				...makeSettings(given, 'console'),
				autoAccept: {},
				resumes: 'both',
			},
			listen: listen(),
			practice: flags.practice,
			file,
			resolved: Object.fromEntries(
				settingNames.map(name => [name, resolved(name)]),
			) as ConsoleRequest['resolved'],
		};
	}

	const request = (
		role: Settings['role'],
		what: VerbRequest['verb'],
	): VerbRequest => ({
		kind: 'verb',
		settings: {
			...makeSettings(given, role),
			...(isVerifiedOnly(what) ? {autoAccept: readAutoAccept(flags)} : {}),
			...(takesFiles(what) ? {resumes: 'incoming'} : {}),
			...(what.name === 'listen' && what.listen.rooms ? {rooms: true} : {}),
		},
		json: flags.json,
		verb: what,
		...(file.config.problems.length > 0
			? {warnings: file.config.problems}
			: {}),
	});

	switch (verb) {
		case 'listen': {
			const asked = readListen(flags, listen());
			return request(
				'console',
				flags.classicReceive ? readClassicReceive(flags, asked.listen) : asked,
			);
		}

		case 'receive':
		case 'recv': {
			return request('console', readReceive(verb, operands, flags, listen()));
		}

		case 'send': {
			const read = flags.classic ? readClassicSend : readSend;
			return request('script', read(operands, flags));
		}

		case 'relay': {
			return request('script', readRelay(operands, flags));
		}

		case 'udp': {
			return request('script', readUdp(operands, flags));
		}

		case 'pair': {
			return request('script', readPair(operands, flags));
		}

		case 'id': {
			return request('script', readId(operands));
		}

		case 'say': {
			return request('script', readSay(operands, flags));
		}

		default: {
			throw new Misuse(usage.unknownVerb(verb));
		}
	}
}

/** Prints help and version itself (and exits), as meow does. */
export function readCommandLine(
	args: readonly string[],
	version: string,
): Request {
	try {
		return checked(args, version);
	} catch (error) {
		if (error instanceof Misuse) {
			return {kind: 'misuse', sentence: error.message};
		}

		throw error;
	}
}
