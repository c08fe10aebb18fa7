/** Netcat's flags as people type them, in clusters and with their values beside or behind them. */
import {isIP} from 'node:net';
import {parsePort} from './engine/index.js';
import {durationFlag, Misuse, usage} from './flags.js';
import type {VerbRequest} from './request.js';

export type NetcatRequest = Extract<VerbRequest['verb'], {name: 'netcat'}>;

const words = usage.netcat;

/** Those with a value behind them. */
const withValue = new Set(['p', 'w', 'x', 'o']);

const simple = new Set(['l', 'u', 'k', 'v', 'C', 'n', '4', '6', 'N']);

/** What programs of the field call the same. */
const longNames: Readonly<Record<string, string>> = {
	'--listen': 'l',
	'--keep-open': 'k',
	'--verbose': 'v',
	'--crlf': 'C',
	'--nodns': 'n',
	'--wait': 'w',
	'--hex-dump': 'x',
	'--exec': 'e',
	'--sh-exec': 'c',
	'--ssl': 'ssl',
};

/** The ways to have a program run for whoever connects. */
const runsPrograms = new Set(['e', 'c', '--lua-exec']);

/**
 * Whether netcat is meant: `HOST PORT` and nothing else in front, a flag of one letter, or
 * one of netcat's own long ones. A verb in front says otherwise.
 */
export function isNetcat(
	args: readonly string[],
	verbs: readonly string[],
): boolean {
	const [first = '', second = ''] = args;
	if (verbs.includes(first)) return false;
	const isClient = !first.startsWith('-') && /^\d{1,5}$/.test(second);
	const end = args.indexOf('--');
	return (
		isClient ||
		args
			.slice(0, end === -1 ? args.length : end)
			.some(
				arg =>
					/^-[a-zA-Z\d]/.test(arg) ||
					['--ssl', '--listen', '--keep-open', '--exec', '--sh-exec'].includes(
						arg,
					),
			)
	);
}

interface Taken {
	readonly operands: string[];
	readonly flags: Map<string, string>;
}

function takeLong(arg: string, rest: string[], {flags}: Taken): void {
	const [, name = '', joined] = /^(--[^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
	const flag = longNames[name];
	if (runsPrograms.has(flag ?? name)) throw new Misuse(words.noPrograms(name));
	if (flag === undefined) throw new Misuse(usage.unknownFlag(name));
	if (!withValue.has(flag)) {
		flags.set(flag, '');
		return;
	}

	const value = joined ?? rest.shift();
	if (value === undefined) throw new Misuse(words.needsValue(name));
	flags.set(flag, value);
}

function takeCluster(arg: string, rest: string[], {flags}: Taken): void {
	for (let at = 1; at < arg.length; at++) {
		const flag = arg[at]!;
		if (runsPrograms.has(flag)) throw new Misuse(words.noPrograms(`-${flag}`));
		if (withValue.has(flag)) {
			const value = arg.slice(at + 1) || rest.shift();
			if (value === undefined) throw new Misuse(words.needsValue(`-${flag}`));
			flags.set(flag, value);
			return;
		}

		if (!simple.has(flag)) throw new Misuse(usage.unknownFlag(`-${flag}`));
		flags.set(flag, '');
	}
}

function takeApart(args: readonly string[]): Taken {
	const taken: Taken = {operands: [], flags: new Map()};
	const rest = [...args];
	for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
		if (arg === '--') {
			taken.operands.push(...rest.splice(0));
		} else if (arg.startsWith('--')) {
			takeLong(arg, rest, taken);
		} else if (arg.startsWith('-') && arg !== '-') {
			takeCluster(arg, rest, taken);
		} else {
			taken.operands.push(arg);
		}
	}

	return taken;
}

function portOf(text: string): number {
	const port = parsePort(text);
	if (port === undefined) throw new Misuse(words.badPort(text));
	return port;
}

/** `-l PORT`, `-l -p PORT`, `-l ADDR PORT`; as a client `HOST PORT`, with `-p` for our own side. */
function placesOf({operands, flags}: Taken) {
	const isListening = flags.has('l');
	const own = flags.get('p');
	const [surplus] = operands.slice(2);
	if (surplus !== undefined) throw new Misuse(words.surplus(surplus));
	const [first, second] = operands;
	if (!isListening) {
		if (first === undefined || second === undefined) {
			throw new Misuse(words.needsHostAndPort);
		}

		return {
			host: first,
			port: portOf(second),
			...(own === undefined ? {} : {localPort: portOf(own)}),
		};
	}

	const isPortOnly = second === undefined && own === undefined;
	const portText = isPortOnly ? first : (second ?? own);
	const host = isPortOnly ? undefined : first;
	if (portText === undefined) throw new Misuse(words.needsPort);
	if (own !== undefined && second !== undefined) {
		throw new Misuse(words.surplus(second));
	}

	return {
		port: portText === '0' ? 0 : portOf(portText),
		...(host === undefined ? {} : {host}),
	};
}

/** Throws a misuse, `-e` and `-c` with the reason why not. */
export function readNetcat(args: readonly string[]): NetcatRequest {
	const taken = takeApart(args);
	const {flags} = taken;
	const places = placesOf(taken);
	const {host} = places;
	const is = (flag: string) => flags.has(flag);
	if (is('4') && is('6')) throw new Misuse(words.bothFamilies);
	if (is('u') && is('ssl')) throw new Misuse(words.sslIsTcp);
	if (is('k') && !is('l')) throw new Misuse(words.keepListens);
	if (is('n') && host !== undefined && isIP(host.replace(/%.*$/, '')) === 0) {
		throw new Misuse(words.noNames(host));
	}

	const waitMs = durationFlag('-w', flags.get('w'));
	const dump = flags.get('x') ?? flags.get('o');
	return {
		name: 'netcat',
		...places,
		listens: is('l'),
		udp: is('u'),
		ssl: is('ssl'),
		keep: is('k'),
		verbose: is('v'),
		crlf: is('C'),
		...(is('4') ? {family: 4} : is('6') ? {family: 6} : {}),
		...(waitMs === undefined ? {} : {waitMs}),
		...(dump === undefined ? {} : {dump}),
	};
}
