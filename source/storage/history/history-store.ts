/**
 * The history as one thing: what can be asked of the file, with calls that wait
 * for the disk. Runs on a thread of its own. Decides what happens when the file
 * turns out to be damaged while it is used: it is set aside, a new one is begun,
 * and the question fails with historyDamaged.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import type {HistoryStat, Retention} from '../../engine/ports.js';
import {isDamaged, toHistoryError} from './history-errors.js';
import {createHistoryPages} from './history-pages.js';
import {createHistoryRemoval, usedBytes} from './history-removal.js';
import {createHistoryRows, runIdOf} from './history-rows.js';
import {createHistorySearch} from './history-search.js';
import type {HistoryTasks} from './history-tasks.js';
import {openHistory, setAside, type OpenHistory} from './open-history.js';

type Asked<Name extends keyof HistoryTasks> = HistoryTasks[Name]['asked'];

/** Throws as the port rejects. */
export type HistoryStore = {
	readonly [Name in keyof HistoryTasks]: (
		asked: Asked<Name>,
	) => HistoryTasks[Name]['result'];
};

const dayMs = 86_400_000;

export const defaultRetention: Retention = {
	maxAgeMs: limits.historyDays * dayMs,
	maxBytes: limits.historyBytes,
};

interface Tables {
	readonly file: OpenHistory;
	readonly rows: ReturnType<typeof createHistoryRows>;
	readonly pages: ReturnType<typeof createHistoryPages>;
	readonly search: ReturnType<typeof createHistorySearch>;
	readonly removal: ReturnType<typeof createHistoryRemoval>;
}

function tablesOf(file: OpenHistory, run: string): Tables {
	const {database} = file;
	const id = runIdOf(database, run);
	return {
		file,
		rows: createHistoryRows(database, id),
		pages: createHistoryPages(database, id),
		search: createHistorySearch(database),
		removal: createHistoryRemoval(database),
	};
}

function chosenRetention({database}: OpenHistory): Partial<Retention> {
	const rows = database.prepare('SELECT name, value FROM setting').all();
	return Object.fromEntries(
		rows.map(({name, value}) => [String(name), Number(value)]),
	);
}

function statOf(file: OpenHistory, retention: Retention): HistoryStat {
	const {database, path} = file;
	const one = (sql: string) => Number(database.prepare(sql).get()?.['n'] ?? 0);
	const oldestAt = one('SELECT min(at) AS n FROM row');
	const newestAt = one('SELECT max(at) AS n FROM row');
	return {
		path,
		rows: one('SELECT count(*) AS n FROM row'),
		sizeBytes: usedBytes(database),
		conversations: one(
			'SELECT count(*) AS n FROM conversation WHERE bytes > 0',
		),
		peers: one('SELECT count(DISTINCT peer) AS n FROM peer'),
		...(oldestAt > 0 ? {oldestAt} : {}),
		...(newestAt > 0 ? {newestAt} : {}),
		retention,
	};
}

export function createHistoryStore(stateFolder: string): HistoryStore {
	let run = '';
	let tables: Tables | undefined;
	let retention = defaultRetention;

	const begin = () => {
		const file = openHistory(stateFolder);
		tables = tablesOf(file, run);
		return tables;
	};

	/** After a failure it may work again: a folder may be writable now. */
	const beginAgain = () => {
		const begun = begin();
		const {setAside: path} = begun.file;
		if (path !== undefined) throw new SocktermError('historyDamaged', {path});
		return begun;
	};

	/** Failures as ours; one that says that the file is damaged takes it out of the way. */
	const guarded = <Result>(work: (open: Tables) => Result): Result => {
		const open = tables ?? beginAgain();
		const {path} = open.file;
		try {
			return work(open);
		} catch (error) {
			if (!isDamaged(error)) throw toHistoryError(error, path, 'historyFailed');
			open.file.database.close();
			tables = undefined;
			throw new SocktermError(
				'historyDamaged',
				{path: setAside(path)},
				{cause: error},
			);
		}
	};

	return {
		open({run: key, asked}) {
			run = key;
			const {file} = begin();
			retention = {...retention, ...chosenRetention(file), ...asked};
			return file.setAside === undefined ? {} : {setAside: file.setAside};
		},
		append: entries => guarded(({rows}) => rows.append(entries)),
		page: query => guarded(({pages}) => pages.page(query)),
		search: query => guarded(({search}) => search.search(query)),
		clear: ({key}) => guarded(({removal}) => removal.clear(key)),
		stat: () => guarded(({file}) => statOf(file, retention)),
		retain({retention: chosen, lasts}) {
			guarded(({file}) => {
				const keep = file.database.prepare(
					'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
				);
				for (const [name, value] of Object.entries(
					lasts === 'everyRun' ? chosen : {},
				)) {
					keep.run(name, value);
				}

				retention = {...retention, ...chosen};
			});
		},
		prune: ({now}) => guarded(({removal}) => removal.prune(retention, now)),
		close() {
			tables?.file.database.close();
			tables = undefined;
		},
	};
}
