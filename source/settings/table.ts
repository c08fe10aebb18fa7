/**
 * Every setting, once: flags, `SOCKTERM_*`, the file, `/set` and the table of
 * `docs/configuration.md` come from these rows. A row stands here only when it works.
 */
import {limits} from '../limits.js';
import {languages} from '../strings/index.js';
import type {Kind} from './kinds.js';

export interface Setting {
	readonly name: SettingName;
	readonly kind: Kind;
	/** What holds where nobody says anything; `default-…`: a sentence of `strings.settings.presets`. */
	readonly preset: string;
	/** `/set` changes it while the console runs. */
	readonly applies: 'now' | 'restart';
}

interface Row {
	readonly kind: Kind;
	readonly preset: string;
	readonly applies?: 'now';
}

const text = {type: 'text'} as const;
const port = {type: 'port'} as const;
const folder = {type: 'folder'} as const;
const toggle = {type: 'switch'} as const;
const choice = (...of: readonly string[]): Kind => ({type: 'choice', of});
const count = (most: number): Kind => ({type: 'count', most});

/** In the order of the file and of `/set`. */
const rows = {
	name: {
		kind: {type: 'text', mostCharacters: limits.nickCharacters},
		preset: 'default-name',
		applies: 'now',
	},
	dir: {kind: folder, preset: '~/Downloads/sockterm', applies: 'now'},
	'state-dir': {kind: folder, preset: '~/.local/state/sockterm'},
	tcp: {kind: port, preset: '9090'},
	udp: {kind: port, preset: '10000'},
	host: {kind: text, preset: 'default-host'},
	backlog: {kind: count(65_535), preset: String(limits.backlog)},
	connections: {
		kind: count(1_000_000),
		preset: String(limits.connections),
	},
	wait: {kind: {type: 'duration'}, preset: '10s'},
	encoding: {kind: {type: 'encoding'}, preset: 'gb18030', applies: 'now'},
	limit: {kind: {type: 'rate'}, preset: 'off', applies: 'now'},
	'at-once': {kind: count(9_999), preset: '2', applies: 'now'},
	'require-verified': {kind: toggle, preset: 'off', applies: 'now'},
	'no-plain': {kind: toggle, preset: 'off', applies: 'now'},
	history: {kind: toggle, preset: 'on'},
	'history-days': {kind: count(36_500), preset: '365', applies: 'now'},
	'history-size': {kind: {type: 'size'}, preset: '512MB', applies: 'now'},
	rooms: {kind: toggle, preset: 'on'},
	backfill: {kind: toggle, preset: 'on', applies: 'now'},
	theme: {
		kind: choice('auto', 'dark', 'light', 'contrast', '16', 'none'),
		preset: 'auto',
		applies: 'now',
	},
	borders: {
		kind: choice('auto', 'unicode', 'ascii'),
		preset: 'auto',
		applies: 'now',
	},
	lang: {kind: choice('auto', ...languages), preset: 'auto', applies: 'now'},
	times: {
		kind: choice('seconds', 'minutes', 'off'),
		preset: 'seconds',
		applies: 'now',
	},
	'key-preset': {
		kind: choice('default', 'weechat', 'irssi', 'vim'),
		preset: 'default',
		applies: 'now',
	},
	linear: {kind: toggle, preset: 'off'},
	fresh: {kind: toggle, preset: 'off'},
	mouse: {kind: toggle, preset: 'off', applies: 'now'},
	bell: {
		kind: choice('off', 'mention', 'all'),
		preset: 'off',
		applies: 'now',
	},
} as const satisfies Readonly<Record<string, Row>>;

export type SettingName = keyof typeof rows;

export const settingNames = Object.keys(rows) as readonly SettingName[];

export const settings: readonly Setting[] = settingNames.map(name => {
	const row: Row = rows[name];
	return {name, applies: 'restart', ...row};
});

const byName = new Map<string, Setting>(
	settings.map(setting => [setting.name, setting]),
);

export const findSetting = (name: string): Setting | undefined =>
	byName.get(name);

export const settingOf = (name: SettingName): Setting => byName.get(name)!;

/** `state-dir` → `SOCKTERM_STATE_DIR`. */
export const variableOf = (name: SettingName): string =>
	`SOCKTERM_${name.toUpperCase().replaceAll('-', '_')}`;

type Camel<Name extends string> = Name extends `${infer Head}-${infer Rest}`
	? `${Head}${Capitalize<Camel<Rest>>}`
	: Name;

/** The flag as meow calls it. */
export type FlagName = Camel<SettingName>;

export const flagOf = (name: SettingName): FlagName =>
	name.replaceAll(/-(\w)/g, (_, letter: string) =>
		letter.toUpperCase(),
	) as FlagName;
