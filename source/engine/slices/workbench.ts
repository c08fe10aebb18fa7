import type {PersistentMap} from '../../util/persistent-map.js';
import type {EngineEvent} from '../events.js';
import type {PeerKey} from '../ids.js';
import {noImpairment} from '../relay/relay-commands.js';
import type {EngineState} from '../state.js';
import {evictedBy} from './peers.js';

export function reduceRules(
	{rules}: EngineState,
	event: EngineEvent,
): EngineState['rules'] {
	switch (event.type) {
		case 'rule/changed': {
			return rules.set(event.rule.id, event.rule);
		}

		case 'rule/removed': {
			return rules.delete(event.rule);
		}

		case 'rule/matched': {
			const rule = rules.get(event.rule);
			return rule ? rules.set(rule.id, {...rule, hits: event.hits}) : rules;
		}

		default: {
			return rules;
		}
	}
}

export function reduceNotebook(
	{notebook}: EngineState,
	event: EngineEvent,
): EngineState['notebook'] {
	return event.type === 'notebook/changed' ? event.notebook : notebook;
}

export function reduceLog(
	{log}: EngineState,
	event: EngineEvent,
): EngineState['log'] {
	return event.type === 'log/changed' ? event.path : log;
}

const unimpaired = {client: noImpairment, server: noImpairment};

export function reduceImpairments(
	state: EngineState,
	event: EngineEvent,
): EngineState['impairments'] {
	const {impairments} = state;
	if (event.type === 'relay/impaired') {
		const before = impairments.get(event.peer) ?? unimpaired;
		const {towards, impairment} = event;
		return impairments.set(event.peer, {...before, [towards]: impairment});
	}

	if (event.type === 'peer/forgotten') return impairments.delete(event.peer);
	return withoutEvicted(impairments, evictedBy(state, event));
}

function withoutEvicted<Value>(
	map: PersistentMap<PeerKey, Value>,
	evicted: PeerKey | undefined,
): PersistentMap<PeerKey, Value> {
	return evicted ? map.delete(evicted) : map;
}
