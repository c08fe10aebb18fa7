/**
 * Carries out what a front end asks of the history. Decides which page belongs to
 * what was read before; reading is left to the port, and how pages are put
 * together to `slices/past.ts`.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import type {HandlersOf} from '../command-handlers.js';
import type {EngineContext} from '../context.js';
import type {ConversationKey} from '../ids.js';
import type {EngineState} from '../state.js';
import type {HistoryCommand} from './history-commands.js';
import type {HistoryKeeper} from './history-keeper.js';
import {conversationKeyOf, onceOfSaid} from './history-keys.js';
import type {
	HistoryHit,
	HistoryId,
	PageStart,
	RunPlace,
} from './history-port.js';
import {createOpenings} from './openings.js';
import {toPastFates, toPastRows} from './past-rows.js';

type Want = Extract<HistoryCommand, {type: 'history/page'}>['want'];

/** The first row in memory: what is from there on is not read. */
function memoryBegins(
	state: EngineState,
	conversation: ConversationKey,
): {readonly upTo?: RunPlace; readonly firstId: number} {
	const rows = state.conversations.get(conversation)?.rows;
	const first = rows?.at(0);
	const firstId = rows?.firstId ?? 0;
	if (!rows || !first) return {upTo: {order: state.folded, part: 0}, firstId};
	const {order} = first;
	if (first.kind === 'frame') {
		return {upTo: {order, part: first.reads.index}, firstId};
	}

	// Of those that a room restored the last has the part 0, whatever is left of the others.
	let same = 1;
	while (rows.at(same)?.order === order) same++;
	return {upTo: {order, part: 1 - same}, firstId};
}

/** Which page that is, where there is one. */
function pageFor(
	state: EngineState,
	conversation: ConversationKey,
	want: Want,
):
	| {
			readonly from: PageStart;
			readonly place: 'above' | 'below' | 'instead';
			readonly next?: HistoryId;
	  }
	| undefined {
	const past = state.past.get(conversation);
	switch (want.kind) {
		case 'end': {
			return {from: {kind: 'end'}, place: 'instead'};
		}

		case 'older': {
			const id = past?.rows[0]?.id;
			if (id === undefined) return {from: {kind: 'end'}, place: 'instead'};
			return {from: {kind: 'before', id}, place: 'above', next: id};
		}

		case 'newer': {
			const id = past?.rows.at(-1)?.id;
			if (id === undefined) return undefined;
			return {from: {kind: 'after', id}, place: 'below', next: id};
		}

		case 'row': {
			return {from: {kind: 'around', id: want.id}, place: 'instead'};
		}

		case 'date': {
			return {from: {kind: 'date', at: want.at}, place: 'instead'};
		}
	}
}

/** What a member hands on in a room while a page is on its way is in memory when that comes. */
function listenForAgain(context: EngineContext, conversation: ConversationKey) {
	const names = new Set<string>();
	const stop = context.on(event => {
		const isHere =
			event.type === 'room/received' && event.room === conversation;
		if (isHere) names.add(onceOfSaid(event.room, event));
	});
	return {
		stop,
		has: (once: string | undefined) => once !== undefined && names.has(once),
	};
}

export function createHistoryHandlers(
	context: EngineContext,
	keeper: HistoryKeeper | undefined,
): HandlersOf<HistoryCommand> {
	const portOf = () => {
		if (!keeper) throw new SocktermError('noHistory');
		return keeper.port();
	};

	/** What is to be read; apart, so that the wait for it keeps no state of then. */
	const pageOf = (conversation: ConversationKey, want: Want) => {
		const state = context.state();
		const key = conversationKeyOf(state, conversation);
		const asked = pageFor(state, conversation, want);
		return key === undefined || !asked
			? undefined
			: {key, ...asked, memory: memoryBegins(state, conversation)};
	};

	const page = async (
		conversation: ConversationKey,
		want: Want,
		limit: number = limits.historyPageRows,
	) => {
		const port = portOf();
		const asked = pageOf(conversation, want);
		if (!asked) return;
		const {key, from, place, next} = asked;
		const {firstId, ...memory} = asked.memory;
		const cameAgain = listenForAgain(context, conversation);
		let found;
		try {
			found = await port.page({key, from, limit, ...memory});
		} finally {
			// Between this and what is told of the page nothing comes.
			cameAgain.stop();
		}

		const {hasOlder, hasNewer, target, again = []} = found;
		const rows = found.rows.filter(row => !cameAgain.has(row.once));
		const isLive = want.kind === 'date' && target === undefined;
		const held = context.state().conversations.get(conversation)?.rows.length;
		if (isLive && !held) throw new SocktermError('nothingThatDay');

		const isWhole = place !== 'above' && !hasNewer;
		context.emit({
			type: 'history/paged',
			conversation,
			rows: toPastRows(rows, conversation, context.state()),
			place,
			...(next === undefined ? {} : {next}),
			hasOlder,
			...(isWhole ? {liveFirstId: firstId} : {}),
			...(target === undefined ? {} : {target}),
			...(isLive ? {liveTarget: firstId} : {}),
			...(again.length > 0 ? {fates: toPastFates(again)} : {}),
		});
	};

	if (keeper) {
		createOpenings(context, keeper.opened, async conversation =>
			page(conversation, {kind: 'end'}, limits.historyOpeningRows),
		);
	}

	/** How often something was searched for. */
	let searches = 0;
	let goOn: {readonly needle: string; readonly before: HistoryId} | undefined;

	return {
		async 'history/page'({conversation, want}) {
			await page(conversation, want);
		},
		async 'history/search'({needle, more = false}) {
			const port = portOf();
			let before = more && goOn?.needle === needle ? goOn.before : undefined;
			goOn = undefined;
			if (more && before === undefined) return;
			let isMore = more;
			let untold: readonly HistoryHit[] = [];
			const search = ++searches;
			let left = limits.historyHits;
			// Each look is bounded, and a page may take several: what is found is told at once.
			do {
				const {hits, next} = await port.search({
					needle,
					limit: left,
					...(before === undefined ? {} : {before}),
				});
				// Somebody looks for something else by now.
				if (search !== searches) return;
				untold = hits;
				left -= hits.length;
				before = next;
				if (hits.length === 0 || next === undefined || left <= 0) continue;
				context.emit({
					type: 'history/found',
					needle,
					hits,
					isMore,
					hasMore: true,
				});
				isMore = true;
				untold = [];
			} while (before !== undefined && left > 0);
			if (before !== undefined) goOn = {needle, before};
			context.emit({
				type: 'history/found',
				needle,
				hits: untold,
				isMore,
				hasMore: before !== undefined,
			});
		},
		async 'history/clear'({conversation}) {
			const port = portOf();
			const state = context.state();
			const isAll = conversation === 'all';
			const key = conversationKeyOf(state, conversation);
			if (key === undefined) return;
			keeper?.forget(isAll ? undefined : key);
			const removed = await port.clear(isAll ? undefined : key);
			context.emit({type: 'history/cleared', conversation, removed});
		},
		async 'history/tell'() {
			context.emit({type: 'history/told', stat: await portOf().stat()});
		},
		async 'history/retain'({maxAgeMs, maxBytes, forThisRun = false}) {
			const port = portOf();
			const retention = {
				...(maxAgeMs === undefined ? {} : {maxAgeMs}),
				...(maxBytes === undefined ? {} : {maxBytes}),
			};
			await port.retain(retention, forThisRun ? 'thisRun' : 'everyRun');
			context.emit({type: 'history/told', stat: await port.stat()});
		},
	};
}
