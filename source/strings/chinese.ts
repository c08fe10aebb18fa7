/** Every sentence that a person reads, in Chinese. A file `zh-*.ts` translates the `en-*.ts` beside it. */
import type {english} from './english.js';
import type {Translated} from './translated.js';
import {zh} from './zh.js';
import {cliStrings} from './zh-cli.js';
import {errorSentences} from './zh-errors.js';
import {historyStrings} from './zh-history.js';
import {inputStrings} from './zh-input.js';
import {keepStrings} from './zh-keep.js';
import {linearStrings} from './zh-linear.js';
import {practiceStrings} from './zh-practice.js';
import {roomStrings} from './zh-rooms.js';
import {settingStrings} from './zh-settings.js';

export const chinese: Translated<typeof english> = {
	...zh,
	input: inputStrings,
	errors: errorSentences,
	cli: cliStrings,
	practice: practiceStrings,
	keep: keepStrings,
	history: historyStrings,
	rooms: roomStrings,
	settings: settingStrings,
	linear: linearStrings,
};
