/** What a changed setting does at once, and what the file said that cannot be. */
import type {Command} from '../engine/index.js';
import {languageFor, setLanguage, strings} from '../strings/index.js';
import type {
	LiveSettings,
	SettingChange,
	SettingName,
} from '../settings/index.js';
import {parseSize} from '../util/quantities.js';
import {changeKeys} from './input/key-changes.js';
import type {PresetName} from './input/key-presets.js';
import {holdKeys} from './input/keymap.js';
import {toAbsolutePath} from './input/user-path.js';
import type {Notice} from './store.js';
import type {Looks} from './theme.js';

export function looksOf(settings: Pick<LiveSettings, 'get'>): Looks {
	return {
		theme: settings.get('theme').value,
		borders: settings.get('borders').value,
		times: settings.get('times').value,
	};
}

/** Makes the keys those of the settings; sentences about the ones of the file. */
export function applyKeys(settings: LiveSettings): readonly string[] {
	const preset = settings.get('key-preset').value as PresetName;
	const {table, problems} = changeKeys(preset, settings.keys, settings.path);
	holdKeys(table);
	return problems;
}

const dayMs = 86_400_000;

/** The command that a change is for the engine. */
function commandFor({name, now}: SettingChange): Command | undefined {
	const {value} = now;
	switch (name) {
		case 'name': {
			return value === undefined
				? undefined
				: {type: 'self/setNick', nick: value};
		}

		case 'limit': {
			const bytesPerSecond = parseSize(value ?? '');
			return {
				type: 'transfer/limit',
				...(bytesPerSecond === undefined ? {} : {bytesPerSecond}),
			};
		}

		case 'at-once': {
			return {type: 'transfer/setAtOnce', count: Number(value)};
		}

		case 'encoding': {
			return value === undefined
				? undefined
				: {type: 'self/choose', fallbackEncoding: value};
		}

		case 'dir': {
			return value === undefined
				? undefined
				: {type: 'self/choose', receiveFolder: toAbsolutePath(value)};
		}

		case 'require-verified': {
			return {type: 'self/choose', requireVerified: value === 'on'};
		}

		case 'no-plain': {
			return {type: 'self/choose', noPlain: value === 'on'};
		}

		case 'backfill': {
			return {type: 'self/choose', backfill: value === 'on'};
		}

		case 'history-days': {
			const maxAgeMs = Number(value) * dayMs;
			return {type: 'history/retain', maxAgeMs, forThisRun: true};
		}

		case 'history-size': {
			const maxBytes = parseSize(value ?? '');
			return maxBytes === undefined
				? undefined
				: {type: 'history/retain', maxBytes, forThisRun: true};
		}

		default: {
			return undefined;
		}
	}
}

/** What is seen at once. */
const looks = new Set<SettingName>(['theme', 'borders', 'times', 'key-preset']);

/** Returns what ends it. */
export function followSettings(options: {
	readonly settings: LiveSettings;
	readonly env: Readonly<Record<string, string | undefined>>;
	dispatch(command: Command): void;
	notify(text: string, tone: Notice['tone']): void;
	/** The looks are others. */
	redraw(): void;
}): () => void {
	const {settings, env, dispatch, notify, redraw} = options;
	const [first, ...more] = settings.problems;
	if (first !== undefined) {
		const others = more.length === 0 ? '' : strings.settings.more(more.length);
		notify(first + others, 'bad');
	}

	return settings.onChange(change => {
		const {name, now} = change;
		if (name === 'lang') setLanguage(languageFor(now.value ?? 'auto', env));
		if (name === 'key-preset') applyKeys(settings);
		if (looks.has(name)) redraw();
		const command = commandFor(change);
		if (command) dispatch(command);
	});
}
