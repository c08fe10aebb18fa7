/** What a setting is now, and all of them as rows. */
import type {EngineState} from '../../engine/index.js';
import {
	presetText,
	settings,
	type LiveSettings,
	type Setting,
} from '../../settings/index.js';
import {strings} from '../../strings/index.js';
import {cellWidth, fitCells, wrapCells} from '../../util/cells.js';
import {parseSize} from '../../util/quantities.js';
import {toAbsolutePath} from '../input/user-path.js';
import type {Theme} from '../theme.js';
import {composeLine} from './lines.js';

export interface ShownSetting {
	/** Undefined where it is none that could be written. */
	readonly value: string | undefined;
	readonly text: string;
	readonly from: string;
}

const dayMs = 86_400_000;

interface Held {
	readonly state: Pick<EngineState, 'self' | 'rateLimit' | 'history'>;
	readonly settings: Pick<LiveSettings, 'get'>;
}

/** What another command has changed since, such as /nick. */
function changedElsewhere(
	{name}: Setting,
	value: string | undefined,
	{self, rateLimit, history}: Held['state'],
): string | undefined {
	if (name === 'name' && self.nick !== '' && self.nick !== value) {
		return self.nick;
	}

	if (name === 'limit' && rateLimit !== parseSize(value ?? '')) {
		return rateLimit === undefined ? 'off' : String(rateLimit);
	}

	// One that could not be used is refused, and the one before holds.
	if (name === 'dir' && value !== undefined && self.receiveFolder !== '') {
		const {receiveFolder} = self;
		return toAbsolutePath(value) === receiveFolder ? undefined : receiveFolder;
	}

	const {maxAgeMs, maxBytes} = history.stat?.retention ?? {};
	if (name === 'history-days' && maxAgeMs !== undefined) {
		const days = String(Math.round(maxAgeMs / dayMs));
		return days === value ? undefined : days;
	}

	if (name === 'history-size' && maxBytes !== undefined) {
		return maxBytes === parseSize(value ?? '') ? undefined : String(maxBytes);
	}

	return undefined;
}

export function shownSetting(setting: Setting, held: Held): ShownSetting {
	const {origins} = strings.settings;
	const {value, from} = held.settings.get(setting.name);
	const other = changedElsewhere(setting, value, held.state);
	const isPreset = value === undefined;
	return {
		value: other ?? value,
		text: other ?? value ?? presetText(setting),
		from:
			other !== undefined && !(isPreset && setting.name === 'name')
				? origins.set
				: origins[from],
	};
}

const nameCells = 18;

/** Each with its value, where that came from, and what it is for. */
export function settingLines(
	theme: Theme,
	width: number,
	held: Held & {readonly settings: LiveSettings},
): string[] {
	const {about, kept, howTo} = strings.settings;
	const {ellipsis} = theme.glyphs;
	const paragraph = (text: string, style: 'bad' | 'dim') =>
		wrapCells(text, width).map(line =>
			composeLine(theme, width, [[line, style]]),
		);
	const rows = settings.flatMap(setting => {
		const {text, from} = shownSetting(setting, held);
		const name = fitCells(setting.name, nameCells, {ellipsis});
		const room = Math.max(1, width - nameCells - cellWidth(from) - 2);
		const fitted =
			cellWidth(text) > room ? fitCells(text, room, {ellipsis}) : text;
		return [
			composeLine(
				theme,
				width,
				[[name, 'accent'], [' '], [fitted, 'strong']],
				[[from, 'dim']],
			),
			...wrapCells(about[setting.name], Math.max(1, width - 2)).map(line =>
				composeLine(theme, width, [[`  ${line}`, 'dim']]),
			),
		];
	});
	const {path, problems} = held.settings;
	return [
		...problems.flatMap(problem => paragraph(problem, 'bad')),
		...rows,
		composeLine(theme, width, []),
		...paragraph(howTo, 'dim'),
		...(path === '' ? [] : paragraph(kept(path), 'dim')),
	];
}
