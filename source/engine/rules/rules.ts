/**
 * Rules: what is done by itself with a message of a plain peer. Decides which rules
 * a message meets and how often they may act; what they do is `rule-actions.ts`, how
 * they match `rule-matching.ts`. Costs nothing where no rule is switched on.
 *
 * Invariants: a rule never acts on what it did itself, and for one peer at most
 * `limits.ruleActionsPerSecond` times a second; what goes wrong is told in the
 * conversation and ends nothing.
 */
import {SocktermError, toErrorInfo, type ErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EngineContext, EventBus} from '../context.js';
import type {EngineEvent} from '../events.js';
import type {PeerKey, RuleId} from '../ids.js';
import type {Rule, RuleOptions} from './rule-commands.js';
import {
	createRuleFrame,
	createRuleMatcher,
	type RuleMatcher,
} from './rule-matching.js';
import type {RuleActions} from './rule-actions.js';
import {createPacer, type Pacer} from './rule-pacer.js';
import type {Row} from '../state.js';
import {fallbackOf} from '../streams/stream-cutting.js';

export interface Rules {
	/** Throws badExpression, ruleEmpty, tooManyRules, and what is wrong with its answer. */
	add(options: RuleOptions): void;
	/** Each of the others throws noSuchRule. */
	remove(id: RuleId): void;
	setEnabled(id: RuleId, enabled: boolean): void;
	setDryRun(id: RuleId, dryRun: boolean): void;
}

interface Held {
	rule: Rule;
	readonly matches: RuleMatcher;
	readonly pacer: Pacer;
}

type FrameRow = Extract<Row, {kind: 'frame'}>;
type Received = Extract<EngineEvent, {type: 'stream/received'}>;

/** Cuts are packed as four numbers each. */
const cutNumbers = 4;

export function createRules(
	context: EngineContext,
	on: EventBus['on'],
	actions: RuleActions,
): Rules {
	const held = new Map<RuleId, Held>();
	let lastNumber = 0;
	let stopListening: (() => void) | undefined;

	/** The frames that an event has added: the last ones of the peer's conversation. */
	const framesOf = ({peer, cuts}: Received): FrameRow[] => {
		const rows = context.state().conversations.get(peer)?.rows;
		const frames: FrameRow[] = [];
		let wanted = cuts.length / cutNumbers;
		for (let at = (rows?.length ?? 0) - 1; at >= 0 && wanted > 0; at--) {
			const row = rows!.at(at)!;
			if (row.kind !== 'frame') continue;
			wanted--;
			// Of what no framing makes anything nobody knows where a message begins.
			if (row.ending !== 'lost') frames.push(row);
		}

		return frames.toReversed();
	};

	const problem = (peer: PeerKey, error: ErrorInfo) => {
		context.emit({type: 'stream/problem', peer, error});
	};

	const meet = (received: Received) => {
		const {peer} = received;
		const rules = [...held.values()].filter(
			({rule}) => rule.enabled && (rule.peer ?? peer) === peer,
		);
		if (rules.length === 0) return;
		const fallback = fallbackOf(context.state(), peer);
		const before = rules.map(({rule}) => rule.hits);
		const errors = new Map<Held, ErrorInfo>();
		for (const row of framesOf(received)) {
			const frame = createRuleFrame(row, fallback);
			for (const each of rules) {
				const captures = each.matches(frame);
				if (!captures) continue;
				const rule = {...each.rule, hits: each.rule.hits + 1};
				each.rule = rule;
				const pace = each.pacer.ask(peer, context.ports.clock.now());
				try {
					if (pace === 'go') actions.act(rule, peer, frame, captures);
					else if (pace === 'tell') throw tooOften(rule, peer);
				} catch (error) {
					const info = toErrorInfo(error);
					errors.set(each, info);
					problem(peer, info);
				}
			}
		}

		for (const [index, each] of rules.entries()) {
			const {id, hits, dryRun} = each.rule;
			if (hits === before[index]) continue;
			const error = errors.get(each);
			context.emit({
				type: 'rule/matched',
				rule: id,
				peer,
				hits,
				dryRun,
				...(error ? {error} : {}),
			});
		}
	};

	const tooOften = ({id}: Rule, peer: PeerKey) =>
		new SocktermError('ruleTooOften', {
			rule: actions.numberOf(id),
			most: limits.ruleActionsPerSecond,
			name: context.state().peers.get(peer)?.name ?? '',
		});

	const listen = () => {
		const isNeeded = [...held.values()].some(({rule}) => rule.enabled);
		if (isNeeded === (stopListening !== undefined)) return;
		stopListening?.();
		stopListening = isNeeded
			? on(event => {
					if (event.type === 'stream/received' && event.cuts.length > 0) {
						meet(event);
					} else if (event.type === 'peer/left') {
						for (const {pacer} of held.values()) pacer.forget(event.peer);
					}
				})
			: undefined;
	};

	const find = (id: RuleId): Held => {
		const found = held.get(id);
		if (!found) throw new SocktermError('noSuchRule', {rule: id});
		return found;
	};

	const change = (each: Held, changes: Partial<Rule>) => {
		each.rule = {...each.rule, ...changes};
		listen();
		context.emit({type: 'rule/changed', rule: each.rule});
	};

	return {
		add(options) {
			if (held.size >= limits.rules) {
				throw new SocktermError('tooManyRules', {most: limits.rules});
			}

			const matches = createRuleMatcher(options.match);
			actions.check(options.action);
			const id = `rule:${++lastNumber}` as RuleId;
			const rule: Rule = {...options, id, hits: 0, enabled: true};
			const each: Held = {rule, matches, pacer: createPacer()};
			held.set(id, each);
			change(each, {});
		},
		remove(id) {
			find(id);
			held.delete(id);
			listen();
			context.emit({type: 'rule/removed', rule: id});
		},
		setEnabled(id, enabled) {
			change(find(id), {enabled});
		},
		setDryRun(id, dryRun) {
			change(find(id), {dryRun});
		},
	};
}
