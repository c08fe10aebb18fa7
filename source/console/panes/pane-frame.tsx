import {Box, Transform} from 'ink';
import {memo, type ReactNode} from 'react';
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

interface PaintedProps {
	readonly lines: readonly string[];
}

const hasSameLines = (left: PaintedProps, right: PaintedProps): boolean =>
	left.lines.length === right.lines.length &&
	left.lines.every((line, index) => line === right.lines[index]);

/**
 * Lines that are painted and cut already. Ink would measure them again in every
 * frame; so it gets one blank a line to lay out, and the line itself only when it
 * writes.
 */
export const Painted = memo(
	({lines}: PaintedProps) => (
		<Transform
			accessibilityLabel={lines.join('\n')}
			transform={(_blank, index) => lines[index] ?? ''}
		>
			{' \n'.repeat(Math.max(0, lines.length - 1))}{' '}
		</Transform>
	),
	hasSameLines,
);
Painted.displayName = 'Painted';
