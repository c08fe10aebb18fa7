/** What a run of sockterm is told: flags over environment over defaults. Plain data, handed to the engine's thread. */
import {homedir, userInfo} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';
import type {AutoAccept} from './engine/index.js';
import type {Environment, SettingName} from './settings/index.js';
import {parseDurationMs} from './util/durations.js';
import {parseSize} from './util/quantities.js';

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
	/** Rooms among verified peers. */
	readonly rooms?: boolean;
	/** What was said in a room before two members met is handed on; missing: it is. */
	readonly backfill?: boolean;
}

export interface HistorySettings {
	readonly maxAgeMs?: number;
	readonly maxBytes?: number;
}

/** A setting that somebody gave, or its fixed default; undefined where it has none. */
export type Given = (name: SettingName) => string | undefined;

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

function expandHome(path: string): string {
	return /^~(?:\/|$)/.test(path) ? join(homedir(), path.slice(1)) : path;
}

/** Missing where the engine's own default holds. */
function optional<Name extends string>(name: Name, value: number | undefined) {
	return (value === undefined ? {} : {[name]: value}) as Partial<
		Record<Name, number>
	>;
}

/** `given` says only what is a value of its kind. */
export function makeSettings(
	given: Given,
	role: Settings['role'],
	env: Environment = process.env,
): Settings {
	const read = <Value>(name: SettingName, as: (text: string) => Value) => {
		const text = given(name);
		return text === undefined ? undefined : as(text);
	};
	const folder = (name: SettingName, preset: string) =>
		resolve(read(name, expandHome) ?? preset);
	const isOn = (name: SettingName) => given(name) === 'on';
	const days = read('history-days', Number);
	return {
		nick: given('name') ?? loginName(),
		receiveFolder: folder('dir', join(homedir(), 'Downloads', 'sockterm')),
		stateFolder: folder('state-dir', defaultStateFolder(env)),
		fallbackEncoding: given('encoding') ?? 'gb18030',
		role,
		...optional('transfersAtOnce', read('at-once', Number)),
		...optional('rateLimit', read('limit', parseSize)),
		...optional('dialMs', read('wait', parseDurationMs)),
		...optional('connections', read('connections', Number)),
		...(isOn('require-verified') ? {requireVerified: true} : {}),
		...(isOn('no-plain') ? {noPlain: true} : {}),
		...(isOn('history')
			? {
					history: {
						...optional('maxAgeMs', days && days * dayMs),
						...optional('maxBytes', read('history-size', parseSize)),
					},
				}
			: {}),
		...(isOn('rooms') ? {rooms: true} : {}),
		...(isOn('backfill') ? {} : {backfill: false}),
	};
}
