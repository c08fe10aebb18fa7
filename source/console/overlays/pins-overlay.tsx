import {formatPeerId, type EngineState, type Pin} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {formatAddress} from '../../util/address.js';
import {wrapCells} from '../../util/cells.js';
import {autoAcceptText} from '../format/auto-accept.js';
import {formatDate} from '../format/clock-time.js';
import {composeLine, innerWidth} from '../format/lines.js';
import {trustStyle, type StyleName, type Theme} from '../theme.js';
import {TextOverlay} from './text-overlay.js';

export interface PinsOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	readonly height: number;
	/** Its pins and blocks, and who of them is there. */
	readonly state: EngineState;
	readonly onClose: () => void;
}

const indent = '  ';
/** Two groups tell keys apart in a list; `/whois` shows all of one. */
const shortId = (peerId: Pin['peerId']) => formatPeerId(peerId).slice(0, 9);

/** Every verified peer, there or not, and who is kept out. */
export function PinsOverlay(props: PinsOverlayProps) {
	const {theme, width, state} = props;
	const words = strings.input.trust.pins;
	const inner = innerWidth(width);
	const {pins, blockedKeys, blockedAddresses} = state.trust.book;
	const wrapped = (text: string, style: StyleName) =>
		wrapCells(text, inner - indent.length).map(part =>
			composeLine(theme, inner, [[indent], [part, style]]),
		);
	const isThere = ({peerId}: Pin) =>
		state.peers
			.values()
			.some(peer => peer.peerId === peerId && peer.lifecycle.phase === 'ready');
	const blank = composeLine(theme, inner, []);
	const pinLines = (pin: Pin) => {
		const {peerId, petname, addedAt, target} = pin;
		const trust = blockedKeys.includes(peerId) ? 'BLOCKED' : 'VERIFIED';
		const where = isThere(pin)
			? words.there
			: target
				? words.wasAt(formatAddress(target))
				: words.away;
		const style = trustStyle(trust);
		return [
			composeLine(
				theme,
				inner,
				[
					[`${theme.glyphs.trust[trust]} `, style],
					[petname, 'strong'],
					[` ${strings.trust[trust]}`, style],
				],
				[[`${shortId(peerId)}  ${words.since(formatDate(addedAt))}`, 'dim']],
			),
			...wrapped(`${where}; ${autoAcceptText(pin)}`, 'dim'),
		];
	};

	const unknownKeys = blockedKeys.filter(key =>
		pins.every(({peerId}) => peerId !== key),
	);
	const blocked = [...unknownKeys.map(shortId), ...blockedAddresses];
	const lines = [
		...(pins.length > 0
			? pins.flatMap(pinLines)
			: wrapped(words.none, 'plain')),
		...(blocked.length > 0
			? [
					blank,
					composeLine(theme, inner, [
						[`${theme.glyphs.trust.BLOCKED} `, 'bad'],
						[strings.trust.BLOCKED, 'bad'],
					]),
					...blocked.flatMap(each => wrapped(each, 'plain')),
				]
			: []),
		blank,
		...words.howTo.flatMap(line => wrapped(line, 'dim')),
	];
	return <TextOverlay {...props} title={words.title} lines={lines} />;
}
