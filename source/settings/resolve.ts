/** Which of those who may say something about a setting is heard: flag over environment over file over default. */
import {readValue, type Kind} from './kinds.js';
import {
	flagOf,
	settingOf,
	variableOf,
	type FlagName,
	type SettingName,
} from './table.js';

export type Origin = 'set' | 'flag' | 'environment' | 'config' | 'default';

export interface Resolved {
	/** Undefined where the default holds, and is no fixed value. */
	readonly value: string | undefined;
	readonly from: Origin;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What flags say, as meow gives it: switches that are off say nothing. */
export type GivenFlags = Readonly<
	Partial<Record<FlagName, string | boolean | undefined>>
> & {
	readonly noTcp?: boolean | undefined;
	readonly noUdp?: boolean | undefined;
	readonly noHistory?: boolean | undefined;
	readonly noRooms?: boolean | undefined;
	readonly noBackfill?: boolean | undefined;
};

export interface Sources {
	readonly flags: GivenFlags;
	readonly env: Environment;
	readonly config: ReadonlyMap<SettingName, string>;
	/** Throws: what a flag or the environment says is no value. */
	wrong(where: string, given: string, kind: Kind): never;
}

/** What is there unless somebody says no: `--no-rooms`. */
const refusals = {
	tcp: 'noTcp',
	udp: 'noUdp',
	history: 'noHistory',
	rooms: 'noRooms',
	backfill: 'noBackfill',
} as const satisfies Partial<Record<SettingName, keyof GivenFlags>>;

const refusalOf = (name: SettingName) =>
	(refusals as Partial<Record<SettingName, keyof GivenFlags>>)[name];

/** `--no-tcp` is `--tcp off`. */
function flagText(flags: GivenFlags, name: SettingName): string | undefined {
	const refusal = refusalOf(name);
	if (refusal && flags[refusal]) return 'off';
	const given = flags[flagOf(name)];
	return typeof given === 'string' ? given : given === true ? 'on' : undefined;
}

const isSwitch = (name: SettingName) =>
	settingOf(name).kind.type === 'switch' && refusalOf(name) !== undefined;

const environmentText = (env: Environment, name: SettingName) =>
	env[variableOf(name)] ||
	(isSwitch(name) && env[`SOCKTERM_NO_${name.toUpperCase()}`] === '1'
		? 'off'
		: undefined);

/** Throws what `wrong` throws. */
export function resolveSetting(
	{flags, env, config, wrong}: Sources,
	name: SettingName,
): Resolved {
	const {kind, preset} = settingOf(name);
	const read = (where: string, given: string) =>
		readValue(kind, given) ?? wrong(where, given, kind);
	const flag = flagText(flags, name);
	if (flag !== undefined) {
		return {value: read(`--${name}`, flag), from: 'flag'};
	}

	const variable = environmentText(env, name);
	if (variable !== undefined) {
		return {value: read(variableOf(name), variable), from: 'environment'};
	}

	const written = config.get(name);
	if (written !== undefined) return {value: written, from: 'config'};
	return {
		value: preset.startsWith('default-') ? undefined : preset,
		from: 'default',
	};
}
