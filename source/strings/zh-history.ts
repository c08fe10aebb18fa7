/** The history: what is said about it, in Chinese. */
import {formatSize} from '../util/quantities.js';
import type {
	historyErrorSentences as englishErrors,
	historyStrings as english,
} from './en-history.js';
import {fact} from './error-facts.js';
import type {Translated} from './translated.js';
import {file, why} from './zh-error-facts.js';

const quoted = (text: string) => `“${text}”`;
const count = (number: number, unit: string) =>
	`${number.toLocaleString('en')} ${unit}`;

export const historyErrorSentences: Translated<typeof englishErrors> = {
	historyUnusable: details =>
		`历史记录 ${file(details)} 无法使用${why(details)}，本次运行不会保留任何内容。请检查文件夹和权限，或用 --no-history 启动。`,
	historyNewer: details =>
		`历史记录 ${file(details)} 由更新版本的 sockterm 写入，本次运行不会保留任何内容。请更新本程序，或换一个 --state-dir 启动。`,
	historyDamaged: details =>
		`历史记录已损坏，现已移到 ${fact(details, 'path', '别处')}，并新建了一份；已验证的对端和你的身份不受影响。`,
	historyFailed: details =>
		`历史记录 ${file(details)} 无法读写${why(details)}。其间的内容不会保留；会自动重试。`,
	historyFull: details =>
		`${file(details)} 所在的磁盘已满，现在的内容不会保留。请腾出空间，之后会自动继续。`,
	noHistory: () => '本次运行不保留历史。去掉 --no-history 启动即可保留。',
	nothingThatDay: () => '从那天起没有保留内容。/history 可查看最早的记录。',
};

export const historyStrings: Translated<typeof english> = {
	runBegins: when => `本次运行开始，${when}`,
	runBegan: when => `运行开始，${when}`,
	day: when => when,
	unread: '新消息',
	gap: '下方有更新的消息',
	moreBelow: (rows: number) => `下方不止 ${rows} 条`,
	recovered: '历史记录已恢复保留。',
	unkept: (messages, sizeBytes) =>
		`${count(messages, '条消息')}（${formatSize(sizeBytes)}）来得太快，没有保留`,
	verified: name => `${name} 从现在起是 VERIFIED（已验证）`,
	blocked: name => `${name} 已被封锁：它的密钥变了`,
	transfer: ({title, others, size, outcome, folder}) =>
		`${title}${others > 0 ? ` 等，另有 ${others} 个` : ''}  ${size}  ${outcome}${folder === undefined ? '' : `，在 ${folder}`}`,

	search: {
		title: needle => `历史中的 ${quoted(needle)}`,
		looking: needle => `正在查找 ${quoted(needle)}…`,
		nothing: needle => `历史和屏幕上都没有 ${quoted(needle)}。`,
		found: (hits, isAll) => (isAll ? count(hits, '行') : `最新的 ${hits} 行`),
	},

	clear: {
		title: '清除',
		yes: '删除',
		no: '保留',
		ask: name =>
			name === undefined
				? '从屏幕和历史中删除所有对话的全部内容吗？'
				: `从屏幕和历史中删除与 ${name} 的全部内容吗？`,
		detail: '无法撤销。收到的文件会保留。',
		done: rows => `已清除。历史中删除了 ${count(rows, '行')}。`,
	},

	goto: {
		usage:
			'请说明转到哪里：/goto 2026-11-01、/goto 2026-11-01 14:30、/goto today、/goto unread 或 /goto end。',
		noUnread: '这里没有未读的。',
		nothing: '从那时起没有保留内容。',
	},

	stat: {
		title: '历史',
		none: '本次运行不保留历史。',
		kept: (rows, conversations) =>
			`${count(conversations, '个对话')}，${count(rows, '行')}`,
		range: (from, to) => `从 ${from} 到 ${to}`,
		size: (used, most) => `已用 ${formatSize(used)}，最多 ${formatSize(most)}`,
		days: days => `保留 ${count(days, '天')}`,
		peers: peers => `见过 ${count(peers, '个加密对端')}`,
		howTo:
			'/history days 90 和 /history size 200MB 修改保留多少，以后的运行也有效。/clear 删除一个对话。--no-history 则不保留任何内容。',
		usage:
			'请说明改什么：/history days 90，或 /history size 200MB。不带参数则查看现状。',
		retained: (days, bytes) =>
			`从现在起保留 ${count(days, '天')}，最多 ${formatSize(bytes)}。`,
	},
};
