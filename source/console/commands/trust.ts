/** Commands about pins and blocks: /whois, /trust, /unpair, /block, /unblock. */
import {
	formatPeerId,
	parseAutoAccept,
	type BlockTarget,
	type EngineState,
	type Peer,
} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {autoAcceptText} from '../format/auto-accept.js';
import {formatDate} from '../format/clock-time.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {namedOrCurrent, peerNames} from './find-peer.js';

const fold = (text: string) => text.normalize('NFC').toLowerCase();

export const pinnedNames = ({trust}: Pick<EngineState, 'trust'>): string[] =>
	trust.book.pins.map(({petname}) => petname);

/** The pin of a name, or of the peer that is meant. */
function pinFor(state: EngineState, word: string | undefined, peer?: Peer) {
	const {pins} = state.trust.book;
	const named =
		word === undefined
			? undefined
			: pins.find(({petname}) => fold(petname) === fold(word));
	return named ?? pins.find(({peerId}) => peerId === peer?.peerId);
}

export const unpair: SlashCommand = {
	name: 'unpair',
	usage: 'unpair [NAME]',
	summaryKey: 'unpair',
	complete: (index, {state}) => ({
		words: index === 0 ? pinnedNames(state) : [],
	}),
	run({words: [word]}, context) {
		const found = namedOrCurrent(word, context);
		const peer = found.ok ? found.peer : undefined;
		const pin = pinFor(context.state, word, peer);
		if (pin) {
			return withCommand({type: 'trust/unpair', petname: pin.petname});
		}

		if (!found.ok) return failed(found.message);
		return failed(strings.input.trust.notVerified(found.peer.name));
	},
};

export const whois: SlashCommand = {
	name: 'whois',
	usage: 'whois [PEER]',
	summaryKey: 'whois',
	complete: (index, {state}) => ({
		words: index === 0 ? [...peerNames(state), ...pinnedNames(state)] : [],
	}),
	run({words: [word]}, context) {
		const {state, ui} = context;
		const words = strings.input.trust.whois;
		const found = namedOrCurrent(word, context);
		const peer = found.ok ? found.peer : undefined;
		const pin = pinFor(state, word, peer);
		if (!peer && !pin && !found.ok) return failed(found.message);
		const peerId = peer?.peerId ?? pin?.peerId;
		const address = peer?.address ?? pin?.target;
		const trust = peer?.trust ?? (pin ? 'VERIFIED' : undefined);
		const name = peer?.name ?? pin?.petname ?? '';
		const facts = [
			trust ? `${name}: ${strings.trust[trust]}` : name,
			...(pin
				? [words.since(formatDate(pin.addedAt)), autoAcceptText(pin)]
				: []),
			...(address ? [formatAddress(address)] : []),
			...(peerId ? [words.id(formatPeerId(peerId))] : [words.noKey]),
			...(peer?.warning
				? [
						strings.input.trust.pairing.warning[peer.warning.kind](
							name,
							peer.warning.petname,
						),
					]
				: []),
		];
		ui.notify(facts.join(', '));
		return done;
	},
};

const accept = 'accept';
const off = 'off';

export const trust: SlashCommand = {
	name: 'trust',
	usage: 'trust NAME accept [SIZE [ENTRIES [SIZE-A-DAY]]]|off',
	summaryKey: 'trust',
	complete(index, {state}, before) {
		if (index === 0) return {words: pinnedNames(state)};
		if (index === 1) return {words: [accept]};
		const pin = index === 2 && pinFor(state, before[0]);
		return {words: pin && pin.autoAccept ? [off] : []};
	},
	run({words: [word, what, ...caps]}, context) {
		const sentences = strings.input.trust.autoAccept;
		const found = namedOrCurrent(word, context);
		const peer = found.ok ? found.peer : undefined;
		const pin = pinFor(context.state, word, peer);
		if (!pin) {
			if (!found.ok) return failed(found.message);
			return failed(strings.input.trust.notVerified(found.peer.name));
		}

		const {petname} = pin;
		if (what === undefined) {
			context.ui.notify(sentences.of(petname, autoAcceptText(pin)));
			return done;
		}

		if (what.toLowerCase() !== accept) return failed(sentences.usage(what));
		if (caps.length === 1 && caps[0]!.toLowerCase() === off) {
			context.ui.notify(sentences.of(petname, sentences.off));
			return withCommand({type: 'trust/autoAccept', petname});
		}

		const read = parseAutoAccept(caps);
		if (!read) return failed(sentences.bad(caps.join(' ')));
		const text = autoAcceptText({...pin, autoAccept: read});
		context.ui.notify(sentences.of(petname, text));
		return withCommand({type: 'trust/autoAccept', petname, caps: read});
	},
};

/** What a word means: an address or a range as it is, else a peer or a pin. */
function blockTarget(
	word: string | undefined,
	context: Parameters<SlashCommand['run']>[1],
): BlockTarget | string {
	if (word !== undefined && /^[\da-f.:]+(\/\d+)?$/i.test(word)) {
		if (/[.:]/.test(word)) return {address: word};
	}

	const pin = word === undefined ? undefined : pinFor(context.state, word);
	if (pin) return {peerId: pin.peerId};
	const found = namedOrCurrent(word, context);
	return found.ok ? {peer: found.peer.key} : found.message;
}

const blocking = (name: 'block' | 'unblock'): SlashCommand => ({
	name,
	usage: `${name} [PEER|ADDRESS]`,
	summaryKey: name,
	complete: (index, {state}) => ({
		words:
			index > 0
				? []
				: name === 'block'
					? peerNames(state)
					: [...peerNames(state), ...state.trust.book.blockedAddresses],
	}),
	run({words: [word]}, context) {
		const target = blockTarget(word, context);
		if (typeof target === 'string') return failed(target);
		return withCommand({type: `trust/${name}`, target});
	},
});

export const block = blocking('block');
export const unblock = blocking('unblock');
