import type {Rule} from '../../engine/index.js';

/** What people call a rule. */
export const ruleNumber = ({id}: Pick<Rule, 'id'>): string =>
	id.slice(id.indexOf(':') + 1);
