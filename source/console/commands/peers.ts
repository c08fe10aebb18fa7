import {type SlashCommand, done} from './context.js';

/** The list of who is there, and in front of it those who are verified or kept out, where there are any. */
export const peers: SlashCommand = {
	name: 'peers',
	usage: 'peers',
	summaryKey: 'peers',
	run(_args, {ui, state}) {
		ui.focusPane('peers');
		const {pins, blockedKeys, blockedAddresses} = state.trust.book;
		const hasMore = [pins, blockedKeys, blockedAddresses].some(
			each => each.length > 0,
		);
		if (hasMore) ui.openOverlay({kind: 'pins'});
		return done;
	},
};
