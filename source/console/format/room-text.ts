/** What happened in a room, as a sentence. */
import type {Row} from '../../engine/index.js';
import {strings} from '../../strings/index.js';

export function roomText(row: Extract<Row, {readonly kind: 'room'}>): string {
	const words = strings.rooms;
	const {name, room, text = '', count = 0} = row;
	switch (row.what) {
		case 'came': {
			return words.came(name);
		}

		case 'went': {
			return words.went(name);
		}

		case 'topic': {
			return text === '' ? words.noTopic(name) : words.topic(name, text);
		}

		case 'missed': {
			return words.missed(count, name);
		}

		case 'invited': {
			return words.invited(name, room);
		}
	}
}
