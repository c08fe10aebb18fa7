/** From arguments to a checked request; every wrong one gets a sentence. */
import {resolve} from 'node:path';
import {defaultTcpPort, defaultUdpPort} from './engine/index.js';
import {
	checkFlags,
	countFlag,
	dialAddress,
	Misuse,
	portFlag,
	readFlags,
	takeSwitch,
	usage,
} from './flags.js';
import {readClassicReceive, readClassicSend} from './classic-request.js';
import {isNetcat, readNetcat} from './netcat-arguments.js';
import {readRelay} from './relay-request.js';
import type {ListenRequest, Request, VerbRequest} from './request.js';
import {makeSettings, type Settings} from './settings.js';
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

function checked(given: readonly string[], version: string): Request {
	if (isNetcat(given, verbs) && !given.includes('-h')) {
		const verb = readNetcat(given);
		const {waitMs} = verb;
		const settings = makeSettings({}, 'script');
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

	const short = given[0] === 'udp' ? udpShortFlags : {};
	const args = given.map(arg =>
		arg === '-h' || hasDump.has(given[0] ?? '')
			? (longFlags[arg] ?? arg)
			: (short[arg] ?? arg),
	);
	checkFlags(args);
	const rest = [...args];
	const noTcp = takeSwitch(rest, '--no-tcp');
	const noUdp = takeSwitch(rest, '--no-udp');
	const noPlain = takeSwitch(rest, '--no-plain');
	const noHistory = takeSwitch(rest, '--no-history');
	const {input, flags, showHelp} = readFlags(rest, version);
	// meow shows it only where it stands alone: a verb must not begin to listen instead.
	if (flags['help'] === true) showHelp(0);
	const [verb, ...operands] = input;
	const env = (name: string) => process.env[name] || undefined;
	const backlog = countFlag('--backlog', flags.backlog);
	const listen = (): ListenRequest => ({
		...(noTcp
			? {}
			: {
					tcp: portFlag(
						'--tcp',
						flags.tcp ?? env('SOCKTERM_TCP'),
						defaultTcpPort,
					),
				}),
		...(noUdp
			? {}
			: {
					udp: portFlag(
						'--udp',
						flags.udp ?? env('SOCKTERM_UDP'),
						defaultUdpPort,
					),
				}),
		...(flags.host === undefined ? {} : {host: flags.host}),
		...(backlog === undefined ? {} : {backlog}),
		connect: (flags.connect ?? []).map(dialAddress),
		...(flags.log ? {log: resolve(flags.log)} : {}),
	});
	if (verb === undefined) {
		return {
			kind: 'console',
			// What the pins say is all that is taken unasked.
			settings: {
				...makeSettings(
					{...flags, noPlain, noHistory},
					'console',
					process.env,
					true,
				),
				autoAccept: {},
				resumes: 'both',
			},
			listen: listen(),
			practice: flags.practice,
		};
	}

	const request = (
		role: Settings['role'],
		what: VerbRequest['verb'],
	): VerbRequest => ({
		kind: 'verb',
		settings: {
			...makeSettings({...flags, noPlain, noHistory}, role),
			...(isVerifiedOnly(what) ? {autoAccept: readAutoAccept(flags)} : {}),
			...(takesFiles(what) ? {resumes: 'incoming'} : {}),
		},
		json: flags.json,
		verb: what,
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
