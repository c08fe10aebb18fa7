/** Every sentence that a person reads, in English and Chinese. */
export {describeError, describeErrorInEnglish} from './describe-error.js';
export {entriesTitle} from './entries-title.js';
export {
	currentLanguage,
	languageFor,
	languages,
	onLanguageChange,
	setLanguage,
	type Language,
} from './language.js';
export {presenceText} from './presence.js';
export {strings, type Table} from './strings.js';
