/** What is read about rules and relays. Part of the one table, `strings.input`. */
import type {ImpairmentProblem, ImpairmentWord} from '../engine/index.js';

const quoted = (text: string) => `“${text}”`;

const impairmentValues: Readonly<Record<ImpairmentWord, string>> = {
	delay: 'a time up to 60s, such as delay=50ms',
	jitter: 'a time up to 60s, such as jitter=20ms',
	drop: 'a share up to 100%, such as drop=1%',
	corrupt: 'a share up to 100%, such as corrupt=0.1%',
	split: 'a number of bytes, such as split=3',
	join: 'a time up to 60s, such as join=100ms',
	rate: 'bytes a second, such as rate=10KB',
};

export const ruleStrings = {
	rules: {
		title: 'Rules',
		none: 'There are no rules. A rule does something by itself when a PLAIN peer says something.',
		howTo: [
			'/rule when contains "PING" answer "PONG\\r\\n"',
			'/rule when /T=(\\d+)/ note "temperature $1"',
			'/rule for bob when hex:aa55 forward carol',
			'/rule dry when prefix HELO answer "250 ok\\r\\n" (only says what it would do)',
			'/rule on|off|dry|live|delete N',
		],
		on: 'on',
		off: 'off',
		dry: 'dry',
		hits: (count: number) => (count === 1 ? '1 hit' : `${count} hits`),
		when: {contains: 'contains', prefix: 'begins with'},
		hex: (digits: string) => `hex ${digits}`,
		answer: (line: string) => `answer ${line}`,
		note: (text: string) => `note ${quoted(text)}`,
		forward: (name: string) => `forward to ${name}`,
		only: (name: string) => `only ${name}`,
		gone: 'somebody who left',
		sayWhat:
			'Say when and what, such as /rule when contains PING answer PONG, or /rule list.',
		sayMatch:
			'Say what to look for: contains TEXT, prefix TEXT, /EXPRESSION/ or hex:AA55.',
		sayAction: 'Say what to do then: answer TEXT, note TEXT, or forward PEER.',
		sayNumber: (word: string) =>
			`Say which rule, by its number: /rule ${word} 1. /rule list shows them.`,
		unknown: (text: string) =>
			`There is no rule ${quoted(text)}. /rule list shows them by number.`,
		badHex: (text: string) =>
			`${quoted(text)} are no bytes. Write pairs of 0–9 and a–f, such as hex:aa55.`,
		badFlag: (text: string) =>
			`${quoted(text)} behind an expression is unknown; only i (upper and lower case alike) is.`,
		openQuote: 'A quote or / is still open. Close it.',
		tooMuch: (text: string) =>
			`${quoted(text)} is too much here. Put text with blanks in quotes.`,
	},

	relays: {
		sayWhat:
			'Say on which port to listen and where it leads: /relay 9001 HOST:PORT.',
		notForPeers:
			'A relay carries bytes as they are: write host:port, or ssl://host:port where the server wants TLS.',
		notHere:
			'This is no relayed connection. Open the conversation of one: /relay 9001 HOST:PORT makes one for each client.',
		sayInject:
			'Say to which side and what: /inject client TEXT, or /inject server TEXT.',
		saySide: 'Say which side gets the end: /impair server half-close.',
		alone: (word: string) =>
			`${word} stands alone: /impair ${word}${word === 'reset' ? '' : ' with its side'}, and the rest in another line.`,
		none: 'Nothing is impaired here. /impair delay=50ms drop=1% changes that.',
		is: (toClient: string, toServer: string) =>
			`To the client: ${toClient === '' ? 'nothing' : toClient}. To the server: ${toServer === '' ? 'nothing' : toServer}.`,
		to: (server: string) => `⇄ ${server}`,
		impairedBoth: (what: string) => `impaired: ${what}`,
		impairedTowards: (side: 'client' | 'server', what: string) =>
			`to the ${side}: ${what}`,
		problem: (problem: ImpairmentProblem) =>
			problem.kind === 'unknown'
				? `${quoted(problem.text)} is no impairment. There are ${Object.keys(impairmentValues).join(', ')} (each with =), off, half-close and reset.`
				: `${problem.word}=${problem.text} cannot be: it takes ${impairmentValues[problem.word]}.`,
	},
} as const;
