/** A history of many messages, always the same for the same seed. */
import type {HistoryEntry, HistoryKey, Kept} from '../source/engine/ports.js';
import {createHistoryStore} from '../source/storage/history/history-store.js';

const words =
	'the build is up again deploy server please look at this log line error timeout retry packet socket listen port alice bob thanks lunch tomorrow meeting data sensor value temperature 你好 世界 测试 服务器 连接 消息 文件 传输 完成 没有 问题 今天 明天 谢谢 数据 温度 端口'.split(
		' ',
	);

/** xorshift32: fast enough for millions, the same everywhere. */
function createNumbers(seed: number): (below: number) => number {
	let state = seed;
	return below => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) % below;
	};
}

const batchRows = 5_000;
const peers = 20;
const minuteMs = 60_000;

/** Fills the state folder up to `endAt`, a message every ten seconds to a minute. */
export function fillHistory(
	stateFolder: string,
	messages: number,
	{seed = 7, endAt = Date.UTC(2026, 0, 1), everyMs = 10_000} = {},
): void {
	const below = createNumbers(seed);
	const store = createHistoryStore(stateFolder);
	store.open({run: 'filled', asked: {}});
	let at = endAt - messages * everyMs;
	for (let first = 0; first < messages; first += batchRows) {
		const batch: HistoryEntry[] = [];
		for (
			let order = first;
			order < Math.min(messages, first + batchRows);
			order++
		) {
			at += Math.min(minuteMs, 1 + below(everyMs * 2));
			const text = Array.from(
				{length: 3 + below(15)},
				() => words[below(words.length)],
			).join(' ');
			const number = below(peers);
			const key: HistoryKey = `peer:${String(number).padStart(64, '0')}`;
			const name = `peer${number}`;
			const kept: Kept =
				below(3) === 0
					? {
							kind: 'sent',
							to: key,
							toName: name,
							text,
							message: `m${order}`,
							receivers: 1,
							delivered: 1,
							failed: 0,
						}
					: {kind: 'received', name, trust: 'VERIFIED', text};
			batch.push({
				what: 'row',
				keys: [key, 'all'],
				at,
				order,
				part: 0,
				kept,
				text,
			});
		}

		store.append(batch);
	}

	// What is rare is looked for in vain the longest.
	store.append([
		{
			what: 'row',
			keys: [`peer:${'0'.repeat(64)}`, 'all'],
			at,
			order: messages,
			part: 0,
			kept: {
				kind: 'received',
				name: 'peer0',
				trust: 'VERIFIED',
				text: '独一无二 needle',
			},
			text: '独一无二 needle',
		},
	]);
	store.close(undefined);
}
