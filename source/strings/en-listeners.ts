/** What is read about listeners, who may reach them, and saved addresses: parts of `strings.input`. */
const quoted = (text: string) => `“${text}”`;

const listed = (items: readonly string[]) => items.join(', ');

const plural = (count: number, one: string, many: string) =>
	`${count} ${count === 1 ? one : many}`;

export const listenerStrings = {
	listeners: {
		sayKind:
			'Say what to listen on: /listen tcp 9090, /listen tls 9443, or /listen udp 10000.',
		none: 'Nothing is listening now. /listen tcp 9090 opens a port.',
		unknown: (what: string) =>
			`Nothing listens on ${quoted(what)}. /listen shows the open ports.`,
		several: (names: readonly string[]) =>
			`There are several: ${listed(names)}. Say which, such as ${names[0] ?? ''}.`,
		unknownOption: (name: string) =>
			`There is no option ${name}. These are: --raw, --framing, --encoding, --idle, --allow, --deny, --classic.`,
		optionValue: (name: string, takesNone: boolean) =>
			takesNone
				? `${name} stands alone, without a value.`
				: `Say what ${name} is to be, such as ${name} ${examples[name] ?? 'VALUE'}.`,
		badRange: (text: string) =>
			`${quoted(text)} is no address or range. Write one such as 10.0.0.5 or 10.0.0.0/8.`,
		badTime: (text: string) =>
			`${quoted(text)} is no time. Write one such as 60s, 10m or 500ms.`,
		surplus: (word: string) =>
			`${quoted(word)} is too much. Write the port once, as in /listen tcp 127.0.0.1:9091.`,
		notForUdp: (flag: string) =>
			`${flag} is for connections, and UDP has none. With udp only --allow and --deny can be used.`,
		title: 'Listening on',
		everywhere: (port: number) => `port ${port}, on all addresses`,
		connections: (count: number) => plural(count, 'connection', 'connections'),
		/** What a listener was asked to be beside its kind and port. */
		options: {
			raw: 'raw',
			framing: (text: string) => text,
			encoding: (name: string) => name,
			idle: (time: string) => `closed after ${time} idle`,
			allow: (ranges: readonly string[]) => `only ${listed(ranges)}`,
			deny: (ranges: readonly string[]) => `not ${listed(ranges)}`,
			classic: 'classic file assistant',
			relay: (target: string) => `relay to ${target}`,
		},
		add: 'Listen on',
		placeholder: 'tcp 9091 --raw --framing "length u16be" --allow 10.0.0.0/8',
		howTo:
			'The same as a command: /listen tcp|tls|udp [address:]port, and /unlisten. An address may be the name of an interface.',
	},

	access: {
		sayRange: (command: string) =>
			`Say whom: /${command} 10.0.0.5, /${command} 10.0.0.0/8, or with a port behind it for one listener.`,
		badRange: (text: string) =>
			`${quoted(text)} is no address or range. Write one such as 10.0.0.5 or 10.0.0.0/8, and a listener's port behind it.`,
	},

	kick: {
		badTime: (text: string) =>
			`${quoted(text)} is no time. Write one such as 10m: /kick NAME for 10m.`,
		refused: (host: string, time: string) =>
			`${host} is refused for ${time}. /allow ${host} lets it in before.`,
	},

	book: {
		title: 'Saved addresses',
		none: 'No address is saved yet. /book save NAME ADDRESS saves one; /book save NAME that of the open conversation.',
		howTo: '/connect NAME connects. /book delete NAME takes one off the list.',
		unknown: (word: string) =>
			`${quoted(word)} is none of these: /book, /book save NAME [ADDRESS], /book delete NAME.`,
		sayName: (action: string) =>
			`Say under which name: /book ${action} NAME${action === 'save' ? ' [ADDRESS]' : ''}.`,
		notThere: (name: string) =>
			`No address is saved as ${quoted(name)}. /book shows those that are.`,
		sayAddress: (name: string) =>
			`This conversation was not dialled from here, so say its address: /book save ${name} host:port.`,
	},
} as const;

/** Values that could stand behind an option. */
const examples: Readonly<Record<string, string>> = {
	'--framing': 'lines',
	'--encoding': 'gbk',
	'--idle': '60s',
	'--allow': '10.0.0.0/8',
	'--deny': '10.0.0.5',
};
