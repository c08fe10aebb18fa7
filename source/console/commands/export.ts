import type {
	Command,
	ConversationKey,
	ExportFormat,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {toAbsolutePath} from '../input/user-path.js';
import {
	type CommandContext,
	type SlashCommand,
	failed,
	withCommand,
} from './context.js';
import {findPeer, peerNames} from './find-peer.js';

type What = Extract<Command, {type: 'export/write'}>['what'];

const formats = ['text', 'csv', 'ndjson', 'pcapng'] as const;

const byExtension: ReadonlyMap<string, ExportFormat> = new Map([
	['txt', 'text'],
	['log', 'text'],
	['csv', 'csv'],
	['ndjson', 'ndjson'],
	['jsonl', 'ndjson'],
	['pcapng', 'pcapng'],
]);

const everybody = 'all';
const datagrams = 'datagrams';

const formatOf = (word: string | undefined): ExportFormat | undefined =>
	formats.find(format => format === word?.toLowerCase());

function whatOf(
	word: string | undefined,
	{state, conversation}: CommandContext,
): {readonly what: What} | {readonly message: string} {
	if (word === undefined) return {what: conversation};
	if (word.toLowerCase() === datagrams) return {what: datagrams};
	if (word.toLowerCase() === everybody) return {what: everybody};
	const found = findPeer(state, word);
	return found.ok
		? {what: found.peer.key satisfies ConversationKey}
		: {message: found.message};
}

export const exportCommand: SlashCommand = {
	name: 'export',
	usage: 'export [text|csv|ndjson|pcapng] PATH [PEER|all|datagrams]',
	summaryKey: 'export',
	complete(index, {state}, before) {
		const hasFormat = formatOf(before[0]) !== undefined;
		const pathIndex = hasFormat ? 1 : 0;
		const names = [...peerNames(state), everybody, datagrams];
		if (index > pathIndex) return {words: index === pathIndex + 1 ? names : []};
		return {words: index === 0 ? formats : [], paths: true};
	},
	run({words}, context) {
		const sentences = strings.keep.export;
		const [first, ...others] = words;
		const said = others.length > 0 ? formatOf(first) : undefined;
		const [path, word, ...more] = said ? others : words;
		if (path === undefined) return failed(sentences.sayWhere);
		if (more.length > 0) return failed(sentences.tooMany);
		const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
		const format = said ?? byExtension.get(extension);
		if (!format) return failed(sentences.unknownFormat(path));
		const found = whatOf(word, context);
		return 'message' in found
			? failed(found.message)
			: withCommand({
					type: 'export/write',
					what: found.what,
					format,
					path: toAbsolutePath(path),
				});
	},
};
