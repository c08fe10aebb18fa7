/**
 * Reads rows of a conversation, a page at a time. Invariants: a page is bounded in
 * rows and bytes; its rows stand in their order and none between them is left out
 * but those that are in memory: rows of this run, and what came again in it.
 */
import type {DatabaseSync, SQLInputValue} from 'node:sqlite';
import type {
	HistoryPage,
	HistoryRow,
	KeptSent,
	PageQuery,
	RunPlace,
} from '../../engine/ports.js';
import {limits} from '../../limits.js';
import {conversationIds} from './history-rows.js';
import {fromData} from './row-data.js';
import {againTable} from './schema.js';

interface Side {
	/** In the order in which they were asked for. */
	readonly rows: HistoryRow[];
	readonly hasMore: boolean;
}

const columns = `r.id AS id, r.at AS at, r.run AS run, r.place AS place,
	r.text AS text, r.data AS data, r.bytes AS bytes, r.once AS once, c.key AS key`;

const inMemory = `r.run = :run AND (r.place, r.part) >= (:place, :part)
	OR r.once IS NOT NULL AND EXISTS (
		SELECT 1 FROM temp.again a
		WHERE a.conversation = :conversation AND a.row = r.id
		AND (a.place, a.part) >= (:place, :part)
	)`;

const nowhere: RunPlace = {order: Number.MAX_SAFE_INTEGER, part: 0};

/** Beyond every row. */
const endId = Number.MAX_SAFE_INTEGER;

export function createHistoryPages(database: DatabaseSync, run: number) {
	const conversations = conversationIds(database);
	database.exec(againTable);
	const statement = (compare: string, order: 'ASC' | 'DESC') =>
		database.prepare(
			`SELECT ${columns} FROM placed p
			CROSS JOIN row r ON r.id = p.row
			CROSS JOIN conversation c ON c.id = r.conversation
			WHERE p.conversation = :conversation AND p.row ${compare} :id
			AND NOT (${inMemory}) ORDER BY p.row ${order} LIMIT :limit`,
		);
	const older = statement('<', 'DESC');
	const newer = statement('>=', 'ASC');
	const cameAgain = database.prepare(
		`SELECT ${columns} FROM temp.again a
		CROSS JOIN row r ON r.id = a.row
		CROSS JOIN conversation c ON c.id = r.conversation
		WHERE a.conversation = :conversation
		AND (a.place, a.part) >= (:place, :part)
		ORDER BY a.row DESC LIMIT :limit`,
	);
	const atDate = database.prepare(
		'SELECT id FROM row WHERE at >= ? ORDER BY at, id LIMIT 1',
	);

	const toRow = (
		record: Readonly<Record<string, unknown>>,
	): HistoryRow | undefined => {
		const {id, at, key, text, data, bytes, once} = record;
		const kept = fromData(
			String(data),
			String(text),
			bytes as Uint8Array | null,
		);
		return (
			kept && {
				id: Number(id),
				key: String(key),
				at: Number(at),
				run: Number(record['run']),
				isThisRun: record['run'] === run,
				order: Number(record['place']),
				kept,
				...(typeof once === 'string' ? {once} : {}),
			}
		);
	};

	const read = (
		which: typeof older,
		named: Record<string, SQLInputValue>,
		limit: number,
	): Side => {
		const rows: HistoryRow[] = [];
		let sizeBytes = 0;
		let hasMore = false;
		for (const record of which.iterate({...named, limit: limit + 1})) {
			if (rows.length >= limit || sizeBytes > limits.historyPageBytes) {
				hasMore = true;
				break;
			}

			const row = toRow(record);
			if (!row) continue;
			rows.push(row);
			const {bytes, text} = record;
			sizeBytes += String(text).length * 2;
			if (bytes instanceof Uint8Array) sizeBytes += bytes.length;
		}

		return {rows, hasMore};
	};

	const sentAgain = (named: Record<string, SQLInputValue>): KeptSent[] =>
		cameAgain.all({...named, limit: limits.roomMessages}).flatMap(record => {
			const kept = toRow(record)?.kept;
			return kept?.kind === 'sent' ? [kept] : [];
		});

	return {
		page({key, from, upTo = nowhere, limit}: PageQuery): HistoryPage {
			const conversation = conversations.idOf(key);
			if (conversation === undefined) {
				return {rows: [], hasOlder: false, hasNewer: false};
			}

			const named = {
				conversation,
				run,
				place: upTo.order,
				part: upTo.part,
			};
			const olderThan = (id: number, count: number) =>
				read(older, {...named, id}, count);
			const sinceThen = (id: number, count: number) =>
				read(newer, {...named, id}, count);

			const around = (id: number, isDate = false): HistoryPage => {
				const half = Math.ceil(limit / 2);
				const after = sinceThen(id, half);
				const before = olderThan(id, half);
				const [first] = after.rows;
				const target = first ?? (isDate ? undefined : before.rows[0]);
				return {
					rows: [...before.rows.toReversed(), ...after.rows],
					hasOlder: before.hasMore,
					hasNewer: after.hasMore,
					...(target ? {target: target.id} : {}),
				};
			};

			switch (from.kind) {
				case 'end':
				case 'before': {
					const id = from.kind === 'end' ? endId : from.id;
					const {rows, hasMore} = olderThan(id, limit);
					const page = {rows: rows.toReversed(), hasOlder: hasMore};
					if (from.kind === 'before') return {...page, hasNewer: true};
					const {run: _run, ...at} = named;
					return {...page, hasNewer: false, again: sentAgain(at)};
				}

				case 'after': {
					const {rows, hasMore} = sinceThen(from.id + 1, limit);
					return {rows, hasOlder: true, hasNewer: hasMore};
				}

				case 'around': {
					return around(from.id);
				}

				case 'date': {
					return around(Number(atDate.get(from.at)?.['id'] ?? endId), true);
				}
			}
		},
	};
}
