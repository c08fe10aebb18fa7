/** Carries out the commands that are about rules. */
import type {Chat} from '../chat.js';
import type {HandlersOf} from '../command-handlers.js';
import type {EngineContext, EventBus} from '../context.js';
import type {PeerTable} from '../sessions/peer-table.js';
import {createRuleActions} from './rule-actions.js';
import type {RuleCommand} from './rule-commands.js';
import {createRules} from './rules.js';

export function createRuleHandlers(
	context: EngineContext,
	on: EventBus['on'],
	table: PeerTable,
	chat: Pick<Chat, 'send'>,
): HandlersOf<RuleCommand> {
	const rules = createRules(
		context,
		on,
		createRuleActions(context, table, chat),
	);
	return {
		'rule/add'({rule}) {
			rules.add(rule);
		},
		'rule/remove'({rule}) {
			rules.remove(rule);
		},
		'rule/setEnabled'({rule, enabled}) {
			rules.setEnabled(rule, enabled);
		},
		'rule/setDryRun'({rule, dryRun}) {
			rules.setDryRun(rule, dryRun);
		},
	};
}
