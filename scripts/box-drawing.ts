/** Borders and bars as shapes: fonts leave gaps between rows where a terminal leaves none. */

interface Cell {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

const round = (value: number) => Number(value.toFixed(2));

/** Which of a cell's edges a line reaches: left, right, up, down. */
const lines = new Map<string, string>([
	['─', 'lr'],
	['│', 'ud'],
	['╭', 'rd'],
	['╮', 'ld'],
	['╰', 'ru'],
	['╯', 'lu'],
	['├', 'rud'],
	['┤', 'lud'],
	['┬', 'lrd'],
	['┴', 'lru'],
	['┼', 'lrud'],
]);
const corners = '╭╮╰╯';
const eighths = ' ▁▂▃▄▅▆▇█';
const shades = new Map([
	['░', 0.25],
	['▒', 0.5],
	['▓', 0.75],
]);

function drawLine(character: string, edges: string, cell: Cell): string {
	const {x, y, width, height} = cell;
	const middle = {x: round(x + width / 2), y: round(y + height / 2)};
	const ends: Readonly<Record<string, string>> = {
		l: `${x} ${middle.y}`,
		r: `${round(x + width)} ${middle.y}`,
		u: `${middle.x} ${y}`,
		d: `${middle.x} ${round(y + height)}`,
	};
	if (corners.includes(character)) {
		const [from = 'l', to = 'd'] = edges;
		return `M${ends[from]}Q${middle.x} ${middle.y} ${ends[to]}`;
	}
	return edges
		.split('')
		.map(edge => `M${middle.x} ${middle.y}L${ends[edge]}`)
		.join('');
}

export const isDrawn = (character: string): boolean =>
	lines.has(character) ||
	shades.has(character) ||
	(character !== ' ' && eighths.includes(character));

/** SVG of `count` equal characters side by side in a colour; '' for one that is not drawn. */
export function drawCharacters(
	character: string,
	count: number,
	first: Cell,
	colour: string,
): string {
	const edges = lines.get(character);
	if (edges === 'lr') {
		const y = round(first.y + first.height / 2);
		return `<path d="M${first.x} ${y}H${round(first.x + first.width * count)}" stroke="${colour}" stroke-width="1.2"/>`;
	}
	if (edges !== undefined) {
		const path = Array.from({length: count}, (_, index) =>
			drawLine(character, edges, {
				...first,
				x: round(first.x + index * first.width),
			}),
		).join('');
		return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.2"/>`;
	}
	const shade = shades.get(character);
	const part = shade === undefined ? eighths.indexOf(character) / 8 : 1;
	if (part <= 0) return '';
	const height = round(first.height * part);
	const opacity = shade === undefined ? '' : ` opacity="${shade}"`;
	return `<rect x="${first.x}" y="${round(first.y + first.height - height)}" width="${round(first.width * count)}" height="${height}" fill="${colour}"${opacity}/>`;
}
