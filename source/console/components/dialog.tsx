import {Box} from 'ink';
import type {ReactNode} from 'react';
import {drawFrame, type Spans} from '../format/lines.js';
import {Painted} from './painted.js';
import type {Theme} from '../theme.js';

export interface DialogProps {
	readonly theme: Theme;
	readonly width: number;
	/** All of it; as high as its lines when missing. */
	readonly height?: number;
	readonly title: string;
	/** Keys that work here, at the bottom. */
	readonly footer?: Spans;
	/** Painted, each exactly `innerWidth(width)` cells. */
	readonly lines: readonly string[];
	/** Drawn over the frame, for fields: see `DialogField`. Not cut: what stands there fits. */
	readonly children?: ReactNode;
}

/** A framed box in front of the panes. It is drawn as one text, so that nothing shines through. */
export function Dialog(props: DialogProps) {
	const {theme, width, lines, children} = props;
	const height = props.height ?? lines.length + 2;
	const drawn = drawFrame(theme, {
		width,
		height,
		title: [[props.title, 'strong']],
		...(props.footer ? {footer: props.footer} : {}),
		isFocused: true,
		lines,
	});
	return (
		<Box width={width} height={height} flexShrink={0}>
			<Box position="absolute" left={0} top={0}>
				<Painted lines={drawn} />
			</Box>
			{children}
		</Box>
	);
}

/** A place inside of a dialog: line and column count from its inner corner. */
export function DialogField({
	line,
	column,
	children,
}: {
	readonly line: number;
	readonly column: number;
	readonly children: ReactNode;
}) {
	return (
		<Box position="absolute" left={column + 2} top={line + 1}>
			{children}
		</Box>
	);
}
