/** The one table of everything that a person reads, for both front ends. */
import {cliStrings} from './en-cli.js';
import {errorSentences} from './en-errors.js';
import {inputStrings} from './en-input.js';
import {historyStrings} from './en-history.js';
import {keepStrings} from './en-keep.js';
import {settingStrings} from './en-settings.js';
import {practiceStrings} from './en-practice.js';
import {en} from './en.js';

export {describeError} from './en-errors.js';
export {entriesTitle} from './entries-title.js';
export {presenceText} from './presence.js';

export const strings = {
	...en,
	input: inputStrings,
	errors: errorSentences,
	cli: cliStrings,
	practice: practiceStrings,
	keep: keepStrings,
	history: historyStrings,
	settings: settingStrings,
} as const;
