import {Box} from 'ink';
import {memo} from 'react';
import {strings} from '../../strings/index.js';
import {TextField, type TextAndCaret} from '../components/text-field.js';
import {useConsole, useEngine, useUi} from '../console-context.js';
import {cellWidth, cutCells} from '../../util/cells.js';
import {completeLine} from '../input/completion.js';
import {actionFor} from '../input/keymap.js';
import {peerCounts} from '../selectors.js';
import {Painted} from './pane-frame.js';

const leastFieldWidth = 12;
const candidatesShown = 12;

function useReceiver(): string {
	const conversation = useUi(ui => ui.conversation);
	return useEngine(state => {
		if (conversation === 'all') {
			return strings.composer.toAll(peerCounts(state.peers).reachable);
		}

		const peer = state.peers.get(conversation);
		return strings.composer.to(peer?.name ?? '');
	});
}

export const Composer = memo(() => {
	const {theme, engine, ui, actions, lines, submit} = useConsole();
	const conversation = useUi(each => each.conversation);
	const draft = useUi(each => each.drafts.get(each.conversation) ?? '');
	const columns = useUi(each => each.columns);
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
	const change = (text: string) => {
		ui.dispatch({type: 'draft/changed', conversation, text});
	};

	const onKey = (name: string, line: TextAndCaret): boolean => {
		const action = actionFor('composer', name);
		// A second Ctrl-C is what the first one's notice asks for.
		if (action !== 'interrupt') ui.dispatch({type: 'notice/cleared'});
		if (!action || action === 'complete') return false;
		if (action === 'historyOlder' || action === 'historyNewer') {
			const by = action === 'historyOlder' ? -1 : 1;
			const recalled = lines.recall(by, line.text);
			if (recalled !== undefined) change(recalled);
			return true;
		}

		return actions.perform(action);
	};

	const complete = async (
		line: TextAndCaret,
	): Promise<TextAndCaret | undefined> => {
		const found = await completeLine(line, {state: engine.getState()});
		const {candidates = []} = found ?? {};
		if (candidates.length > 1) {
			const shown = candidates.slice(0, candidatesShown);
			const {several} = strings.input.completion;
			actions.notify(several(shown, candidates.length));
		}

		return found;
	};

	const fieldWidth = Math.max(
		2,
		columns - cellWidth(label + mode + prompt) - 1,
	);
	return (
		<Box height={1}>
			<Box width={cellWidth(label + mode + prompt)} flexShrink={0}>
				<Painted
					lines={[
						theme.paint(label, isActive ? 'strong' : 'dim') +
							theme.paint(mode, isActive ? 'warning' : 'dim') +
							theme.paint(prompt, isActive ? 'accent' : 'dim'),
					]}
				/>
			</Box>
			<TextField
				value={draft}
				isActive={isActive}
				width={fieldWidth}
				placeholder={
					notation !== 'text'
						? words.placeholders[notation]
						: columns < 60
							? strings.composer.placeholderShort
							: strings.composer.placeholder
				}
				onChange={change}
				onSubmit={submit}
				onKey={onKey}
				complete={complete}
			/>
		</Box>
	);
});
Composer.displayName = 'Composer';
