/** What a run of sockterm is told: flags over environment over defaults. Plain data, handed to the engine's thread. */
import {homedir, userInfo} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';
import type {AutoAccept} from './engine/index.js';
import {countFlag, durationFlag, rateFlag, sizeFlag} from './flags.js';

export interface Settings {
	readonly nick: string;
	/** Where received files go. */
	readonly receiveFolder: string;
	/** Identity, and later pins, history and journals. */
	readonly stateFolder: string;
	/** For raw peers whose bytes are not UTF-8. */
	readonly fallbackEncoding: string;
	readonly role: 'console' | 'script';
	/** How many transfers are sent at the same time; missing: the engine's own. */
	readonly transfersAtOnce?: number;
	/** Bytes a second of all transfers together; missing: no limit. */
	readonly rateLimit?: number;
	/** How long a dial may take; missing: the engine's own limit. */
	readonly dialMs?: number;
	/** How many TCP connections may be open; missing: the limit of `limits.ts`. */
	readonly connections?: number;
	/** Who is not verified is sent away after its HELLO. */
	readonly requireVerified?: boolean;
	/** Plain connections that come in are sent away. */
	readonly noPlain?: boolean;
	/** What verified peers may send unasked; missing: nobody's files are taken by themselves. */
	readonly autoAccept?: {readonly caps?: AutoAccept};
	/** Which transfers with verified peers go on by themselves after a restart; missing: none. */
	readonly resumes?: 'incoming' | 'both';
	/** What is said is kept in the state folder; what is missing of it is as it was chosen before. */
	readonly history?: HistorySettings;
}

export interface HistorySettings {
	readonly maxAgeMs?: number;
	readonly maxBytes?: number;
}

export interface SettingsFlags {
	readonly name?: string | undefined;
	readonly dir?: string | undefined;
	readonly stateDir?: string | undefined;
	readonly encoding?: string | undefined;
	readonly atOnce?: string | undefined;
	readonly limit?: string | undefined;
	readonly wait?: string | undefined;
	readonly connections?: string | undefined;
	readonly requireVerified?: boolean | undefined;
	readonly noPlain?: boolean | undefined;
	/** Asked for; the console needs not be asked. */
	readonly history?: boolean | undefined;
	readonly noHistory?: boolean | undefined;
	readonly historyDays?: string | undefined;
	readonly historySize?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

function defaultStateFolder(env: Environment): string {
	const xdg = env['XDG_STATE_HOME'];
	// The XDG base directory specification: a relative path is to be ignored.
	const base =
		xdg && isAbsolute(xdg) ? xdg : join(homedir(), '.local', 'state');
	return join(base, 'sockterm');
}

function loginName(): string {
	try {
		return userInfo().username;
	} catch {
		// A user without a password entry, as in some containers.
		return 'me';
	}
}

const dayMs = 86_400_000;

type Choose = (
	flag: string | undefined,
	variable: string,
) => string | undefined;

function historySettings(flags: SettingsFlags, pick: Choose): HistorySettings {
	const days = countFlag(
		'--history-days',
		pick(flags.historyDays, 'SOCKTERM_HISTORY_DAYS'),
	);
	const maxBytes = sizeFlag(
		'--history-size',
		pick(flags.historySize, 'SOCKTERM_HISTORY_SIZE'),
	);
	return {
		...(days === undefined ? {} : {maxAgeMs: days * dayMs}),
		...(maxBytes === undefined ? {} : {maxBytes}),
	};
}

/** Throws a misuse where a number is none. `hasScreen`: somebody is there who will want to read it again. */
export function makeSettings(
	flags: SettingsFlags,
	role: Settings['role'],
	env: Environment = process.env,
	hasScreen = false,
): Settings {
	const pick = (flag: string | undefined, variable: string) =>
		flag ?? (env[variable] || undefined);
	const isOn = (flag: boolean | undefined, variable: string) =>
		flag === true || env[variable] === '1';
	const folder = (chosen: string | undefined, fallback: string) =>
		resolve(chosen ?? fallback);
	const transfersAtOnce = countFlag(
		'--at-once',
		pick(flags.atOnce, 'SOCKTERM_AT_ONCE'),
	);
	const rateLimit = rateFlag('--limit', pick(flags.limit, 'SOCKTERM_LIMIT'));
	const dialMs = durationFlag('--wait', pick(flags.wait, 'SOCKTERM_WAIT'));
	const keepsHistory =
		!isOn(flags.noHistory, 'SOCKTERM_NO_HISTORY') &&
		(hasScreen || flags.history === true);
	const connections = countFlag(
		'--connections',
		pick(flags.connections, 'SOCKTERM_CONNECTIONS'),
	);
	return {
		nick: pick(flags.name, 'SOCKTERM_NAME') ?? loginName(),
		receiveFolder: folder(
			pick(flags.dir, 'SOCKTERM_DIR'),
			join(homedir(), 'Downloads', 'sockterm'),
		),
		stateFolder: folder(
			pick(flags.stateDir, 'SOCKTERM_STATE_DIR'),
			defaultStateFolder(env),
		),
		fallbackEncoding: pick(flags.encoding, 'SOCKTERM_ENCODING') ?? 'gb18030',
		role,
		...(transfersAtOnce === undefined ? {} : {transfersAtOnce}),
		...(rateLimit === undefined ? {} : {rateLimit}),
		...(dialMs === undefined ? {} : {dialMs}),
		...(connections === undefined ? {} : {connections}),
		...(isOn(flags.requireVerified, 'SOCKTERM_REQUIRE_VERIFIED')
			? {requireVerified: true}
			: {}),
		...(isOn(flags.noPlain, 'SOCKTERM_NO_PLAIN') ? {noPlain: true} : {}),
		...(keepsHistory ? {history: historySettings(flags, pick)} : {}),
	};
}
