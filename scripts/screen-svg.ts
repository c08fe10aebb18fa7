/** Draws the cells of a terminal model as an SVG picture: colours, weights and wide characters as they stand. */
import type {IBufferCell, Terminal as Model} from '@xterm/headless';
import {drawCharacters, isDrawn} from './box-drawing.js';

const cellWidth = 8.4;
const cellHeight = 18;
const fontSize = 14;
const margin = 14;
const titleHeight = 34;
const background = '#11151c';
const foreground = '#d5dae3';

/** The 16 named colours; the rest of the 256 follow by rule. */
const named = [
	'#1b212b',
	'#ef6b73',
	'#8ccf7e',
	'#e5c76b',
	'#67b0e8',
	'#c47fd5',
	'#6cbfbf',
	'#b3b9c5',
	'#6b7486',
	'#f38b92',
	'#a5dc99',
	'#f0d890',
	'#8cc5f2',
	'#d49ce3',
	'#8fd6d6',
	'#eef1f6',
];

const hex = (value: number) => value.toString(16).padStart(2, '0');

function palette(index: number): string {
	if (index < 16) return named[index] ?? foreground;
	if (index >= 232) return `#${hex(8 + (index - 232) * 10).repeat(3)}`;
	const level = (part: number) => (part === 0 ? 0 : 55 + part * 40);
	const cube = index - 16;
	return `#${hex(level(Math.floor(cube / 36)))}${hex(level(Math.floor(cube / 6) % 6))}${hex(level(cube % 6))}`;
}

const colourOf = (
	isRgb: boolean,
	isPalette: boolean,
	value: number,
	otherwise: string,
) => {
	if (isRgb) return `#${value.toString(16).padStart(6, '0')}`;
	return isPalette ? palette(value) : otherwise;
};

interface Style {
	readonly fill: string;
	readonly paper: string;
	readonly bold: boolean;
	readonly italic: boolean;
	readonly dim: boolean;
	readonly underline: boolean;
}

function styleOf(cell: IBufferCell): Style {
	const ink = colourOf(
		cell.isFgRGB(),
		cell.isFgPalette(),
		cell.getFgColor(),
		foreground,
	);
	const paper = colourOf(
		cell.isBgRGB(),
		cell.isBgPalette(),
		cell.getBgColor(),
		background,
	);
	const isInverse = cell.isInverse() !== 0;
	return {
		fill: isInverse ? paper : ink,
		paper: isInverse ? ink : paper,
		bold: cell.isBold() !== 0,
		italic: cell.isItalic() !== 0,
		dim: cell.isDim() !== 0,
		underline: cell.isUnderline() !== 0,
	};
}

const escape = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const round = (value: number) => Number(value.toFixed(2));

interface Run {
	readonly column: number;
	readonly style: Style;
	text: string;
	columns: number;
}

/** Neighbouring cells of one style; a wide character stands alone, so that no font moves what follows it. */
function runsOf(model: Model, row: number): Run[] {
	const buffer = model.buffer.active;
	const line = buffer.getLine(buffer.baseY + row);
	const runs: Run[] = [];
	for (let column = 0; column < model.cols; column++) {
		const cell = line?.getCell(column);
		const width = cell?.getWidth() ?? 0;
		if (!cell || width === 0) continue;
		const style = styleOf(cell);
		const text = cell.getChars() || ' ';
		const last = runs.at(-1);
		const joins =
			last !== undefined &&
			width === 1 &&
			last.columns === last.text.length &&
			last.column + last.columns === column &&
			// Equal drawn characters go together, and never with text.
			(isDrawn(text) || isDrawn(last.text.charAt(0))
				? last.text.charAt(0) === text
				: true) &&
			JSON.stringify(last.style) === JSON.stringify(style);
		if (joins) {
			last.text += text;
			last.columns += width;
		} else {
			runs.push({column, style, text, columns: width});
		}
	}
	return runs;
}

function drawRun({column, style, text, columns}: Run, row: number): string {
	const x = round(margin + column * cellWidth);
	const y = titleHeight + row * cellHeight;
	const width = round(columns * cellWidth);
	const parts: string[] = [];
	if (style.paper !== background) {
		parts.push(
			`<rect x="${x}" y="${y}" width="${width}" height="${cellHeight}" fill="${style.paper}"/>`,
		);
	}
	if (isDrawn(text.charAt(0))) {
		const first = {x, y, width: cellWidth, height: cellHeight};
		parts.push(drawCharacters(text.charAt(0), columns, first, style.fill));
	} else if (text.trim() !== '') {
		// Blanks at the ends are left out: a wide character alone counts two columns.
		const leading = text.length - text.trimStart().length;
		const blanks = text.length - text.trim().length;
		const attributes = [
			`x="${round(x + leading * cellWidth)}"`,
			`y="${y + 13.5}"`,
			`textLength="${round(width - blanks * cellWidth)}"`,
			...(style.fill === foreground ? [] : [`fill="${style.fill}"`]),
			...(style.bold ? ['font-weight="700"'] : []),
			...(style.italic ? ['font-style="italic"'] : []),
			...(style.dim ? ['opacity="0.6"'] : []),
			...(style.underline ? ['text-decoration="underline"'] : []),
		];
		parts.push(`<text ${attributes.join(' ')}>${escape(text.trim())}</text>`);
	}
	return parts.join('');
}

/** The visible screen as one SVG document in a window frame with a title. */
export function drawScreen(model: Model, title: string): string {
	const width = round(model.cols * cellWidth + 2 * margin);
	const height = titleHeight + model.rows * cellHeight + margin;
	const rows = Array.from({length: model.rows}, (_, row) =>
		runsOf(model, row)
			.map(run => drawRun(run, row))
			.join(''),
	).filter(row => row !== '');
	const buttons = ['#ef6b73', '#e5c76b', '#8ccf7e'].map(
		(fill, index) =>
			`<circle cx="${margin + 6 + index * 18}" cy="17" r="5.5" fill="${fill}"/>`,
	);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">`,
		`<rect width="${width}" height="${height}" rx="9" fill="${background}"/>`,
		`<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8.5" fill="none" stroke="#2b3340"/>`,
		...buttons,
		`<text x="${round(width / 2)}" y="21.5" text-anchor="middle" font-family="system-ui, sans-serif" font-size="12.5" fill="#7d8798">${escape(title)}</text>`,
		`<g font-family="ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${fontSize}" fill="${foreground}" xml:space="preserve">`,
		...rows,
		'</g>',
		'</svg>',
		'',
	].join('\n');
}
