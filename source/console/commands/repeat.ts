import {describeError, strings} from '../../strings/index.js';
import {previewBytes} from '../../engine/index.js';
import {parseDurationMs} from '../../util/durations.js';
import {type SlashCommand, failed, withCommand} from './context.js';
import {peerNames} from './find-peer.js';
import {plainPeer} from './typed.js';

const sentences = strings.input.bytes.repeat;
const periods = ['stop', '100ms', '500ms', '1s', '10s', '1m'];

export const repeat: SlashCommand = {
	name: 'repeat',
	usage: 'repeat 500ms [x10] TEXT',
	summaryKey: 'repeat',
	complete(index, {state}, before) {
		if (index === 0) return {words: periods};
		const isStop = index === 1 && before[0] === 'stop';
		return {
			words: isStop ? peerNames(state, ({kind}) => kind !== 'peer') : [],
		};
	},
	run({words, rest}, context) {
		const [period, second] = words;
		if (period === undefined) return failed(sentences.say);
		const isStop = period === 'stop';
		const found = plainPeer(isStop ? second : undefined, context);
		if (!found.ok) return failed(found.message);
		const {key: peer, encoding} = found.peer;
		if (isStop) return withCommand({type: 'stream/stopRepeat', peer});
		// A number alone is more likely the beginning of what is to be sent.
		const everyMs = /[a-z]$/i.test(period)
			? parseDurationMs(period)
			: undefined;
		if (everyMs === undefined) return failed(sentences.badPeriod(period));
		const count = /^x(\d{1,15})$/i.exec(second ?? '')?.[1];
		const line = rest(count === undefined ? 1 : 2);
		if (line === '') return failed(sentences.say);
		const {notation = 'text'} = context;
		const preview = previewBytes(line, notation, {encoding, nowMs: Date.now()});
		if (preview.kind === 'error') return failed(describeError(preview.error));
		return withCommand({
			type: 'stream/repeat',
			peer,
			line,
			notation,
			everyMs,
			...(count === undefined ? {} : {count: Number(count)}),
		});
	},
};
