/** Limits of rules and relays: what is done by itself; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const ruleLimits = {
	// Rules: what is looked at of a message, and how long an expression may be: together
	// they bound the time that a stranger's message takes. Two programs that answer each
	// other by rule would never stop.
	rules: 100,
	ruleTextBytes: 4 * KiB,
	expressionSteps: 500,
	ruleActionsPerSecond: 100,
	// A relay holds so much of a direction that is delayed or slow; then the sender waits.
	relayHeldBytes: 4 * MiB,
} as const;
