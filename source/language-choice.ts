/**
 * Which language sockterm speaks: what the setting `lang` says, and where that is `auto`
 * the locale. It is asked for before anything else, so that a wrong use is told in it.
 */
import {Misuse, usage, wrongSetting} from './flags.js';
import {resolveSetting, type Environment} from './settings/index.js';
import {languageFor, setLanguage} from './strings/index.js';

/** Sets the language for everything from here on. */
export function speak(lang: string | undefined, env: Environment): void {
	setLanguage(languageFor(lang ?? 'auto', env));
}

/** Takes `--lang` out of the arguments, so that netcat's may stand beside it. */
function takeFlag(args: string[]): string | undefined {
	const flag = '--lang';
	const find = () => {
		const end = args.indexOf('--');
		return (end === -1 ? args : args.slice(0, end)).findIndex(
			arg => arg === flag || arg.startsWith(`${flag}=`),
		);
	};

	const index = find();
	if (index === -1) return undefined;
	const [given = ''] = args.splice(index, 1);
	const value =
		given === flag
			? (args.splice(index, 1)[0] ?? '')
			: given.slice(flag.length + 1);
	if (find() !== -1) throw new Misuse(usage.repeatedFlag(flag));
	return value;
}

/**
 * Speaks what the flag or the environment asks for, and gives the flag and the other
 * arguments. Throws a misuse, in the language of the locale, where it asks for none.
 */
export function chooseLanguage(
	given: readonly string[],
	env: Environment,
): {readonly args: readonly string[]; readonly lang: string | undefined} {
	speak(undefined, env);
	const args = [...given];
	const lang = takeFlag(args);
	const config = new Map<never, never>();
	const {value} = resolveSetting(
		{flags: {lang}, env, config, wrong: wrongSetting},
		'lang',
	);
	speak(value, env);
	return {args, lang};
}
