/**
 * Finds rows by a part of their text, upper or lower case. Decides how: from three
 * characters on by the index of trigrams, below that by looking at the rows, so
 * many in one go. Invariant: every row whose text holds the needle is found, once,
 * newest first, over as many goes as it takes.
 */
import type {DatabaseSync} from 'node:sqlite';
import type {HistoryHit, HistoryHits, SearchQuery} from '../../engine/ports.js';
import {limits} from '../../limits.js';
import {conversationIds} from './history-rows.js';

const trigram = 3;
const before = 24;

/** The text around what was found, so that it can be seen in one line. */
export function excerpt(text: string, needle: string): string {
	const place = text.toLowerCase().indexOf(needle.toLowerCase());
	const start = Math.max(0, place - before);
	const characters = Array.from(
		text.slice(start, start + limits.historyExcerptCharacters),
	);
	const isCut = start + limits.historyExcerptCharacters < text.length;
	// A character that was cut in two would be shown as one that was never said.
	const whole = characters.filter(each => !/^[\uD800-\uDFFF]$/u.test(each));
	return `${start > 0 ? '…' : ''}${whole.join('')}${isCut ? '…' : ''}`;
}

/** LIKE knows upper and lower case of ASCII only; of two characters there are few others. */
function patternsOf(needle: string): string[] {
	let variants = [''];
	for (const character of needle) {
		const cases = new Set([
			character,
			character.toLowerCase(),
			character.toUpperCase(),
		]);
		variants = variants.flatMap(start =>
			[...cases].map(each => start + each.replace(/[\\%_]/g, '\\$&')),
		);
	}

	return variants.map(each => `%${each}%`);
}

const columns =
	'r.id AS id, r.at AS at, r.text AS text, r.data AS data, c.key AS key';

export function createHistorySearch(database: DatabaseSync) {
	const conversations = conversationIds(database);
	const shownIn =
		'(:conversation = 0 OR EXISTS (SELECT 1 FROM placed p WHERE p.conversation = :conversation AND p.row = r.id))';
	const byIndex = database.prepare(
		`SELECT ${columns} FROM found f
		CROSS JOIN row r ON r.id = f.rowid
		CROSS JOIN conversation c ON c.id = r.conversation
		WHERE found MATCH :needle AND f.rowid < :before AND ${shownIn}
		ORDER BY f.rowid DESC LIMIT :limit`,
	);
	const newest = database.prepare('SELECT max(id) AS id FROM row');
	const oldest = database.prepare('SELECT min(id) AS id FROM row');

	const toHit = (
		record: Readonly<Record<string, unknown>>,
		needle: string,
	): HistoryHit => {
		const kept = JSON.parse(String(record['data'])) as {
			readonly kind?: string;
			readonly name?: string;
			readonly toName?: string;
			readonly direction?: 'in' | 'out';
		};
		const {kind} = kept;
		const isOut = kind === 'sent' || kind === 'written';
		const isIn = kind === 'received' || kind === 'frame';
		const direction = isOut ? 'out' : isIn ? 'in' : kept.direction;
		return {
			id: Number(record['id']),
			key: String(record['key']),
			name: kept.name ?? kept.toName ?? '',
			at: Number(record['at']),
			...(direction ? {direction} : {}),
			text: excerpt(String(record['text']), needle),
		};
	};

	const lookThrough = (
		needle: string,
		end: number,
		conversation: number,
		limit: number,
	): HistoryHits => {
		const first = Number(oldest.get()?.['id'] ?? 0);
		const start = Math.max(first, end - limits.historyScanRows);
		const patterns = patternsOf(needle);
		const likes = patterns
			.map((_, index) => `r.text LIKE :p${index} ESCAPE '\\'`)
			.join(' OR ');
		const statement = database.prepare(
			`SELECT ${columns} FROM row r
			CROSS JOIN conversation c ON c.id = r.conversation
			WHERE r.id < :end AND r.id >= :start AND (${likes}) AND ${shownIn}
			ORDER BY r.id DESC LIMIT :limit`,
		);
		const named = Object.fromEntries(
			patterns.map((pattern, index) => [`p${index}`, pattern]),
		);
		const hits = statement
			.all({...named, end, start, conversation, limit})
			.map(record => toHit(record, needle));
		if (hits.length >= limit) return {hits, next: hits.at(-1)!.id};
		return start > first ? {hits, next: start} : {hits};
	};

	return {
		search({needle, key, before: end, limit}: SearchQuery): HistoryHits {
			const conversation = key === undefined ? 0 : conversations.idOf(key);
			const last = Number(newest.get()?.['id'] ?? 0);
			const from = end ?? last + 1;
			if (conversation === undefined || needle === '') return {hits: []};
			if (Array.from(needle).length < trigram) {
				return lookThrough(needle, from, conversation, limit);
			}

			const hits = byIndex
				.all({
					needle: `"${needle.replaceAll('"', '""')}"`,
					before: from,
					conversation,
					limit,
				})
				.map(record => toHit(record, needle));
			return hits.length >= limit ? {hits, next: hits.at(-1)!.id} : {hits};
		},
	};
}
