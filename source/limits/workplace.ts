/** Limits of what comes back after a restart: the notebook, settings, listeners and peers; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const workplaceLimits = {
	// The notebook: what one person keeps by name.
	notebookItems: 500,
	notebookNameCharacters: 32,
	snippetCharacters: 4 * KiB,
	notebookFileBytes: 16 * MiB,
	// Settings are written by hand; what comes back after a restart, with the changes of a second.
	configFileBytes: MiB,
	configStatementLines: 100,
	workplaceListeners: 100,
	workplacePeers: 500,
	workplaceFileBytes: 4 * MiB,
	workplaceMs: 1_000,
} as const;
