import {useMemo} from 'react';
import {limits} from '../../limits.js';
import {strings} from '../../strings/index.js';
import {composeLine, innerWidth} from '../format/lines.js';
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

/** `connectionsPerSource` → `connections per source`. */
const wordsOf = (name: string) =>
	name
		.replace(/(?:Bytes|Ms)$/, '')
		.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);

export function LimitsOverlay(props: LimitsOverlayProps) {
	const {theme, width} = props;
	const lines = useMemo(() => {
		const {names, title} = strings.input.limits;
		const known: Readonly<Record<string, string>> = names;
		return {
			title,
			rows: Object.entries(limits).map(([name, value]) =>
				composeLine(
					theme,
					innerWidth(width),
					[[known[name] ?? wordsOf(name)]],
					[[formatLimit(name, value), 'accent']],
				),
			),
		};
	}, [theme, width]);
	return <TextOverlay {...props} title={lines.title} lines={lines.rows} />;
}
