import {Box} from 'ink';
import type {ReactNode} from 'react';
import {Painted} from '../components/painted.js';
import {useConsole} from '../console-context.js';
import {drawFrame, type Spans} from '../format/lines.js';
import type {PaneRect} from '../layout.js';

export interface PaneFrameProps {
	readonly rect: PaneRect;
	readonly title: Spans;
	readonly titleRight?: Spans;
	readonly footer?: Spans;
	readonly footerLeft?: Spans;
	readonly isFocused: boolean;
	/** Painted, each exactly the inner width. */
	readonly lines: readonly string[];
	/** Drawn over the frame. */
	readonly children?: ReactNode;
}

/** A pane at its place, drawn as one text: nothing is left to a layout engine that could push a border. */
export function PaneFrame({rect, children, ...frame}: PaneFrameProps) {
	const {theme} = useConsole();
	const {left, top, width, height, isBare = false} = rect;
	const drawn = drawFrame(theme, {...frame, width, height, isBare});
	return (
		<Box
			position="absolute"
			left={left}
			top={top}
			width={width}
			height={height}
		>
			<Painted lines={drawn} />
			{children}
		</Box>
	);
}
