/**
 * The settings of a run: what was resolved at the start, and what `/set` has changed
 * since. Decides what holds; what a change does is left to those who listen.
 */
import type {KeyChange} from './config-text.js';
import {resolveSetting, type Resolved, type Sources} from './resolve.js';
import {settingNames, type SettingName} from './table.js';

export interface SettingChange {
	readonly name: SettingName;
	readonly now: Resolved;
	readonly before: Resolved;
}

export interface LiveSettings {
	/** Where they are kept. */
	readonly path: string;
	/** What was wrong in the file when it was read. */
	readonly problems: readonly string[];
	/** Keys that the file changes. */
	readonly keys: readonly KeyChange[];
	get(name: SettingName): Resolved;
	/** Until the end of this run. `value` is one that `readValue` gave. */
	set(name: SettingName, value: string): void;
	/** As it was at the start. False where it has not been set. */
	unset(name: SettingName): boolean;
	/** Writes what holds into the file; undefined takes it out of there. Gives a sentence where that failed. */
	save(
		name: SettingName,
		value: string | undefined,
	): Promise<string | undefined>;
	onChange(listener: (change: SettingChange) => void): () => void;
}

export function createLiveSettings(options: {
	readonly path: string;
	readonly problems: readonly string[];
	readonly keys?: readonly KeyChange[];
	initial(name: SettingName): Resolved;
	save: LiveSettings['save'];
}): LiveSettings {
	const {path, problems, keys = [], save} = options;
	const initial = new Map(
		settingNames.map(name => [name, options.initial(name)]),
	);
	const changed = new Map<SettingName, Resolved>();
	const listeners = new Set<(change: SettingChange) => void>();
	const get = (name: SettingName) => changed.get(name) ?? initial.get(name)!;
	const tell = (name: SettingName, before: Resolved) => {
		const now = get(name);
		if (now.value === before.value) return;
		for (const listener of listeners) listener({name, now, before});
	};

	return {
		path,
		problems,
		keys,
		get,
		set(name, value) {
			const before = get(name);
			changed.set(name, {value, from: 'set'});
			tell(name, before);
		},
		unset(name) {
			const before = get(name);
			if (!changed.delete(name)) return false;
			tell(name, before);
			return true;
		},
		save,
		onChange(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}

/** Where nobody has said anything: what the table says. */
export const presetSettings = (): LiveSettings =>
	createLiveSettings({
		path: '',
		problems: [],
		initial: name => resolveSetting(nothingSaid, name),
		save: async () => undefined,
	});

const nothingSaid: Sources = {
	flags: {},
	env: {},
	config: new Map(),
	wrong(where) {
		throw new Error(where);
	},
};
