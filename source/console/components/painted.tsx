import {Transform} from 'ink';
import {memo} from 'react';

interface PaintedProps {
	readonly lines: readonly string[];
}

const hasSameLines = (left: PaintedProps, right: PaintedProps): boolean =>
	left.lines.length === right.lines.length &&
	left.lines.every((line, index) => line === right.lines[index]);

/**
 * Lines that are painted and cut already. Ink would measure them again in every
 * frame; so it gets one blank a line to lay out, and the line itself only when it
 * writes. An `overflow` around it does not cut it: each line fits already.
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
