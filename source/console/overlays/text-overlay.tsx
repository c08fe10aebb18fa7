import {strings} from '../../strings/index.js';
import {Dialog} from '../components/dialog.js';
import {keyHints} from '../components/key-hints.js';
import {useScrolledLines} from '../components/scrolled-lines.js';
import {innerHeight} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {useOverlayKeys} from './use-overlay-keys.js';

export interface TextOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	readonly title: string;
	/** Painted, each exactly the inner width. */
	readonly lines: readonly string[];
	/** Sees a key's name first; true: it was taken. */
	readonly own?: (name: string) => boolean;
	readonly onClose: () => void;
}

/** Something to read and scroll. `q` and `?` close it too. */
export function TextOverlay(props: TextOverlayProps) {
	const {theme, width, lines} = props;
	const scrolled = useScrolledLines(lines, innerHeight(props.height));
	useOverlayKeys({
		close: props.onClose,
		move: scrolled.move,
		own(name) {
			if (props.own?.(name)) return true;
			if (name !== 'q' && name !== '?') return false;
			props.onClose();
			return true;
		},
	});
	return (
		<Dialog
			theme={theme}
			width={width}
			title={props.title}
			lines={scrolled.visible}
			footer={[
				...(scrolled.isScrollable
					? ([
							[strings.input.help.more(scrolled.position), 'dim'],
							['  '],
						] as const)
					: []),
				...keyHints(theme, [['escape', 'close']]),
			]}
		/>
	);
}
