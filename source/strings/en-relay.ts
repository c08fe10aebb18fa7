/** What `sockterm relay` says. Part of the one table, `strings.cli`. */
export const relayVerbStrings = {
	listening: (here: string, there: string) =>
		`Listening on ${here}; each connection goes on to ${there}.`,
	joined: (client: string, server: string) =>
		`${client} connected, joined to ${server}.`,
	left: (client: string) => `${client} left.`,
	said: (client: string, arrow: string, text: string) =>
		`${client} ${arrow} ${text}`,
	needsPlaces:
		'sockterm relay needs a port to listen on and where it leads: sockterm relay 9001 HOST:PORT.',
	badListen: (text: string) =>
		`"${text}" is no port to listen on. Write a port, such as 9001, or address:port.`,
	notForPeers: (text: string) =>
		`A relay carries bytes as they are, so "${text}" is nothing for it: write HOST:PORT, or ssl://HOST:PORT where the server wants TLS.`,
	tooMuch: (text: string) =>
		`"${text}" is too much here. Impairments stand together in quotes: --impair "delay=50ms drop=1%".`,
	unknownImpairment: (text: string) =>
		`--impair knows no "${text}": it takes delay, jitter, drop, corrupt, split, join and rate, such as "delay=50ms drop=1%".`,
	badImpairment: (word: string, value: string) =>
		`--impair: ${word}=${value} cannot be. It takes such as "delay=50ms jitter=20ms drop=1% corrupt=0.1% split=3 join=100ms rate=10KB".`,
} as const;
