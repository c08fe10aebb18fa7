/** One line of the file is changed; the user's own words stay. */
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	configTemplate,
	editConfig,
	readConfig,
	settings,
	tomlValue,
} from '../../source/settings/index.js';

describe('editConfig', () => {
	it.each([
		['# mine\ntcp = 1 # why\nudp = 2\n', '# mine\ntcp = 9 # why\nudp = 2\n'],
		['#tcp = 9090\n# tcp = 5\n', 'tcp = 9\n# tcp = 5\n'],
		['', 'tcp = 9\n'],
		['udp = 1', 'udp = 1\ntcp = 9\n'],
		['udp = 1\n', 'udp = 1\ntcp = 9\n'],
		[
			'udp = 1\n[keys.panes]\ntcp = "x"\n',
			'udp = 1\ntcp = 9\n\n[keys.panes]\ntcp = "x"\n',
		],
		['[keys.panes]\n#tcp = 1\n', 'tcp = 9\n\n[keys.panes]\n#tcp = 1\n'],
		['tcp = """\n1"""\nudp = 1\n', 'tcp = 9\nudp = 1\n'],
		['tcp = 1\r\nudp = 2\r\n', 'tcp = 9\r\nudp = 2\r\n'],
		['tcp = "a # b" # c', 'tcp = 9 # c'],
	])('%j', (before, after) => {
		expect(editConfig(before, 'tcp', '9')).toBe(after);
	});

	it('comments a line out, and gives it back', () => {
		const text = 'name = "a"\ntcp = 1\n';
		const without = editConfig(text, 'tcp', undefined);
		expect(without).toBe('name = "a"\n#tcp = 1\n');
		expect(editConfig(without, 'tcp', '1')).toBe(text);
		expect(editConfig(without, 'tcp', undefined)).toBe(without);
	});

	it('what is written is read again, whatever the text', () => {
		fc.assert(
			fc.property(
				fc
					.string({unit: 'grapheme', minLength: 1, maxLength: 20})
					.filter(text => text.trim() !== '' && !/\p{Cc}/u.test(text)),
				text => {
					const kind = {type: 'text'} as const;
					const edited = editConfig(
						'# x\n',
						'host',
						tomlValue(kind, text.trim()),
					);
					expect(readConfig(edited, 'c').values.get('host')).toBe(text.trim());
				},
			),
		);
	});
});

describe('the first file', () => {
	const template = configTemplate('/home/alice/.config/sockterm/config.toml');

	it('says nothing: every line is a comment', () => {
		for (const line of template.split('\n')) expect(line).toMatch(/^(?:#|$)/);
	});

	it('names every setting with its default, which is one', () => {
		const uncommented = template.replaceAll(/^#(?=[a-z-]+ = )/gm, '');
		const {values, problems} = readConfig(uncommented, 'c');
		// A text without a fixed default stands there empty.
		const named = settings.filter(each => each.preset.startsWith('default-'));
		expect(problems).toHaveLength(named.length);
		expect(Object.fromEntries(values)).toEqual(
			Object.fromEntries(
				settings
					.filter(each => !named.includes(each))
					.map(({name, preset}) => [name, preset]),
			),
		);
	});
});
