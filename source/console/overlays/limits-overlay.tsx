import {useMemo} from 'react';
import {limits, verifiedLimits} from '../../limits.js';
import {strings} from '../../strings/index.js';
import {fitCells} from '../../util/cells.js';
import {composeLine, innerWidth, type Spans} from '../format/lines.js';
import type {Theme} from '../theme.js';
import {TextOverlay} from './text-overlay.js';

export interface LimitsOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
}

const binaryUnits = [
	[1024 * 1024, 'MiB'],
	[1024, 'KiB'],
] as const;

const longUnits = [
	[24 * 60 * 60 * 1000, 'days'],
	[60 * 1000, 'min'],
] as const;

/** `64 KiB`, `10 s`, `10,000`: a limit's unit is the end of its name. */
export function formatLimit(name: string, value: number): string {
	if (name.endsWith('Bytes')) {
		const unit = binaryUnits.find(([bytes]) => value % bytes === 0);
		return unit ? `${value / unit[0]} ${unit[1]}` : `${grouped(value)} B`;
	}

	if (name.endsWith('Ms')) {
		const unit = longUnits.find(([ms]) => value >= 2 * ms && value % ms === 0);
		if (unit) return `${value / unit[0]} ${unit[1]}`;
		return value >= 1000 ? `${value / 1000} s` : `${value} ms`;
	}

	return value > 0 && value < 1 ? `${value * 100} %` : grouped(value);
}

const grouped = (value: number) =>
	String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');

const columnCells = 10;

/** First what depends on who it is, in two columns; then what holds for everybody. */
function limitLines(theme: Theme, width: number): string[] {
	const {names, anybody, verified} = strings.input.limits;
	const wider: Readonly<Record<string, number>> = verifiedLimits;
	const line = (left: Spans, right: Spans) =>
		composeLine(theme, innerWidth(width), left, right);
	const column = (text: string) =>
		fitCells(text, columnCells, {align: 'right'});
	const rows = Object.entries(limits).map(([name, value]) => {
		const left: Spans = [[names[name as keyof typeof names]]];
		const shown = formatLimit(name, value);
		const after = wider[name];
		if (after === undefined) return {line: line(left, [[shown, 'accent']])};
		const right: Spans = [
			[column(shown), 'accent'],
			[column(formatLimit(name, after)), 'good'],
		];
		return {line: line(left, right), isOfPeers: true};
	});
	const header = line([], [[column(anybody) + column(verified), 'dim']]);
	return [
		header,
		...rows.filter(row => row.isOfPeers).map(row => row.line),
		line([], []),
		...rows.filter(row => !row.isOfPeers).map(row => row.line),
	];
}

export function LimitsOverlay(props: LimitsOverlayProps) {
	const {theme, width} = props;
	const lines = useMemo(() => limitLines(theme, width), [theme, width]);
	const {title} = strings.input.limits;
	return <TextOverlay {...props} title={title} lines={lines} />;
}
