/** The file of settings as it is first written: every setting explained, every line commented out. */
import {strings} from '../strings/index.js';
import {tomlValue} from './config-edit.js';
import {settings, type Setting} from './table.js';

const comment = (text: string) =>
	text
		.split('\n')
		.map(line => `# ${line}`)
		.join('\n');

/** The default in words, where it is no fixed value. */
export function presetText({preset}: Pick<Setting, 'preset'>): string {
	const named: Readonly<Record<string, string>> = strings.settings.presets;
	return named[preset] ?? preset;
}

function entry(setting: Setting): string {
	const {about, allowed, template} = strings.settings;
	const {name, kind, preset, applies} = setting;
	const explained = [
		about[name],
		`${template.allowed(allowed(kind))} ${template.preset(presetText(setting))}`,
		...(applies === 'restart' ? [template.restart] : []),
	].join('\n');
	const isNamed = preset.startsWith('default-');
	const example = `#${name} = ${tomlValue(kind, isNamed ? '' : preset)}`;
	return `${comment(explained)}\n${example}\n`;
}

export function configTemplate(path: string): string {
	const {head} = strings.settings.template;
	return `${comment(head(path))}\n\n${settings.map(entry).join('\n')}`;
}
