/** Rows with bytes, made by hand, and the context to lay them out. */
import {stripVTControlCharacters} from 'node:util';
import type {Row} from '../../source/engine/index.js';
import type {LineList} from '../../source/console/format/line-list.js';
import {plainLens} from '../../source/console/format/lens.js';
import type {RowContext} from '../../source/console/format/row-layout.js';
import {createTheme} from '../../source/console/theme.js';
import {peerKey, safe, startOfTest} from './fake-engine.js';

export type FrameRow = Extract<Row, {readonly kind: 'frame'}>;

export const bytesOf = (content: string | readonly number[]): Uint8Array =>
	typeof content === 'string'
		? new TextEncoder().encode(content)
		: Uint8Array.from(content);

/** 你好, 世界 in GBK. */
export const greetingInGbk = [0xc4, 0xe3, 0xba, 0xc3, 0xca, 0xc0, 0xbd, 0xe7];

export function frameRow(
	content: string | readonly number[],
	change: Partial<FrameRow> = {},
): FrameRow {
	return {
		kind: 'frame',
		at: startOfTest + 45,
		order: 1,
		peer: peerKey('nc'),
		name: safe('nc'),
		trust: 'PLAIN',
		bytes: bytesOf(content),
		head: 0,
		tail: 0,
		ending: 'whole',
		offset: 0,
		reads: {first: 1, last: 1, index: 1, count: 1, splits: []},
		...change,
	};
}

export function rowContext(
	width: number,
	change: Partial<RowContext> = {},
): RowContext {
	return {
		theme: createTheme({colour: false, ascii: false}),
		width,
		nameWidth: 4,
		conversation: peerKey('nc'),
		lens: plainLens,
		ownName: 'alice',
		fallbackEncoding: 'gb18030',
		delivery: () => undefined,
		transfer: () => undefined,
		peer: () => undefined,
		...change,
	};
}

/** Without colours, and without the blanks at the end. */
export const shown = (lines: LineList): string[] =>
	lines.slice().map(line => stripVTControlCharacters(line).trimEnd());
