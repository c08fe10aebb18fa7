/** The one table of everything that a person reads, for both front ends, in the language of the moment. */
import {chinese} from './chinese.js';
import {english} from './english.js';
import {currentLanguage, type Language} from './language.js';
import {liveView} from './live-view.js';
import type {Translated} from './translated.js';

export type Table = Translated<typeof english>;

const tables: Readonly<Record<Language, Table>> = {en: english, zh: chinese};

export const strings: Table = liveView<Table>(
	english,
	() => tables[currentLanguage()],
);
