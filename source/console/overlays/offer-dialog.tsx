import type {Transfer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {Dialog} from '../components/dialog.js';
import {useScrolledLines} from '../components/scrolled-lines.js';
import {composeLine, innerHeight, innerWidth} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {offerEntries, offerFoot, offerHead} from './offer-lines.js';
import {useOverlayKeys} from './use-overlay-keys.js';

export interface OfferDialogProps {
	readonly theme: Theme;
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	readonly transfer: Transfer;
	readonly onAccept: () => void;
	readonly onDecline: () => void;
	/** Closed without an answer. */
	readonly onLater: () => void;
}

/** Enter does nothing here: a line that was just being typed must not accept a file. */
export function OfferDialog(props: OfferDialogProps) {
	const {theme, width, transfer} = props;
	const words = strings.input.offerDialog;
	const inner = innerWidth(width);
	const head = offerHead(transfer, theme, inner);
	const foot = offerFoot(transfer, theme, inner);
	const entries = offerEntries(transfer.entries, theme, inner);
	const blank = composeLine(theme, inner, []);
	const room = innerHeight(props.height) - head.length - foot.length - 2;
	const scrolled = useScrolledLines(entries, Math.max(1, room));
	const canAccept = transfer.entries.some(({refused}) => !refused);
	useOverlayKeys({
		close: props.onLater,
		move: scrolled.move,
		own(name) {
			if (name === 'a' && canAccept) props.onAccept();
			else if (name === 'd') props.onDecline();
			else return name === 'a';
			return true;
		},
	});
	return (
		<Dialog
			theme={theme}
			width={width}
			title={words.title(transfer.entries.length)}
			lines={[...head, blank, ...scrolled.visible, blank, ...foot]}
			footer={[
				...(scrolled.isScrollable
					? ([[`${scrolled.position}  `, 'dim']] as const)
					: []),
				...(canAccept
					? ([
							['a', 'accent'],
							[` ${words.accept}  `, 'dim'],
						] as const)
					: []),
				['d', 'accent'],
				[` ${words.decline}  `, 'dim'],
				['Esc', 'accent'],
				[` ${words.later}`, 'dim'],
			]}
		/>
	);
}
