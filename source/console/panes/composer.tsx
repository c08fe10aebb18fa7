import {isRoomKey} from '../../engine/index.js';
import {Box} from 'ink';
import {memo} from 'react';
import {strings} from '../../strings/index.js';
import {DraftField} from '../components/draft-field.js';
import {KeyWatcher} from '../components/key-watcher.js';
import {useConsole, useEngine, useUi} from '../console-context.js';
import {cellWidth, cutCells} from '../../util/cells.js';
import {peerCounts} from '../selectors.js';
import {composerRows} from '../store.js';
import {Painted} from '../components/painted.js';

const leastFieldWidth = 12;

function useReceiver(): string {
	const conversation = useUi(ui => ui.conversation);
	return useEngine(state => {
		if (conversation === 'all') {
			return strings.composer.toAll(peerCounts(state.peers).reachable);
		}

		if (isRoomKey(conversation)) return strings.composer.to(conversation);
		const peer = state.peers.get(conversation);
		return strings.composer.to(peer?.name ?? '');
	});
}

export const Composer = memo(() => {
	const {theme, composing} = useConsole();
	const conversation = useUi(each => each.conversation);
	const draft = useUi(each => each.drafts.get(each.conversation) ?? '');
	const caret = useUi(each => each.lines.get(each.conversation)?.caret ?? 0);
	const columns = useUi(each => each.columns);
	const rows = useUi(each => each.rows);
	const isActive = useUi(each => each.focus === 'composer' && !each.overlay);
	const notation = useUi(
		each => each.notations.get(each.conversation) ?? 'text',
	);
	const receiver = useReceiver();

	const most = Math.max(4, columns - leastFieldWidth);
	const words = strings.input.bytes;
	const mode = notation === 'text' ? '' : `${words.notations[notation]} `;
	const room = Math.max(1, most - 4 - cellWidth(mode));
	const label = ` ${cutCells(receiver, room, theme.glyphs.ellipsis)} `;
	const prompt = `${theme.glyphs.prompt} `;
	const fieldWidth = Math.max(
		2,
		columns - cellWidth(label + mode + prompt) - 1,
	);
	const left = cellWidth(label + mode + prompt);
	const height = useUi(composerRows);
	const gutter = theme.paint(
		theme.glyphs.continued.padStart(left - 1).padEnd(left),
		'dim',
	);
	return (
		<Box height={height}>
			<KeyWatcher
				isActive={isActive}
				onKey={(input, name) => composing.key(name, input)}
				onPaste={composing.paste}
			/>
			<Box width={left} flexShrink={0}>
				<Painted
					lines={[
						theme.paint(label, isActive ? 'strong' : 'dim') +
							theme.paint(mode, isActive ? 'warning' : 'dim') +
							theme.paint(prompt, isActive ? 'accent' : 'dim'),
						...Array.from({length: height - 1}, () => gutter),
					]}
				/>
			</Box>
			<DraftField
				key={conversation}
				theme={theme}
				draft={{text: draft, caret}}
				left={left}
				top={rows - 1 - height}
				width={fieldWidth}
				height={height}
				placeholder={
					notation !== 'text'
						? words.placeholders[notation]
						: columns < 60
							? strings.composer.placeholderShort
							: strings.composer.placeholder
				}
				isActive={isActive}
			/>
		</Box>
	);
});
Composer.displayName = 'Composer';
