/**
 * Finds rows by a part of their text, upper or lower case. Decides how: from three
 * characters on by the index of trigrams; what is shorter in the newest rows by
 * looking at them, where what is frequent is, and before those by the trigrams that
 * begin with it. Invariant: every row whose text holds the needle is found, once,
 * newest first; a page is full or the last.
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

/** What may stand for it, upper or lower case; of two characters there are few. LIKE and the index know those of ASCII. */
function spellingsOf(needle: string): string[] {
	let spellings = [''];
	for (const character of needle) {
		const lower = character.toLowerCase();
		const upper = character.toUpperCase();
		const cases =
			character <= '\u007F'
				? [lower]
				: new Set([character, lower, upper, upper.toLowerCase()]);
		spellings = spellings.flatMap(start =>
			[...cases].map(each => start + each),
		);
	}

	return spellings;
}

const likeAny = (spelling: string) =>
	`%${spelling.replace(/[\\%_]/g, '\\$&')}%`;

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
	database.exec(
		"CREATE VIRTUAL TABLE IF NOT EXISTS temp.gram USING fts5vocab('main', 'found', 'instance')",
	);
	const byBeginning = database.prepare(
		`SELECT ${columns} FROM (
			SELECT DISTINCT g.doc AS id FROM json_each(:spellings) s
			CROSS JOIN temp.gram g
			WHERE g.term >= s.value AND g.term < s.value || char(0x10FFFF)
			AND g.doc < :before ORDER BY g.doc DESC
		) f
		CROSS JOIN row r ON r.id = f.id
		CROSS JOIN conversation c ON c.id = r.conversation
		WHERE ${shownIn} ORDER BY f.id DESC LIMIT :limit`,
	);
	const countUpTo = database.prepare(
		`SELECT count(*) AS n FROM (
			SELECT 1 FROM json_each(:spellings) s CROSS JOIN temp.gram g
			WHERE g.term >= s.value AND g.term < s.value || char(0x10FFFF) LIMIT :most
		)`,
	);
	const byLooking = database.prepare(
		`SELECT ${columns} FROM row r
		CROSS JOIN conversation c ON c.id = r.conversation
		WHERE r.id < :before AND r.id >= :start AND ${shownIn}
		AND EXISTS (SELECT 1 FROM json_each(:patterns) p WHERE r.text LIKE p.value ESCAPE '\\')
		ORDER BY r.id DESC LIMIT :limit`,
	);
	const newest = database.prepare('SELECT max(id) AS id FROM row');

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

	type Asked = Readonly<Record<'before' | 'conversation' | 'limit', number>>;

	const ofShort = (needle: string, asked: Asked) => {
		const spellings = spellingsOf(needle);
		const start = Math.max(0, asked.before - limits.historyScanRows);
		const patterns = JSON.stringify(spellings.map(each => likeAny(each)));
		const lately = byLooking.all({...asked, start, patterns});
		const limit = asked.limit - lately.length;
		if (limit === 0) return lately;
		const all = JSON.stringify(spellings);
		const most = limits.historyScanRows;
		const {n} = countUpTo.get({spellings: all, most}) ?? {};
		// What is frequent, but not in a flood that came last, is near where one looks on.
		const earlier =
			Number(n) < most
				? byBeginning.all({...asked, before: start, limit, spellings: all})
				: byLooking.all({...asked, before: start, start: 0, limit, patterns});
		return [...lately, ...earlier];
	};

	const ofLong = (needle: string, asked: Asked) =>
		byIndex.all({...asked, needle: `"${needle.replaceAll('"', '""')}"`});

	return {
		search({needle, key, before: end, limit}: SearchQuery): HistoryHits {
			const conversation = key === undefined ? 0 : conversations.idOf(key);
			if (conversation === undefined || needle === '') return {hits: []};
			const before = end ?? Number(newest.get()?.['id'] ?? 0) + 1;
			const isShort = Array.from(needle).length < trigram;
			const records = (isShort ? ofShort : ofLong)(needle, {
				before,
				conversation,
				limit,
			});
			const hits = records.map(record => toHit(record, needle));
			return hits.length >= limit ? {hits, next: hits.at(-1)!.id} : {hits};
		},
	};
}
