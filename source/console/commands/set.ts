/** `/set` and `/unset`: every setting of the table, its name and its values. */
import {offeredEncodings} from '../../engine/index.js';
import {
	findSetting,
	offeredValues,
	readValue,
	settingNames,
	type Setting,
} from '../../settings/index.js';
import {strings} from '../../strings/index.js';
import {nearestName} from '../../util/nearest-name.js';
import {shownSetting} from '../format/setting-lines.js';
import {
	type CommandContext,
	type CommandResult,
	type SlashCommand,
	done,
	failed,
} from './context.js';

const saveFlag = '-save';

/** The words without `-save`, wherever it stands in front. */
function split(words: readonly string[]) {
	const isSaved = words[0] === saveFlag || words[0] === '--save';
	return {isSaved, rest: isSaved ? words.slice(1) : words};
}

const noSuch = (name: string) =>
	failed(strings.settings.noSuch(name, nearestName(settingNames, name)));

/** Writes what is to hold; the sentence comes when it is on disk. */
function save(
	{name, applies}: Setting,
	value: string | undefined,
	{settings, ui}: CommandContext,
): CommandResult {
	const {saved, savedForStart, takenOut} = strings.settings;
	const {path} = settings;
	const written = applies === 'now' ? saved : savedForStart;
	void settings.save(name, value).then(problem => {
		if (problem !== undefined) ui.notify(problem, 'bad');
		else if (value === undefined) ui.notify(takenOut(name, path));
		else ui.notify(written(name, value, path));
	});
	return done;
}

function change(
	setting: Setting,
	given: string,
	isSaved: boolean,
	context: CommandContext,
): CommandResult {
	const {name, kind, applies} = setting;
	const words = strings.settings;
	const value = readValue(kind, given);
	if (value === undefined) return failed(words.takes(name, given, kind));
	if (applies === 'restart' && !isSaved) {
		return failed(words.atStart(name, value));
	}

	if (applies === 'now') context.settings.set(name, value);
	if (isSaved) return save(setting, value, context);
	context.ui.notify(words.now(name, value));
	return done;
}

export const set: SlashCommand = {
	name: 'set',
	usage: 'set [-save] [NAME [VALUE]]',
	summaryKey: 'set',
	complete(index, _context, before) {
		const {isSaved, rest} = split(before);
		const place = isSaved ? index - 1 : index;
		if (place === 0) {
			return {words: isSaved ? settingNames : [...settingNames, saveFlag]};
		}

		const setting = findSetting(rest[0] ?? '');
		if (place !== 1 || !setting) return {};
		return setting.kind.type === 'folder'
			? {paths: 'folders'}
			: {words: offeredValues(setting.kind, offeredEncodings())};
	},
	run({words}, context) {
		const {isSaved, rest} = split(words);
		const [name, ...values] = rest;
		if (name === undefined) {
			context.ui.openOverlay({kind: 'settings'});
			return done;
		}

		const setting = findSetting(name.toLowerCase());
		if (!setting) return noSuch(name);
		if (values.length > 0) {
			// `name = value` is what the file has.
			const given = values[0] === '=' ? values.slice(1) : values;
			return change(setting, given.join(' '), isSaved, context);
		}

		const {value, text, from} = shownSetting(setting, context);
		if (isSaved) return save(setting, value, context);
		context.ui.notify(strings.settings.is(setting.name, text, from));
		return done;
	},
};

export const unset: SlashCommand = {
	name: 'unset',
	usage: 'unset [-save] NAME',
	summaryKey: 'unset',
	complete(index, {state: _state}, before) {
		const {isSaved} = split(before);
		return {words: index === (isSaved ? 1 : 0) ? settingNames : []};
	},
	run({words}, context) {
		const {isSaved, rest} = split(words);
		const [name] = rest;
		const {sayName, notSet, is, origins} = strings.settings;
		if (name === undefined) return failed(sayName);
		const setting = findSetting(name.toLowerCase());
		if (!setting) return noSuch(name);
		const wasSet = context.settings.unset(setting.name);
		if (isSaved) return save(setting, undefined, context);
		if (!wasSet) return failed(notSet(setting.name));
		// What the engine makes of it comes later; a default that is no value is known to it alone.
		const {value, from: origin} = context.settings.get(setting.name);
		const {text, from} =
			value === undefined
				? shownSetting(setting, context)
				: {text: value, from: origins[origin]};
		context.ui.notify(is(setting.name, text, from));
		return done;
	},
};
