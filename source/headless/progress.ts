/** The bar of what is under way: which numbers it shows, and when it is drawn anew. */
import type {EngineEvent, EngineState, Transfer} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {whyHeldUp} from './hold-ups.js';
import {echoCells} from './output.js';
import {progressLine, type Progress} from './progress-line.js';
import type {VerbContext} from './verb.js';

export interface ProgressBar {
	/** Redraws it after an event, ten times a second at most while it only moves; away when nothing is under way any more. */
	follow(context: VerbContext, event: EngineEvent): void;
	/** Redraws it where it counts seconds. */
	tick(context: VerbContext): void;
}

const redrawMs = 100;

/** Between being accepted and being finished. */
const isUnderWay = ({phase}: Transfer): boolean =>
	phase.kind !== 'offered' && phase.kind !== 'finished';

function titleOf({entries, phase}: Transfer): string {
	const index = 'entry' in phase ? phase.entry : 0;
	const name = entries.get(index)?.name ?? '';
	return entries.length === 1
		? name
		: strings.cli.progress.entryOf(index + 1, entries.length, name);
}

const hasUnknownSize = ({entries}: Transfer): boolean =>
	// Nothing but what is piped in has none, and that is sent alone.
	entries.get(0)?.kind === 'stream';

/** Everything that is under way at `now` (ms since 1970), taken together; undefined where nothing is. */
export function progressOf(
	state: EngineState,
	now: number,
): Progress | undefined {
	const shown = [...state.transfers.values()].filter(transfer =>
		isUnderWay(transfer),
	);
	const [first] = shown;
	if (!first) return undefined;
	let movedBytes = 0;
	let totalBytes = 0;
	let rate = 0;
	let heldUp: string | undefined;
	let isMoving = false;
	for (const transfer of shown) {
		const {phase} = transfer;
		totalBytes += transfer.wantedBytes;
		if ('movedBytes' in phase) movedBytes += phase.movedBytes;
		const why = whyHeldUp(transfer, now);
		heldUp ??= why;
		if (why !== undefined) continue;
		isMoving = true;
		if (phase.kind === 'active') rate += phase.rate;
	}

	return {
		name:
			shown.length === 1
				? titleOf(first)
				: strings.cli.progress.several(shown.length),
		movedBytes,
		totalBytes: shown.some(hasUnknownSize) ? undefined : totalBytes,
		rate,
		heldUp: isMoving ? undefined : heldUp,
	};
}

const redrawing: ReadonlySet<EngineEvent['type']> = new Set([
	'transfer/accepted',
	'transfer/started',
	'transfer/resumed',
	'transfer/paused',
	'transfer/wentOn',
	'transfer/interrupted',
]);

export function createProgressBar(): ProgressBar {
	let drawnAt = Number.NEGATIVE_INFINITY;
	// The engine's time goes on between its events.
	let lastAt = 0;
	let heardAt = 0;

	const draw = ({engine, output}: VerbContext, now: number) => {
		const columns = output.columns();
		if (columns === undefined) return;
		const progress = progressOf(engine.getState(), now);
		drawnAt = now;
		// A full row would begin the next one, and so would the ^C that a terminal shows after it.
		output.bar(progress && progressLine(progress, columns - 1 - echoCells));
	};

	return {
		follow(context, event) {
			lastAt = event.at;
			heardAt = performance.now();
			if (event.type === 'transfer/finished') {
				context.output.bar(undefined);
				drawnAt = Number.NEGATIVE_INFINITY;
			} else if (event.type === 'transfer/progressed') {
				const sinceMs = event.at - drawnAt;
				if (sinceMs < 0 || sinceMs >= redrawMs) draw(context, event.at);
			} else if (redrawing.has(event.type)) {
				draw(context, event.at);
			}
		},
		tick(context) {
			const now = lastAt + (performance.now() - heardAt);
			if (now - drawnAt < redrawMs) return;
			if (progressOf(context.engine.getState(), now)?.heldUp !== undefined) {
				draw(context, now);
			}
		},
	};
}
