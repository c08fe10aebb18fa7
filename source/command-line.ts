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
	const to = () => {
		if (!flags.to) throw new Misuse(usage.needsTo(verb));
		return address(flags.to);
	};

	switch (verb) {
		case 'listen': {
			const {accept} = flags;
			if (accept !== 'none' && accept !== 'all') {
				throw new Misuse(usage.accept(accept));
			}

			return request('console', {name: 'listen', listen: listen(), accept});
		}

		case 'receive':
		case 'recv': {
			const [operand] = operands;
			if (operand !== undefined) {
				throw new Misuse(usage.noOperands(verb, operand));
			}

			const {udp: _, ...withoutUdp} = listen();
			if (withoutUdp.tcp === undefined && withoutUdp.connect.length === 0) {
				throw new Misuse(usage.nothingToListenOn);
			}

			const {keep, yes} = flags;
			return request('console', {
				name: 'receive',
				listen: withoutUdp,
				keep,
				yes,
			});
		}

		case 'send': {
			if (operands.length === 0) throw new Misuse(usage.needsFiles);
			const target = to();
			if (target.kind !== 'peer') {
				throw new Misuse(usage.onlyPeersTakeFiles(flags.to ?? ''));
			}

			return request('script', {name: 'send', paths: operands, to: target});
		}

		case 'say': {
			const [said] = operands;
			if (said === undefined) throw new Misuse(usage.needsText);
			return request('script', {
				name: 'say',
				text: said === '-' ? undefined : operands.join(' '),
				to: to(),
				...(flags.encoding === undefined ? {} : {encoding: flags.encoding}),
			});
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
