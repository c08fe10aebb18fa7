import {
	type PeerKey,
	type RelaySide,
	formatImpairment,
	impairmentWords,
	noImpairment,
	parseImpairment,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {
	type CommandContext,
	type CommandResult,
	type SlashCommand,
	done,
	failed,
	withCommand,
} from './context.js';
import {peerOf} from './find-peer.js';

const sides = ['client', 'server'] as const;
const acts = ['half-close', 'reset'] as const;

const isSide = (word: string): word is RelaySide =>
	word === 'client' || word === 'server';

interface Asked {
	readonly peer: PeerKey;
	readonly side: RelaySide | undefined;
	readonly words: readonly string[];
}

const impairmentsOf = ({state}: CommandContext, peer: PeerKey) =>
	state.impairments.get(peer) ?? {client: noImpairment, server: noImpairment};

function tell(context: CommandContext, {peer}: Asked): CommandResult {
	const {relays} = strings.input;
	const {client, server} = impairmentsOf(context, peer);
	const toClient = formatImpairment(client);
	const toServer = formatImpairment(server);
	context.ui.notify(
		toClient === '' && toServer === ''
			? relays.none
			: relays.is(toClient, toServer),
	);
	return done;
}

function act({peer, side, words}: Asked): CommandResult | undefined {
	const {relays} = strings.input;
	const word = acts.find(each => words.includes(each));
	if (!word) return undefined;
	if (words.length > 1) return failed(relays.alone(word));
	if (word === 'reset') return withCommand({type: 'relay/reset', peer});
	return side
		? withCommand({type: 'relay/halfClose', peer, towards: side})
		: failed(relays.saySide);
}

/** What is not named stays as it is, in each direction. */
function change(context: CommandContext, asked: Asked): CommandResult {
	const before = impairmentsOf(context, asked.peer);
	const commands = [];
	for (const towards of asked.side ? [asked.side] : sides) {
		const read = parseImpairment(asked.words, before[towards]);
		if (!read.ok) return failed(strings.input.relays.problem(read.problem));
		const {impairment} = read;
		commands.push({
			type: 'relay/impair',
			peer: asked.peer,
			towards,
			impairment,
		} as const);
	}

	const [first, second] = commands;
	if (!second) return withCommand(first!);
	context.dispatch(first!);
	return withCommand(second);
}

export const impair: SlashCommand = {
	name: 'impair',
	usage:
		'impair [client|server] delay=50ms jitter=20ms drop=1% corrupt=0.1% split=3 join=100ms rate=10KB|off|half-close|reset',
	summaryKey: 'impair',
	complete(index, _context, before) {
		const named = new Set(before.map(word => word.split('=')[0]));
		const words = impairmentWords
			.filter(word => !named.has(word))
			.map(word => `${word}=`);
		const isFirst = before.every(word => isSide(word));
		return {
			words: [
				...(index === 0 ? sides : []),
				...words,
				...(isFirst ? ['off', ...acts] : []),
			],
		};
	},
	run({words: typed}, context) {
		const peer = peerOf(context.conversation, context.state);
		if (!peer?.relayedTo) return failed(strings.input.relays.notHere);
		const lower = typed.map(word => word.toLowerCase());
		const asked: Asked = {
			peer: peer.key,
			side: lower.find(isSide),
			words: lower.filter(word => !isSide(word)),
		};
		if (asked.words.length === 0) return tell(context, asked);
		return act(asked) ?? change(context, asked);
	},
};
