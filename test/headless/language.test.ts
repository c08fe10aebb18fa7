/** Which language is spoken: flag, variable, locale; and what stays English in any. */
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {readCommandLine} from '../../source/command-line.js';
import {initialState} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {toNdjson} from '../../source/headless/ndjson.js';
import {chooseLanguage} from '../../source/language-choice.js';
import {
	currentLanguage,
	describeError,
	setLanguage,
	strings,
} from '../../source/strings/index.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

afterEach(() => {
	vi.unstubAllEnvs();
	setLanguage('en');
});

describe('the language', () => {
	test.each([
		[[], {LANG: 'zh_CN.UTF-8'}, 'zh'],
		[[], {LANG: 'en_US.UTF-8'}, 'en'],
		[[], {LANG: 'de_DE.UTF-8'}, 'en'],
		[[], {}, 'en'],
		[[], {LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW'}, 'zh'],
		[[], {LANG: 'zh_CN', LC_MESSAGES: 'en_GB'}, 'en'],
		[[], {LANG: 'zh_CN', LC_MESSAGES: 'zh_CN', LC_ALL: 'C.UTF-8'}, 'en'],
		[[], {LANG: 'zh_CN', SOCKTERM_LANG: 'en'}, 'en'],
		[[], {SOCKTERM_LANG: 'zh'}, 'zh'],
		[['--lang', 'zh'], {SOCKTERM_LANG: 'en'}, 'zh'],
		[['--lang=zh'], {}, 'zh'],
		[['--lang', 'en'], {LANG: 'zh_CN.UTF-8'}, 'en'],
		[['--lang', 'auto'], {LANG: 'zh_CN', SOCKTERM_LANG: 'en'}, 'zh'],
	] as const)('%j with %j is %s', (args, env, language) => {
		expect(chooseLanguage(args, env).args).toEqual([]);
		expect(currentLanguage()).toBe(language);
	});

	test('is taken out of what a verb or netcat reads, and no further than --', () => {
		expect(
			chooseLanguage(['-l', '--lang', 'zh', '9000', '--', '--lang', 'en'], {}),
		).toEqual({args: ['-l', '9000', '--', '--lang', 'en'], lang: 'zh'});
		expect(currentLanguage()).toBe('zh');
	});

	test.each([
		[['--lang', 'fr'], '--lang', 'fr'],
		[['--lang'], '--lang', ''],
		[['--lang', 'zh', '--lang', 'en'], '--lang', ''],
	])('%j is a misuse', (args, flag, value) => {
		const request = readCommandLine(args, '0.0.0');
		expect(request).toMatchObject({kind: 'misuse'});
		const {sentence} = request as {sentence: string};
		expect(sentence).toContain(flag);
		expect(sentence).toContain(value);
	});

	test.each([
		[[], {}, 'zh'],
		[[], {SOCKTERM_LANG: 'en'}, 'en'],
		[['--lang', 'en'], {}, 'en'],
	])('of the file is below the others: %j, %j', (args, env, language) => {
		const folder = createTemporaryFolder();
		onTestFinished(() => folder.remove());
		const path = join(folder.path, 'config.toml');
		writeFileSync(path, 'lang = "zh"\nnonsense = 1\n');
		vi.stubEnv('SOCKTERM_LANG', '');
		for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
		const request = readCommandLine(['id', '--config', path, ...args], '0.0.0');
		expect(currentLanguage()).toBe(language);
		expect(request).toMatchObject({
			warnings: [
				expect.stringContaining(language === 'zh' ? '没有设置' : 'no setting'),
			],
		});
	});

	test('of a misuse is the one that was asked for', () => {
		vi.stubEnv('SOCKTERM_LANG', 'fr');
		vi.stubEnv('LC_ALL', 'zh_CN.UTF-8');
		const {sentence} = readCommandLine([], '0.0.0') as {sentence: string};
		expect(sentence).toBe('SOCKTERM_LANG 的值应为：auto、en、zh；不能是“fr”。');
	});
});

describe('what is kept of the table', () => {
	test('follows the language; of errors only the sentence does', () => {
		const {composer} = strings;
		const error = errorInfo('portTaken', {port: 9090, kind: 'tcp'});
		const english = describeError(error);
		const line = () =>
			toNdjson({type: 'command/refused', error, at: 0} as never, initialState);
		const before = line();
		expect(before).toContain(english);
		setLanguage('zh');
		expect(composer.placeholder).toBe('输入消息，或以 / 开头输入命令');
		expect(describeError(error)).toMatch(/^端口 9090 .*--tcp 9091.*。$/);
		expect(line()).toBe(before);
		setLanguage('en');
		expect(composer.placeholder).toBe('type a message, or / for a command');
		expect(describeError(error)).toBe(english);
	});
});
