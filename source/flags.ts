/** The flags, which are meow's, and what makes a value of one usable. */
import meow from 'meow';
import {
	parseAddress,
	parseFraming,
	type ParsedAddress,
} from './engine/index.js';
import {SocktermError} from './errors.js';
import {describeError, strings} from './strings/index.js';
import {parseAddressRange} from './util/address-range.js';
import {
	settingNames,
	settings,
	flagOf,
	type FlagName,
	type Kind,
} from './settings/index.js';
import {parseDurationMs} from './util/durations.js';

/** A wrong use of the command line, as a sentence. */
export class Misuse extends Error {}

export const {usage} = strings.cli;

export function portFlag(
	flag: string,
	value: string | undefined,
	preset: number,
) {
	if (value === undefined) return preset;
	const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
	if (!(port <= 65_535)) throw new Misuse(usage.port(flag, value));
	return port;
}

export function countFlag(flag: string, value: string | undefined) {
	if (value === undefined) return undefined;
	const count = /^\d{1,9}$/.test(value) ? Number(value) : 0;
	if (count < 1) throw new Misuse(usage.count(flag, value));
	return count;
}

/** Milliseconds. */
export function durationFlag(flag: string, value: string | undefined) {
	if (value === undefined) return undefined;
	const ms = parseDurationMs(value);
	if (ms === undefined) throw new Misuse(usage.duration(flag, value));
	return ms;
}

/** Addresses and ranges, several to a flag where commas are between them. */
export function rangeFlag(flag: string, values: readonly string[] = []) {
	const ranges = values.flatMap(value => value.split(','));
	const bad = ranges.find(each => !parseAddressRange(each));
	if (bad !== undefined) throw new Misuse(usage.range(flag, bad));
	return ranges;
}

export function framingFlag(value: string | undefined) {
	return value === undefined ? undefined : checked(() => parseFraming(value));
}

/** What is wrong, as a misuse with its sentence. */
export function checked<Value>(read: () => Value): Value {
	try {
		return read();
	} catch (error) {
		if (error instanceof SocktermError) {
			throw new Misuse(describeError(error.info));
		}

		throw error;
	}
}

export function address(text: string): ParsedAddress {
	return checked(() => parseAddress(text));
}

/** One that can be connected to. */
export function dialAddress(text: string): ParsedAddress {
	const parsed = address(text);
	if (parsed.kind === 'udp') throw new Misuse(usage.connectUdp(text));
	return parsed;
}

/** `--no-tcp` is not a value of `--tcp`: it is taken out before meow sees it. */
export function takeSwitch(args: string[], flag: string): boolean {
	const index = args.indexOf(flag);
	if (index === -1) return false;
	args.splice(index, 1);
	return true;
}

const text = {type: 'string'} as const;
const yesNo = {type: 'boolean', default: false} as const;

/** What a flag or the environment says of a setting is no value of it. */
export function wrongSetting(where: string, given: string, kind: Kind): never {
	throw new Misuse(usage.setting(where, given, strings.settings.allowed(kind)));
}

type SettingFlag<Name extends FlagName> = Name extends SwitchFlag
	? typeof yesNo
	: typeof text;
type SwitchFlag =
	'requireVerified' | 'noPlain' | 'history' | 'linear' | 'fresh' | 'mouse';

/** A flag for each setting. */
const settingFlags = Object.fromEntries(
	settings.map(({name, kind}) => [
		flagOf(name),
		kind.type === 'switch' ? yesNo : text,
	]),
) as {readonly [Name in FlagName]: SettingFlag<Name>};

export function readFlags(args: readonly string[], version: string) {
	return meow(strings.cli.help, {
		importMeta: import.meta,
		argv: args,
		pkg: {name: 'sockterm', version},
		description: strings.cli.description,
		version,
		allowUnknownFlags: true,
		flags: {
			...settingFlags,
			config: text,
			connect: {...text, isMultiple: true},
			log: text,
			show: yesNo,
			practice: yesNo,
			json: yesNo,
			accept: {...text, default: 'none'},
			atMost: text,
			keep: yesNo,
			yes: yesNo,
			stdout: yesNo,
			to: {...text, isMultiple: true},
			as: text,
			framing: text,
			hex: yesNo,
			raw: yesNo,
			idle: text,
			allow: {...text, isMultiple: true},
			deny: {...text, isMultiple: true},
			hexDump: text,
			impair: text,
			port: text,
			join: {...text, isMultiple: true},
			meter: text,
			count: text,
			every: text,
			escapes: yesNo,
			classic: yesNo,
			classicReceive: yesNo,
		},
	});
}

export type Flags = ReturnType<typeof readFlags>['flags'];

const knownFlags = new Set([
	...settingNames,
	...'no-tcp no-udp no-history no-rooms no-backfill config connect log show practice json accept at-most keep yes stdout to as framing hex raw idle allow deny hex-dump impair port join meter count every escapes classic classic-receive help version'.split(
		' ',
	),
]);

const repeatable = new Set(['connect', 'to', 'allow', 'deny', 'join']);

/** meow knows unknown and repeated flags by other names, or not at all. */
export function checkFlags(args: readonly string[]): void {
	const seen = new Set<string>();
	const end = args.indexOf('--');
	for (const arg of end === -1 ? args : args.slice(0, end)) {
		if (!arg.startsWith('-') || arg === '-') continue;
		const [flag = ''] = arg.split('=');
		const name = flag.replace(/^-+/, '');
		if (!flag.startsWith('--') || !knownFlags.has(name)) {
			throw new Misuse(usage.unknownFlag(flag));
		}

		if (seen.has(name) && !repeatable.has(name)) {
			throw new Misuse(usage.repeatedFlag(flag));
		}

		seen.add(name);
	}
}
