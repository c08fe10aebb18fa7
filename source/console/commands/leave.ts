import type {EngineState} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {openRoom, readRoom, roomNames} from './find-room.js';

const joined = ({datagrams}: EngineState): string[] =>
	datagrams.groups.map(({group, on}) =>
		on === undefined ? group : `${group}%${on}`,
	);

export const leave: SlashCommand = {
	name: 'leave',
	aliases: ['part'],
	usage: 'leave [#ROOM | GROUP[%nic]]',
	summaryKey: 'leave',
	complete: (index, {state}) => ({
		words: index === 0 ? [...roomNames(state), ...joined(state)] : [],
	}),
	run({words}, context) {
		const {state} = context;
		const room =
			words[0] === undefined ? openRoom(context) : readRoom(words[0]);
		if (room !== undefined) return withCommand({type: 'room/leave', room});
		const all = joined(state);
		const group = words[0] ?? (all.length === 1 ? all[0] : undefined);
		return group === undefined
			? failed(strings.input.datagrams.sayGroupToLeave(all))
			: withCommand({type: 'datagram/leave', group});
	},
};
