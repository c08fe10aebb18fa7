import type {EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';

const joined = ({datagrams}: EngineState): string[] =>
	datagrams.groups.map(({group, on}) =>
		on === undefined ? group : `${group}%${on}`,
	);

export const leave: SlashCommand = {
	name: 'leave',
	usage: 'leave GROUP[%nic]',
	summaryKey: 'leave',
	complete: (index, {state}) => ({words: index === 0 ? joined(state) : []}),
	run({words}, {state}) {
		const all = joined(state);
		const group = words[0] ?? (all.length === 1 ? all[0] : undefined);
		return group === undefined
			? failed(strings.input.datagrams.sayGroupToLeave(all))
			: withCommand({type: 'datagram/leave', group});
	},
};
