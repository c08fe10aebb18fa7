import {useEffect, useState} from 'react';
import {strings} from '../../strings/index.js';
import {Dialog, DialogField} from '../components/dialog.js';
import {keyHints} from '../components/key-hints.js';
import {listStart} from '../components/select-list.js';
import {TextField} from '../components/text-field.js';
import {cellWidth} from '../../util/cells.js';
import {composeLine, innerHeight, innerWidth} from '../format/lines.js';
import {extendPath} from '../input/complete-path.js';
import {actionFor} from '../input/keymap.js';
import type {Theme} from '../theme.js';
import {readDetails, readFolder, type EntryDetails} from './folder-listing.js';
import {pathLine, rowLine, statusLine} from './picker-lines.js';
import {
	actOnPicker,
	openPicker,
	withFilter,
	withListing,
} from './picker-model.js';
import {pickerRows, rowPath} from './picker-rows.js';
import {isClosingKey} from './use-overlay-keys.js';

export interface FilePickerProps {
	readonly theme: Theme;
	/** Where it begins; `~` is understood. */
	readonly startPath: string;
	readonly width: number;
	readonly height: number;
	/** Absolute paths of files. */
	readonly onChoose: (paths: readonly string[]) => void;
	readonly onCancel: () => void;
}

/** Lines that are no rows: the filter, the path, the sentence below. */
const otherLines = 3;

/** Size and date of the rows on the screen, as they become known. */
function useDetails(paths: readonly string[]) {
	const [details, setDetails] = useState<ReadonlyMap<string, EntryDetails>>(
		new Map(),
	);
	const missing = paths.filter(path => !details.has(path)).join('\0');
	useEffect(() => {
		let isWanted = true;
		const wanted = missing === '' ? [] : missing.split('\0');
		const read = async () => {
			const found = await Promise.all(
				wanted.map(async path => [path, await readDetails(path)] as const),
			);
			if (!isWanted) return;
			setDetails(known => {
				const next = new Map(known);
				for (const [path, each] of found) if (each) next.set(path, each);
				return next;
			});
		};

		if (wanted.length > 0) void read();
		return () => {
			isWanted = false;
		};
	}, [missing]);
	return details;
}

export function FilePicker(props: FilePickerProps) {
	const {theme, width, height} = props;
	const [state, setState] = useState(() => openPicker(props.startPath));
	const [start, setStart] = useState(0);
	const {folder} = state;
	useEffect(() => {
		let isWanted = true;
		const read = async () => {
			const listing = await readFolder(folder);
			if (isWanted) setState(now => withListing(now, listing));
		};

		void read();
		return () => {
			isWanted = false;
		};
	}, [folder]);

	const words = strings.input.picker;
	const inner = innerWidth(width);
	const page = Math.max(1, innerHeight(height) - otherLines);
	const rows = pickerRows(state);
	const from = listStart(rows.length, page, state.selected, start);
	if (from !== start) setStart(from);
	const seen = rows.slice(from, from + page);
	const paths = seen.map(row => rowPath(state, row));
	const details = useDetails(paths);

	const onKey = (name: string): boolean => {
		if (isClosingKey(name)) {
			props.onCancel();
			return true;
		}

		const outcome = actOnPicker(state, actionFor('picker', name), page);
		if (outcome?.kind === 'chosen') props.onChoose(outcome.paths);
		else if (outcome) setState(outcome.state);
		return outcome !== undefined;
	};

	const label = `${words.filter} ${theme.glyphs.prompt} `;
	const column = cellWidth(label);
	const blanks = Array.from({length: page - seen.length}, () =>
		composeLine(theme, inner, []),
	);
	return (
		<Dialog
			theme={theme}
			width={width}
			height={height}
			title={words.title}
			lines={[
				composeLine(theme, inner, [[label, 'accent']]),
				pathLine(state, theme, inner),
				...seen.map((row, index) =>
					rowLine(row, details.get(paths[index]!), {
						theme,
						width: inner,
						isSelected: from + index === state.selected,
						isMarked: state.marked.has(paths[index]!),
					}),
				),
				...blanks,
				statusLine(state, rows, theme, inner),
			]}
			footer={keyHints(theme, [
				['enter', 'openOrChoose'],
				['space', 'mark'],
				...(state.marked.size > 0 ? ([['tab', 'sendMarked']] as const) : []),
				['escape', 'close'],
			])}
		>
			<DialogField line={0} column={column}>
				<TextField
					isActive
					value={state.filter}
					width={Math.max(2, inner - column)}
					placeholder={words.placeholder}
					onChange={filter => setState(now => withFilter(now, filter))}
					onKey={onKey}
					complete={async ({text: typed}) => {
						const path = await extendPath(typed);
						return path === undefined
							? undefined
							: {text: path, caret: path.length};
					}}
				/>
			</DialogField>
		</Dialog>
	);
}
