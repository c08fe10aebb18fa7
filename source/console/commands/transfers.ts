import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed} from './context.js';

const views = ['all', 'failed', 'partial'];

export const transfers: SlashCommand = {
	name: 'transfers',
	usage: 'transfers [all|failed|partial]',
	summaryKey: 'transfers',
	complete: index => ({words: index === 0 ? views : []}),
	run({words}, {ui}) {
		const [view = 'all'] = words;
		if (view === 'partial' || view === 'partials') {
			ui.openOverlay({kind: 'partials'});
		} else if (view === 'all' || view === 'failed') {
			ui.showTransfers(view);
		} else {
			return failed(strings.input.transfers.unknownView(view));
		}

		return done;
	},
};
