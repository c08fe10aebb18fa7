/** What the mouse does: the wheel scrolls what is under it, a press chooses it. A window has its keys. */
import {innerHeight} from './format/lines.js';
import {mouseOff, mouseOn, readMouse} from './input/mouse-reports.js';
import {computeLayout, isTooSmall, type PaneRect} from './layout.js';
import type {LiveSettings} from '../settings/index.js';
import type {Moving} from './moving.js';
import {windowStart} from './peer-list.js';
import {layoutInput, type UiStore} from './store.js';

const linesPerTurn = 3;

const isOn = (settings: Pick<LiveSettings, 'get'>) =>
	settings.get('mouse').value === 'on';

export interface Mouse {
	/** What the terminal reported. */
	report(sequence: string): void;
}

export function createMouse(options: {
	readonly ui: UiStore;
	readonly moving: Moving;
	readonly settings: Pick<LiveSettings, 'get'>;
}): Mouse {
	const {ui, moving, settings} = options;

	const paneAt = (x: number, y: number): PaneRect | undefined => {
		const layout = computeLayout(layoutInput(ui.getState()));
		if (layout.kind === 'tooSmall') return undefined;
		return layout.panes.find(
			({left, top, width, height}) =>
				x >= left && x < left + width && y >= top && y < top + height,
		);
	};

	const press = (x: number, y: number) => {
		const rect = paneAt(x, y);
		if (!rect) {
			const {rows} = ui.getState();
			if (y >= rows - 2) ui.dispatch({type: 'composer/focused'});
			return;
		}

		const {pane, top, height, tabs} = rect;
		if (y === top && tabs.length > 0) {
			// The tab behind the one that is shown, round the end.
			const next = tabs[(tabs.indexOf(pane) + 1) % tabs.length]!;
			ui.dispatch({type: 'panes/focused', pane: next});
			return;
		}

		ui.dispatch({type: 'panes/focused', pane});
		if (pane !== 'peers') return;
		const list = moving.listOf(pane);
		if (!list) return;
		const room = innerHeight(height);
		const start = windowStart(list.names.length, room, list.selected);
		const index = start + y - top - 1;
		const isInside = y > top && y - top - 1 < room;
		if (isInside && index < list.names.length) moving.choose(list, index);
	};

	return {
		report(sequence) {
			// A program before us may have left it on.
			if (!isOn(settings)) return;
			const event = readMouse(sequence);
			const state = ui.getState();
			if (!event || state.overlay || isTooSmall(state)) return;
			if (event.kind === 'press') {
				press(event.x, event.y);
				return;
			}

			const rect = paneAt(event.x, event.y);
			if (rect) moving.wheel(rect.pane, event.by * linesPerTurn);
		},
	};
}

/** Asks the terminal for reports while the setting is on. Returns what ends it. */
export function followMouse(
	settings: LiveSettings,
	write: (sequence: string) => void,
): {
	readonly stop: () => void;
	/** Around a time in which the terminal is not ours. */
	readonly pause: () => void;
	readonly goOn: () => void;
} {
	const goOn = () => {
		if (isOn(settings)) write(mouseOn);
	};

	goOn();
	return {
		stop: settings.onChange(({name}) => {
			if (name === 'mouse') write(isOn(settings) ? mouseOn : mouseOff);
		}),
		pause() {
			if (isOn(settings)) write(mouseOff);
		},
		goOn,
	};
}
