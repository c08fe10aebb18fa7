/** Histories of folders of their own, closed and gone after the test. */
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {SocktermError} from '../../source/errors.js';
import type {HistoryEntry, HistoryPage} from '../../source/engine/ports.js';
import {createHistoryStore} from '../../source/storage/history/history-store.js';
import {said} from '../helpers/history-entries.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

export function folderPath() {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	return folder.path;
}

export function opened(path = folderPath(), run = 'run 1', asked = {}) {
	const store = createHistoryStore(path);
	const answer = store.open({run, asked});
	onTestFinished(() => store.close(undefined));
	return {path, store, ...answer, file: join(path, 'history.db')};
}

export const series = (count: number, from = 0): HistoryEntry[] =>
	Array.from({length: count}, (_, index) =>
		said(`line ${from + index}`, {order: from + index}),
	);

export const textsOf = ({rows}: HistoryPage) =>
	rows.map(({kept}) => ('text' in kept ? kept.text : kept.kind));

export function codeOf(work: () => unknown) {
	try {
		work();
	} catch (error) {
		return error instanceof SocktermError ? error.info.code : error;
	}

	return undefined;
}

export const end = {kind: 'end'} as const;
