/** Limits of messages and names; part of `limits.ts`. */
import {KiB} from './units.js';

export const messageLimits = {
	// Text.
	messageBytes: 16 * KiB,
	// A screen has fewer; a message of breaks alone must not cost a row each.
	messageLines: 500,
	nickCharacters: 32,
	// Who changes its name faster is told of once, by the last one.
	nickMs: 1_000,
} as const;
