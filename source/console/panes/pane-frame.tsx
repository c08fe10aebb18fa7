import {Box, Text} from 'ink';
import {memo, type ReactNode} from 'react';
import {useConsole} from '../console-context.js';
import {drawFrame, type Spans} from '../format/lines.js';
import type {PaneRect} from '../layout.js';

export interface PaneFrameProps {
	readonly rect: PaneRect;
	readonly title: Spans;
	readonly titleRight?: Spans;
	readonly footer?: Spans;
	readonly isFocused: boolean;
	/** Painted, each exactly the inner width. */
	readonly lines: readonly string[];
	/** Drawn over the frame. */
	readonly children?: ReactNode;
}

/** A pane at its place, drawn as one text: nothing is left to a layout engine that could push a border. */
export function PaneFrame({rect, children, ...frame}: PaneFrameProps) {
	const {theme} = useConsole();
	const {left, top, width, height} = rect;
	const text = drawFrame(theme, {...frame, width, height}).join('\n');
	return (
		<Box
			position="absolute"
			left={left}
			top={top}
			width={width}
			height={height}
			overflow="hidden"
		>
			<Painted text={text} />
			{children}
		</Box>
	);
}

/** Text that is painted and cut already. */
export const Painted = memo(({text}: {readonly text: string}) => (
	<Text wrap="truncate">{text}</Text>
));
Painted.displayName = 'Painted';
