/** Where everything stands for a terminal's size; pure. Sizes in cells. */

export const paneNames = [
	'peers',
	'conversation',
	'transfers',
	'datagrams',
] as const;
export type PaneName = (typeof paneNames)[number];
/** The panes that share the middle where there are no three columns. */
export type TabName = Exclude<PaneName, 'peers'>;

export interface PaneRect {
	readonly pane: PaneName;
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
	/** The other panes that share this place: its title is a row of tabs. */
	readonly tabs: readonly PaneName[];
	/** Alone on the screen and without borders at its sides, so that the terminal selects its text alone. */
	readonly isBare?: true;
}

export type Layout =
	| {readonly kind: 'tooSmall'}
	| {
			readonly kind: 'columns' | 'tabs' | 'single';
			readonly columns: number;
			readonly rows: number;
			readonly panes: readonly PaneRect[];
	  };

export interface LayoutInput {
	readonly columns: number;
	readonly rows: number;
	/** Which pane the shared place shows. */
	readonly tab: TabName;
	/** The pane that has the focus, or had it last. */
	readonly pane: PaneName;
	readonly isZoomed: boolean;
	/** The focus is in a pane, not in the composer. */
	readonly inPanes: boolean;
	/** Rows of the composer; one when missing. */
	readonly composerRows?: number;
}

const smallest = {columns: 20, rows: 5};
const tabsFrom = {columns: 60, rows: 16};
const columnsFrom = 100;
/** Header and hints; the composer comes on top. */
const chromeRows = 2;

const share = (total: number, part: number, least: number, most: number) =>
	Math.min(most, Math.max(least, Math.round(total * part)));

export const isTooSmall = ({
	columns,
	rows,
}: Pick<LayoutInput, 'columns' | 'rows'>): boolean =>
	columns < smallest.columns || rows < smallest.rows;

/** Lists are chosen from, not copied. */
const bare = (pane: PaneName, {isZoomed}: LayoutInput): {isBare?: true} =>
	isZoomed && pane === 'conversation' ? {isBare: true} : {};

/** The list of peers stands beside the other panes, unless one of them is zoomed. */
export const hasPeersBeside = ({
	columns,
	rows,
	isZoomed,
}: Pick<LayoutInput, 'columns' | 'rows' | 'isZoomed'>): boolean =>
	columns >= tabsFrom.columns && rows >= tabsFrom.rows && !isZoomed;

export function computeLayout(input: LayoutInput): Layout {
	const {columns, rows, tab, pane} = input;
	if (isTooSmall(input)) return {kind: 'tooSmall'};

	const top = 1;
	const height = rows - chromeRows - (input.composerRows ?? 1);
	const whole = {left: 0, top, width: columns, height};
	const middleTabs: readonly PaneName[] = [
		'conversation',
		'transfers',
		'datagrams',
	];
	if (columns < tabsFrom.columns || rows < tabsFrom.rows) {
		const shown = input.inPanes ? pane : tab;
		return {
			kind: 'single',
			columns,
			rows,
			panes: [{pane: shown, ...whole, tabs: paneNames, ...bare(shown, input)}],
		};
	}

	if (input.isZoomed) {
		const kind = columns < columnsFrom ? 'tabs' : 'columns';
		const zoomed = {pane, ...whole, tabs: [], ...bare(pane, input)};
		return {kind, columns, rows, panes: [zoomed]};
	}

	const peersWidth =
		columns < columnsFrom
			? share(columns, 0.29, 20, 26)
			: share(columns, 0.2, 20, 32);
	const peers: PaneRect = {
		pane: 'peers',
		left: 0,
		top,
		width: peersWidth,
		height,
		tabs: [],
	};
	if (columns < columnsFrom) {
		const width = columns - peersWidth;
		const middle = {left: peersWidth, top, width, height, tabs: middleTabs};
		return {
			kind: 'tabs',
			columns,
			rows,
			panes: [peers, {pane: tab, ...middle}],
		};
	}

	const rightWidth = share(columns, 0.32, 32, 64);
	const rightLeft = columns - rightWidth;
	const transfersHeight = Math.ceil(height / 2);
	const right = {left: rightLeft, width: rightWidth, tabs: []};
	return {
		kind: 'columns',
		columns,
		rows,
		panes: [
			peers,
			{
				pane: 'conversation',
				left: peersWidth,
				top,
				width: rightLeft - peersWidth,
				height,
				tabs: [],
			},
			{pane: 'transfers', ...right, top, height: transfersHeight},
			{
				pane: 'datagrams',
				...right,
				top: top + transfersHeight,
				height: height - transfersHeight,
			},
		],
	};
}
