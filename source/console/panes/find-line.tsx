import {Box} from 'ink';
import {useState} from 'react';
import {strings} from '../../strings/index.js';
import {cellWidth} from '../../util/cells.js';
import {TextField} from '../components/text-field.js';
import {useConsole, useUi} from '../console-context.js';
import type {Overlay} from '../overlays/overlay.js';
import {isClosingKey} from '../overlays/use-overlay-keys.js';
import {Painted} from '../components/painted.js';

/** In the composer's place: what to search for, or what alone to show. */
export function FindLine({
	overlay,
}: {
	readonly overlay: Extract<Overlay, {kind: 'find'}>;
}) {
	const {theme, ui, actions} = useConsole();
	const columns = useUi(ui => ui.columns);
	const last = useUi(ui => ui.finding.search?.label ?? '');
	const [text, setText] = useState('');
	const {what, pane} = overlay;
	const words = strings.keep[what];
	const label = ` ${words.prompt} ${strings.panes[pane]} `;
	const prompt = `${theme.glyphs.prompt} `;
	const submit = () => {
		// An empty filter is one that lets everything through.
		const isOff = what === 'filter' && text === '';
		const message = actions.finding.find(what, isOff ? undefined : text);
		if (message !== undefined) {
			actions.notify(message, 'bad');
		} else if (ui.getState().overlay === overlay) {
			// Else what was found elsewhere stands in its place already.
			actions.closeOverlay();
		}
	};

	return (
		<Box height={1}>
			<Box width={cellWidth(label + prompt)} flexShrink={0}>
				<Painted
					lines={[theme.paint(label, 'strong') + theme.paint(prompt, 'accent')]}
				/>
			</Box>
			<TextField
				isActive
				value={text}
				width={Math.max(2, columns - cellWidth(label + prompt) - 1)}
				placeholder={words.placeholder}
				onChange={setText}
				onSubmit={submit}
				onKey={name => {
					ui.dispatch({type: 'notice/cleared'});
					if (isClosingKey(name)) actions.closeOverlay();
					else if (name === 'up' && what === 'search') setText(last);
					else return false;
					return true;
				}}
			/>
		</Box>
	);
}
