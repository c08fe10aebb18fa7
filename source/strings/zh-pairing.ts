/** What is said about pairing and trust, in Chinese, on the command line and on the screen. */
import type {
	pairingStrings as english,
	pairingUsage as englishUsage,
	trustInputStrings as englishInput,
} from './en-pairing.js';
import type {Translated} from './translated.js';

export const pairingStrings: Translated<typeof english> = {
	/** Of the code on our screen, and of theirs. */
	ended: {
		burnt: name =>
			`配对码已作废：与 ${name} 的三次尝试都不对。可能是有人输错了，也可能有人在你们中间。请用新的配对码再试，并问问 ${name} 是不是他们输的。`,
		expired: name =>
			`与 ${name} 的配对码已过期。请显示新的，并在两分钟内输入。`,
		withdrawn: name => `与 ${name} 的配对码已收回。`,
		disconnected: (name, attemptsLeft) =>
			attemptsLeft < 3
				? `核对配对码时与 ${name} 的连接断开了。这个配对码已无用：请重新配对；若再次发生，请小心。`
				: `与 ${name} 的连接断开了，配对码随之失效。请等它回来后重新配对。`,
	},
	failed: (name, attemptsLeft) =>
		`这不是 ${name} 的配对码：还剩 ${attemptsLeft} 次。如果没有输错，可能有人在你们中间。`,
	paired: name => `${name} 从现在起是 VERIFIED（已验证），以后不再需要配对码。`,
	already: name => `${name} 已经是 VERIFIED（已验证）。`,
	warning: {
		lookalike: (name, petname) =>
			`${name} 自称的名字像 ${petname}，但不是同一个：密钥不同。`,
		otherKey: (name, petname) =>
			`在 ${petname} 原来的地址上应答的是 ${name}，密钥不同，视为另一个对端。`,
	},
	show: (name, code) =>
		`请在两分钟内在 ${name} 那边输入 ${code}（按 v，或 /pair）。请当面或用电话告知。`,
	shownThere: name => `${name} 显示了配对码。`,
	waitForCode: name => `等待 ${name} 显示配对码：在那边用 /pair。`,
	ask: '配对码：',
	noCode: '没有输入配对码，没有验证。',
};

export const pairingUsage: Translated<typeof englishUsage> = {
	operand: operand =>
		`sockterm pair 不接受“${operand}”：配对码在询问时输入，或放在 SOCKTERM_PAIRING_CODE 中，因为本机的任何人都能看到命令行参数。`,
	onlyPeers: address => `只有加密的对端能验证；${address} 是明文。`,
	toOne: 'sockterm pair 只与一个对端配对。每个 --to 请分别运行一次。',
	idOperand: operand => `sockterm id 不接受“${operand}”。`,
};

export const trustInputStrings: Translated<typeof englishInput> = {
	pairing: pairingStrings,
	asked: name => `${name} 显示了验证用的配对码：按 v 或用 /pair，然后输入。`,
	codeElsewhere:
		'/pair 后面不写配对码：输入行会被记住。请在 /pair 打开的对话框里输入。',
	onlyEncrypted: name => `${name} 不是加密的对端：没有可验证的密钥。`,
	notThere: name => `${name} 现在没有连接。请在双方都在线时配对。`,
	noPeer: '请先打开与某个对端的对话，再按 v。',
	notVerified: name => `${name} 未经验证：没有保存它的密钥。`,
	pins: {
		title: '已验证和被封锁的',
		none: '还没有验证过任何对端。',
		since: date => `自 ${date}`,
		there: '已连接',
		wasAt: address => `未连接，上次在 ${address}`,
		away: '未连接',
		howTo: [
			'/connect NAME 连接，/whois NAME 查看详情。',
			'/trust NAME accept 2GB 100 自动接受它的邀请。',
			'/unpair NAME、/block NAME、/unblock NAME 或 ADDRESS。',
		],
	},
	autoAccept: {
		off: '不自动接受任何内容',
		on: (size, entries, day, taken) =>
			`每个邀请 ${size}、${entries} 个条目以内自动接受，每天 ${day}（已用 ${taken}）`,
		of: (name, text) => `${name}：${text}。`,
		usage: word =>
			`/trust NAME accept 2GB 100 自动接受 NAME 的邀请，限 2 GB 和 100 个条目；/trust NAME accept off 不自动接受。“${word}”两者都不是。`,
		bad: text =>
			`“${text}”不是限额：/trust NAME accept SIZE ENTRIES SIZE-A-DAY，例如 2GB 100 20GB，或 off。`,
	},
	whois: {
		since: date => `自 ${date}`,
		id: id => `ID ${id}`,
		noKey: '没有密钥',
	},
	dialog: {
		title: name => `验证 ${name}`,
		showing: name =>
			`请让 ${name} 在那边输入这个配对码（按 v 或 /pair）。请当面或用电话告知，不要发在这个对话里。`,
		none: '现在没有配对码：请关闭后重新打开',
		attempts: left => (left === 3 ? '' : `还剩 ${left} 次`),
		typing: name => `或输入 ${name} 显示给你的配对码：`,
		waiting: name => `或等 ${name} 显示配对码后输入：`,
		checking: '正在核对…',
		sixDigits: '配对码是六位数字。',
		callIt: '称呼',
		nameFirst: '请先另选名字（Tab），再输入配对码。',
		notShown: name => `${name} 现在没有显示配对码。`,
	},
};
