import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {openRoom} from './find-room.js';

const none = '-delete';

export const topic: SlashCommand = {
	name: 'topic',
	usage: 'topic [TEXT | -delete]',
	summaryKey: 'topic',
	complete: index => ({words: index === 0 ? [none] : []}),
	run({words, rest}, context) {
		const room = openRoom(context);
		const sentences = strings.rooms;
		if (room === undefined) return failed(sentences.openRoom);
		const text = rest(0);
		if (text !== '') {
			const isNone = words.length === 1 && text === none;
			return withCommand({
				type: 'room/setTopic',
				room,
				topic: isNone ? '' : text,
			});
		}

		const held = context.state.rooms.get(room)?.topic;
		context.ui.notify(
			held && held.text !== ''
				? sentences.topicIs(room, held.text, held.name)
				: sentences.noTopicYet(room),
		);
		return done;
	},
};
