/** From arguments to a checked request; every wrong one gets a sentence. */
import {defaultTcpPort, defaultUdpPort} from './engine/index.js';
import {
	address,
	checkFlags,
	countFlag,
	Misuse,
	portFlag,
	readFlags,
	takeSwitch,
	usage,
} from './flags.js';
import type {ListenRequest, Request, VerbRequest} from './request.js';
import {makeSettings, type Settings} from './settings.js';
import {readListen, readReceive, readSay, readSend} from './verb-requests.js';

function checked(args: readonly string[], version: string): Request {
	checkFlags(args);
	const rest = [...args];
	const noTcp = takeSwitch(rest, '--no-tcp');
	const noUdp = takeSwitch(rest, '--no-udp');
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
		connect: (flags.connect ?? []).map(address),
	});
	if (verb === undefined) {
		return {
			kind: 'console',
			settings: makeSettings(flags, 'console'),
			listen: listen(),
			practice: flags.practice,
		};
	}

	const request = (
		role: Settings['role'],
		what: VerbRequest['verb'],
	): VerbRequest => ({
		kind: 'verb',
		settings: makeSettings(flags, role),
		json: flags.json,
		verb: what,
	});

	switch (verb) {
		case 'listen': {
			return request('console', readListen(flags, listen()));
		}

		case 'receive':
		case 'recv': {
			return request('console', readReceive(verb, operands, flags, listen()));
		}

		case 'send': {
			return request('script', readSend(operands, flags));
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
