/**
 * Which language sentences are in, on this thread. It can change at any time: whoever
 * keeps what was made of sentences asks `currentLanguage` again, or is told.
 */
export const languages = ['en', 'zh'] as const;

export type Language = (typeof languages)[number];

let current: Language = 'en';
const listeners = new Set<() => void>();

export const currentLanguage = (): Language => current;

/** With immediate effect: every sentence that is read from now on is in it. */
export function setLanguage(language: Language): void {
	if (language === current) return;
	current = language;
	for (const listener of listeners) listener();
}

/** Gives the way to stop it. */
export function onLanguageChange(listener: () => void): () => void {
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
	};
}

type Environment = Readonly<Record<string, string | undefined>>;

/** That of the terminal's user: what POSIX asks for messages, in its order. */
function languageOfLocale(env: Environment): Language {
	const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
	return /^zh/i.test(locale) ? 'zh' : 'en';
}

/** The one that the setting `lang` names; any other word, such as `auto`: that of the locale. */
export const languageFor = (lang: string, env: Environment): Language =>
	languages.find(each => each === lang) ?? languageOfLocale(env);
