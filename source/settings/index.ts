/** What others may use of the settings. */
export {
	noConfig,
	readConfig,
	type Config,
	type KeyChange,
} from './config-text.js';
export {editConfig, tomlValue} from './config-edit.js';
export {configTemplate, presetText} from './config-template.js';
export {offeredValues, readValue, type Kind} from './kinds.js';
export {
	createLiveSettings,
	presetSettings,
	type LiveSettings,
	type SettingChange,
} from './live-settings.js';
export {
	resolveSetting,
	type Environment,
	type GivenFlags,
	type Origin,
	type Resolved,
	type Sources,
} from './resolve.js';
export {
	findSetting,
	flagOf,
	settingNames,
	settingOf,
	settings,
	variableOf,
	type FlagName,
	type Setting,
	type SettingName,
} from './table.js';
