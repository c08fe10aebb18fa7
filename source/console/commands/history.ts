import {strings} from '../../strings/index.js';
import {parseSize} from '../../util/quantities.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';

const dayMs = 86_400_000;

export const history: SlashCommand = {
	name: 'history',
	usage: 'history [days NUMBER|size SIZE]',
	summaryKey: 'history',
	complete: index => ({words: index === 0 ? ['days', 'size'] : []}),
	run({words}, {ui}) {
		const [what, value = '', ...more] = words;
		if (what === undefined) {
			ui.openOverlay({kind: 'historyStats'});
			return done;
		}

		const {usage} = strings.history.stat;
		if (more.length > 0) return failed(usage);
		if (what === 'days') {
			return /^[1-9]\d{0,4}$/.test(value)
				? withCommand({
						type: 'history/retain',
						maxAgeMs: Number(value) * dayMs,
					})
				: failed(usage);
		}

		const maxBytes = what === 'size' ? (parseSize(value) ?? 0) : 0;
		return maxBytes > 0
			? withCommand({type: 'history/retain', maxBytes})
			: failed(usage);
	},
};
