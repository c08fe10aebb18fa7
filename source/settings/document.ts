/** The table of `docs/configuration.md`, a row for each setting. */
import {strings} from '../strings/index.js';
import {presetText} from './config-template.js';
import {settings, variableOf} from './table.js';

export function documentRows(): string[] {
	const {about, allowed} = strings.settings;
	return settings.map(setting => {
		const {name, kind, applies} = setting;
		const cells = [
			`\`${name}\``,
			about[name],
			allowed(kind),
			presetText(setting),
			`\`${variableOf(name)}\``,
			applies === 'now' ? 'at once' : 'next start',
		];
		return `| ${cells.join(' | ')} |`;
	});
}
