/** Every sentence that a person reads, in English: the table that the others translate. */
import {cliStrings} from './en-cli.js';
import {errorSentences} from './en-errors.js';
import {historyStrings} from './en-history.js';
import {inputStrings} from './en-input.js';
import {keepStrings} from './en-keep.js';
import {linearStrings} from './en-linear.js';
import {practiceStrings} from './en-practice.js';
import {roomStrings} from './en-rooms.js';
import {settingStrings} from './en-settings.js';
import {en} from './en.js';

export const english = {
	...en,
	input: inputStrings,
	errors: errorSentences,
	cli: cliStrings,
	practice: practiceStrings,
	keep: keepStrings,
	history: historyStrings,
	rooms: roomStrings,
	settings: settingStrings,
	linear: linearStrings,
} as const;
