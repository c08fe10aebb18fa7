/** Draws the cells of a terminal model as an SVG picture: colours, weights and wide characters as they stand. */
import type {IBufferCell, Terminal as Model} from '@xterm/headless';
import {drawCharacters, isDrawn} from './box-drawing.js';

const cellWidth = 8.4;
const cellHeight = 18;
const fontSize = 14;
const margin = 14;
const titleHeight = 34;

/** The colours of a terminal: its own two, and the 16 named ones; the rest of the 256 follow by rule. */
interface Palette {
	readonly background: string;
	readonly foreground: string;
	readonly frame: string;
	readonly title: string;
	readonly named: readonly string[];
}

export type Paper = 'dark' | 'light';

const palettes: Readonly<Record<Paper, Palette>> = {
	dark: {
		background: '#11151c',
		foreground: '#d5dae3',
		frame: '#2b3340',
		title: '#7d8798',
		named: [
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
		],
	},
	light: {
		background: '#fbfbf9',
		foreground: '#24292f',
		frame: '#cfd4da',
		title: '#6b7480',
		named: [
			'#24292f',
			'#c0293b',
			'#22783b',
			'#8a6100',
			'#1f62b5',
			'#8a3fa0',
			'#0f7277',
			'#c9ced4',
			'#6b7480',
			'#d83a4c',
			'#2c9149',
			'#a67500',
			'#2f78d4',
			'#a355bb',
			'#188a90',
			'#f4f5f6',
		],
	},
};

const hex = (value: number) => value.toString(16).padStart(2, '0');

function indexed(index: number, {named, foreground}: Palette): string {
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
	palette: Palette,
) => {
	if (isRgb) return `#${value.toString(16).padStart(6, '0')}`;
	return isPalette ? indexed(value, palette) : otherwise;
};

interface Style {
	readonly fill: string;
	readonly paper: string;
	readonly bold: boolean;
	readonly italic: boolean;
	readonly dim: boolean;
	readonly underline: boolean;
}

function styleOf(cell: IBufferCell, palette: Palette): Style {
	const ink = colourOf(
		cell.isFgRGB(),
		cell.isFgPalette(),
		cell.getFgColor(),
		palette.foreground,
		palette,
	);
	const paper = colourOf(
		cell.isBgRGB(),
		cell.isBgPalette(),
		cell.getBgColor(),
		palette.background,
		palette,
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
function runsOf(model: Model, row: number, palette: Palette): Run[] {
	const buffer = model.buffer.active;
	const line = buffer.getLine(buffer.baseY + row);
	const runs: Run[] = [];
	for (let column = 0; column < model.cols; column++) {
		const cell = line?.getCell(column);
		const width = cell?.getWidth() ?? 0;
		if (!cell || width === 0) continue;
		const style = styleOf(cell, palette);
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

function drawRun(
	{column, style, text, columns}: Run,
	row: number,
	{background, foreground}: Palette,
): string {
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
export function drawScreen(model: Model, title: string, paper: Paper): string {
	const palette = palettes[paper];
	const width = round(model.cols * cellWidth + 2 * margin);
	const height = titleHeight + model.rows * cellHeight + margin;
	const rows = Array.from({length: model.rows}, (_, row) =>
		runsOf(model, row, palette)
			.map(run => drawRun(run, row, palette))
			.join(''),
	).filter(row => row !== '');
	const buttons = ['#ef6b73', '#e5c76b', '#8ccf7e'].map(
		(fill, index) =>
			`<circle cx="${margin + 6 + index * 18}" cy="17" r="5.5" fill="${fill}"/>`,
	);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">`,
		`<rect width="${width}" height="${height}" rx="9" fill="${palette.background}"/>`,
		`<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8.5" fill="none" stroke="${palette.frame}"/>`,
		...buttons,
		`<text x="${round(width / 2)}" y="21.5" text-anchor="middle" font-family="system-ui, sans-serif" font-size="12.5" fill="${palette.title}">${escape(title)}</text>`,
		`<g font-family="ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${fontSize}" fill="${palette.foreground}" xml:space="preserve">`,
		...rows,
		'</g>',
		'</svg>',
		'',
	].join('\n');
}
