import {useMemo} from 'react';
import {textOf} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {fitCells} from '../../util/cells.js';
import {useEngine} from '../console-context.js';
import {composeLine, innerWidth} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {TextOverlay} from './text-overlay.js';

export interface SnippetsOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
}

const words = strings.input.bytes.snippets;
const nameCells = 16;
const encoder = new TextEncoder();

/** What is kept: name, key, notation and the line itself. */
export function SnippetsOverlay(props: SnippetsOverlayProps) {
	const {theme, width} = props;
	const snippets = useEngine(state => state.notebook.snippets);
	const lines = useMemo(() => {
		const inner = innerWidth(width);
		const {ellipsis} = theme.glyphs;
		const rows = snippets.map(({name, line, notation, key}) =>
			composeLine(
				theme,
				inner,
				[
					[fitCells(name, nameCells, {ellipsis}), 'accent'],
					[
						`  ${fitCells(strings.input.bytes.notations[notation], 7)}  `,
						'dim',
					],
					// The file may have been written by anybody.
					[textOf(encoder.encode(line))],
				],
				key === undefined ? [] : [[` ${words.onKey(key)}`, 'strong']],
			),
		);
		const hint = snippets.length === 0 ? words.none : words.howTo;
		return [...rows, composeLine(theme, inner, [[hint, 'dim']])];
	}, [theme, width, snippets]);
	return <TextOverlay {...props} title={words.title} lines={lines} />;
}
