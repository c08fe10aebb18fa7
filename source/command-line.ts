/** From arguments to a checked request: flags are meow's, and every wrong one gets a sentence. */
import meow from 'meow';
import {
	defaultTcpPort,
	defaultUdpPort,
	parseAddress,
	type ParsedAddress,
} from './engine/index.js';
import {SocktermError} from './errors.js';
import {makeSettings, type Settings} from './settings.js';
import {describeError, strings} from './strings/index.js';

export interface ListenRequest {
	/** Missing: do not listen. */
	readonly tcp?: number;
	readonly udp?: number;
	readonly host?: string;
	readonly backlog?: number;
	readonly connect: readonly ParsedAddress[];
}

export interface ConsoleRequest {
	readonly kind: 'console';
	readonly settings: Settings;
	readonly listen: ListenRequest;
	readonly practice: boolean;
}

export interface VerbRequest {
	readonly kind: 'verb';
	readonly settings: Settings;
	readonly json: boolean;
	readonly verb:
		| {
				readonly name: 'listen';
				readonly listen: ListenRequest;
				readonly accept: 'none' | 'all';
		  }
		| {
				readonly name: 'receive';
				readonly listen: ListenRequest;
				/** Go on after the first offer. */
				readonly keep: boolean;
				/** Accept without asking. */
				readonly yes: boolean;
		  }
		| {
				readonly name: 'send';
				readonly paths: readonly string[];
				readonly to: ParsedAddress;
		  }
		| {
				readonly name: 'say';
				/** Undefined: lines from stdin. */
				readonly text: string | undefined;
				readonly to: ParsedAddress;
				readonly encoding?: string;
		  };
}

export type Request =
	| ConsoleRequest
	| VerbRequest
	| {readonly kind: 'misuse'; readonly sentence: string};

class Misuse extends Error {}

const {usage} = strings.cli;

function portFlag(flag: string, value: string | undefined, preset: number) {
	if (value === undefined) return preset;
	const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
	if (!(port <= 65_535)) throw new Misuse(usage.port(flag, value));
	return port;
}

function countFlag(flag: string, value: string | undefined) {
	if (value === undefined) return undefined;
	const count = /^\d{1,9}$/.test(value) ? Number(value) : 0;
	if (count < 1) throw new Misuse(usage.count(flag, value));
	return count;
}

function address(text: string): ParsedAddress {
	try {
		return parseAddress(text);
	} catch (error) {
		if (error instanceof SocktermError) {
			throw new Misuse(describeError(error.info));
		}

		throw error;
	}
}

/** `--no-tcp` is not a value of `--tcp`: it is taken out before meow sees it. */
function takeSwitch(args: string[], flag: string): boolean {
	const index = args.indexOf(flag);
	if (index === -1) return false;
	args.splice(index, 1);
	return true;
}

const text = {type: 'string'} as const;
const yesNo = {type: 'boolean', default: false} as const;

function readFlags(args: readonly string[], version: string) {
	return meow(strings.cli.help, {
		importMeta: import.meta,
		argv: args,
		pkg: {name: 'sockterm', version},
		description: strings.cli.description,
		version,
		allowUnknownFlags: true,
		flags: {
			tcp: text,
			udp: text,
			host: text,
			backlog: text,
			connect: {...text, isMultiple: true},
			name: text,
			dir: text,
			stateDir: text,
			encoding: text,
			practice: yesNo,
			json: yesNo,
			accept: {...text, default: 'none'},
			keep: yesNo,
			yes: yesNo,
			to: text,
		},
	});
}

const knownFlags = new Set(
	'tcp no-tcp udp no-udp host backlog connect name dir state-dir encoding practice json accept keep yes to help version'.split(
		' ',
	),
);

/** meow knows unknown and repeated flags by other names, or not at all. */
function checkFlags(args: readonly string[]): void {
	const seen = new Set<string>();
	const end = args.indexOf('--');
	for (const arg of end === -1 ? args : args.slice(0, end)) {
		if (!arg.startsWith('-') || arg === '-') continue;
		const [flag = ''] = arg.split('=');
		const name = flag.replace(/^-+/, '');
		if (!flag.startsWith('--') || !knownFlags.has(name)) {
			throw new Misuse(usage.unknownFlag(flag));
		}

		if (seen.has(name) && name !== 'connect') {
			throw new Misuse(usage.repeatedFlag(flag));
		}

		seen.add(name);
	}
}

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
