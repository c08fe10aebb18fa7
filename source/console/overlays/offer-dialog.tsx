import {useMemo, useState} from 'react';
import type {Transfer} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {Dialog, DialogField} from '../components/dialog.js';
import {fittingKeyHints, keyHints} from '../components/key-hints.js';
import {TextField} from '../components/text-field.js';
import {innerWidth} from '../format/lines.js';
import {extendPath} from '../input/complete-path.js';
import {actionFor, type Action} from '../input/keymap.js';
import {toAbsolutePath} from '../input/user-path.js';
import type {Theme} from '../theme.js';
import {layoutOffer} from './offer-layout.js';
import {actOnOffer, countMarked, openedOffer} from './offer-model.js';
import {isClosingKey, useOverlayKeys} from './use-overlay-keys.js';

/** What of an offer is taken. */
export interface OfferAnswer {
	/** Entries that are not wanted, in order. */
	readonly skip?: readonly number[];
	/** Absolute. */
	readonly folder?: string;
}

export interface OfferDialogProps {
	readonly theme: Theme;
	readonly width: number;
	/** The most that it may take. */
	readonly height: number;
	readonly transfer: Transfer;
	readonly receiveFolder: string;
	/**
	 * It opened by itself: until a key did something here, Enter does nothing, because it was
	 * meant for what was there before.
	 */
	readonly isUnasked?: boolean;
	readonly onAccept: (answer: OfferAnswer) => void;
	readonly onDecline: () => void;
	/** Closed without an answer. */
	readonly onLater: () => void;
}

function FolderField(props: {
	readonly value: string;
	readonly width: number;
	readonly onChange: (text: string) => void;
	/** An absolute path, or undefined for the usual folder. */
	readonly onSubmit: (folder: string | undefined) => void;
	readonly onBack: () => void;
}) {
	return (
		<TextField
			isActive
			value={props.value}
			width={props.width}
			placeholder={strings.input.offerDialog.folderPlaceholder}
			onChange={props.onChange}
			onSubmit={text => {
				const path = text.trim();
				props.onSubmit(path === '' ? undefined : toAbsolutePath(path));
			}}
			onKey={name => {
				if (!isClosingKey(name)) return false;
				props.onBack();
				return true;
			}}
			complete={async ({text}) => {
				const path = await extendPath(text, 'folders');
				return path === undefined
					? undefined
					: {text: path, caret: path.length};
			}}
		/>
	);
}

export function OfferDialog(props: OfferDialogProps) {
	const {theme, width, transfer} = props;
	const {entries} = transfer;
	const [state, setState] = useState(openedOffer);
	const [start, setStart] = useState(0);
	const {skip, folder, typing} = state;
	const counts = useMemo(
		() => countMarked(entries, skip, folder === undefined),
		[entries, skip, folder],
	);
	const layout = layoutOffer({...props, state, counts, start});
	if (layout.start !== start) setStart(layout.start);

	const accept = () => {
		if (counts.isEmpty) return;
		const left = [...skip].sort((one, other) => one - other);
		props.onAccept({
			...(left.length > 0 ? {skip: left} : {}),
			...(folder === undefined ? {} : {folder}),
		});
	};

	const act = (action: Action) => {
		const page = Math.max(1, layout.rows - 1);
		setState(now => actOnOffer(now, action, entries, page) ?? now);
	};

	useOverlayKeys({
		isActive: typing === undefined,
		close: props.onLater,
		move: act,
		own(name) {
			const action = actionFor('offer', name);
			const isMeant = !props.isUnasked || state.isTouched;
			if (action === 'close') props.onLater();
			else if (action === 'decline') props.onDecline();
			else if (action === 'accept') {
				if (name !== 'enter' || isMeant) accept();
			} else if (action) act(action);
			return action !== undefined;
		},
	});
	const footer =
		typing === undefined
			? fittingKeyHints(theme, width - 6, [
					...(counts.isEmpty ? [] : ([['a', 'acceptShort', 1]] as const)),
					['d', 'decline', 1],
					['space', 'toggleShort', 3],
					['A', 'toggleAll', 5],
					['o', 'folderShort', 4],
					['escape', 'laterShort', 2],
				])
			: keyHints(theme, [
					['enter', 'useFolder'],
					['tab', 'complete'],
					['escape', 'back'],
				]);
	const {field} = layout;
	return (
		<Dialog
			theme={theme}
			width={width}
			height={layout.height}
			title={strings.input.offerDialog.title(entries.length)}
			lines={layout.lines}
			footer={footer}
		>
			{typing !== undefined && (
				<DialogField {...field}>
					<FolderField
						value={typing}
						width={Math.max(2, innerWidth(width) - field.column)}
						onChange={text => setState(now => ({...now, typing: text}))}
						onSubmit={chosen =>
							setState(now => ({...now, folder: chosen, typing: undefined}))
						}
						onBack={() => setState(now => ({...now, typing: undefined}))}
					/>
				</DialogField>
			)}
		</Dialog>
	);
}
