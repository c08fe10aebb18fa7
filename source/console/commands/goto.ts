import {strings} from '../../strings/index.js';
import type {GotoTarget} from '../history-actions.js';
import {type SlashCommand, done, failed} from './context.js';

const dayMs = 86_400_000;

function startOfDay(at: number): number {
	return new Date(at).setHours(0, 0, 0, 0);
}

/** `2026-11-01`, `2026-11-01 14:30`, `11-01`, `today`, `yesterday`, in local time; undefined where it is none. */
export function readDate(text: string, now: number): number | undefined {
	const word = text.toLowerCase();
	if (word === 'today') return startOfDay(now);
	if (word === 'yesterday') return startOfDay(startOfDay(now) - dayMs / 2);
	const match =
		/^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})(?:[ tT](\d{1,2}):(\d{2}))?$/.exec(text);
	if (!match) return undefined;
	const [, year, month, day, hours = '0', minutes = '0'] = match;
	const numbers = [month, day, hours, minutes].map(Number);
	const [ofYear = 0, ofMonth = 0, hour = 0, minute = 0] = numbers;
	const read = (inYear: number) => {
		const date = new Date(inYear, ofYear - 1, ofMonth, hour, minute);
		const isThere =
			date.getMonth() === ofYear - 1 &&
			date.getDate() === ofMonth &&
			hour < 24 &&
			minute < 60;
		return isThere ? date.getTime() : undefined;
	};

	if (year !== undefined) return read(Number(year));
	// Without a year the last such day that has been.
	const thisYear = new Date(now).getFullYear();
	const at = read(thisYear);
	return at !== undefined && at > now ? read(thisYear - 1) : at;
}

function readTarget(text: string): GotoTarget | undefined {
	if (text === 'unread' || text === 'end') return {kind: text};
	const at = readDate(text, Date.now());
	return at === undefined ? undefined : {kind: 'date', at};
}

export const goTo: SlashCommand = {
	name: 'goto',
	usage: 'goto DATE|unread|end',
	summaryKey: 'goto',
	complete: index => ({
		words: index === 0 ? ['unread', 'end', 'today', 'yesterday'] : [],
	}),
	run({words}, {ui}) {
		const target = readTarget(words.join(' '));
		if (!target) return failed(strings.history.goto.usage);
		const message = ui.goTo(target);
		return message === undefined ? done : failed(message);
	},
};
