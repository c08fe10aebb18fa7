import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';

export const join: SlashCommand = {
	name: 'join',
	usage: 'join GROUP[%nic]',
	summaryKey: 'join',
	run({words}) {
		const [group] = words;
		return group === undefined
			? failed(strings.input.datagrams.sayGroup)
			: withCommand({type: 'datagram/join', group});
	},
};
