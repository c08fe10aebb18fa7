/** What is read about rules and relays, in Chinese. Part of the one table, `strings.input`. */
import type {ImpairmentWord} from '../engine/index.js';
import type {ruleStrings as english} from './en-rules.js';
import type {Translated} from './translated.js';

const quoted = (text: string) => `“${text}”`;

const impairmentValues: Readonly<Record<ImpairmentWord, string>> = {
	delay: '不超过 60s 的时间，例如 delay=50ms',
	jitter: '不超过 60s 的时间，例如 jitter=20ms',
	drop: '不超过 100% 的比例，例如 drop=1%',
	corrupt: '不超过 100% 的比例，例如 corrupt=0.1%',
	split: '字节数，例如 split=3',
	join: '不超过 60s 的时间，例如 join=100ms',
	rate: '每秒字节数，例如 rate=10KB',
};

const sides = {client: '客户端', server: '服务器'} as const;

export const ruleStrings: Translated<typeof english> = {
	rules: {
		title: '规则',
		none: '还没有规则。规则在 PLAIN 对端说了某些内容时自动做一件事。',
		howTo: [
			'/rule when contains "PING" answer "PONG\\r\\n"',
			'/rule when /T=(\\d+)/ note "温度 $1"',
			'/rule for bob when hex:aa55 forward carol',
			'/rule dry when prefix HELO answer "250 ok\\r\\n"（只说明会做什么）',
			'/rule on|off|dry|live|delete N',
		],
		on: '开',
		off: '关',
		dry: '试运行',
		hits: count => `命中 ${count} 次`,
		when: {contains: '含有', prefix: '开头是'},
		hex: digits => `十六进制 ${digits}`,
		answer: line => `回复 ${line}`,
		note: text => `记录 ${quoted(text)}`,
		forward: name => `转发给 ${name}`,
		only: name => `只对 ${name}`,
		gone: '已离开的对端',
		sayWhat:
			'请说明条件和动作，例如 /rule when contains PING answer PONG，或 /rule list。',
		sayMatch:
			'请说明查找什么：contains TEXT、prefix TEXT、/表达式/ 或 hex:AA55。',
		sayAction: '请说明之后做什么：answer TEXT、note TEXT 或 forward PEER。',
		sayNumber: word =>
			`请用编号说明哪条规则：/rule ${word} 1。/rule list 可查看。`,
		unknown: text => `没有规则 ${quoted(text)}。/rule list 按编号列出。`,
		badHex: text =>
			`${quoted(text)} 不是字节。请写成 0–9 和 a–f 的两位一组，例如 hex:aa55。`,
		badFlag: text =>
			`表达式后面不能是 ${quoted(text)}；只能用 i（不分大小写）。`,
		openQuote: '引号或 / 没有闭合。请补上。',
		tooMuch: text => `${quoted(text)} 在这里是多余的。含空格的文本请加引号。`,
	},

	relays: {
		sayWhat: '请说明监听哪个端口、通向哪里：/relay 9001 HOST:PORT。',
		notForPeers:
			'中继原样传递字节：请写 host:port；服务器需要 TLS 时写 ssl://host:port。',
		notHere:
			'这不是中继的连接。请打开一个的对话：/relay 9001 HOST:PORT 会为每个客户端建立一个。',
		sayInject:
			'请说明发给哪一方、发什么：/inject client TEXT 或 /inject server TEXT。',
		saySide: '请说明向哪一方发送结束：/impair server half-close。',
		alone: word =>
			`${word} 要单独使用：/impair ${word}${word === 'reset' ? '' : ' 加上哪一方'}，其余的另写一行。`,
		none: '这里没有干扰。/impair delay=50ms drop=1% 可以加上。',
		is: (toClient, toServer) =>
			`发往客户端：${toClient === '' ? '无' : toClient}。发往服务器：${toServer === '' ? '无' : toServer}。`,
		to: server => `⇄ ${server}`,
		impairedBoth: what => `干扰：${what}`,
		impairedTowards: (side, what) => `发往${sides[side]}：${what}`,
		problem: problem =>
			problem.kind === 'unknown'
				? `没有 ${quoted(problem.text)} 这种干扰。可用的有 ${Object.keys(impairmentValues).join('、')}（都带 =）、off、half-close 和 reset。`
				: `${problem.word}=${problem.text} 不行：它要 ${impairmentValues[problem.word]}。`,
	},
};
