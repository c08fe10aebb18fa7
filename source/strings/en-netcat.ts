/** What netcat's flags say: wrong uses, and with -v what happens. */
export const netcatUsage = {
	noPrograms: (flag: string) =>
		`${flag} would let whoever connects run a program here, so sockterm does not do it. Pipe into it instead: a program | sockterm HOST PORT, or sockterm -l PORT | a program.`,
	needsValue: (flag: string) =>
		`${flag} needs a value behind it, as in ${flag} ${flag === '-p' ? '9000' : flag === '-w' || flag === '--wait' ? '5' : 'FILE'}.`,
	badPort: (text: string) => `A port goes from 1 to 65535, not "${text}".`,
	surplus: (text: string) =>
		`"${text}" is too much: write sockterm HOST PORT, or sockterm -l PORT.`,
	needsHostAndPort:
		'Say where to connect: sockterm HOST PORT. To listen, use sockterm -l PORT.',
	needsPort: 'Say which port to listen on: sockterm -l 9000.',
	bothFamilies: 'Choose one of -4 and -6, or neither.',
	sslIsTcp: '--ssl is for TCP connections: leave -u away.',
	keepListens: '-k goes on listening, so it needs -l: sockterm -lk 9000.',
	noNames: (host: string) =>
		`With -n an address is needed, not the name "${host}".`,
} as const;

export const netcatStrings = {
	listening: (kind: string, address: string) =>
		`Listening on ${kind} ${address}.`,
	connected: (address: string, direction: 'in' | 'out') =>
		direction === 'out'
			? `Connected to ${address}.`
			: `Connection from ${address}.`,
	certificate: (fingerprint: string) =>
		`Its certificate has the SHA-256 fingerprint ${fingerprint}; nobody has verified it.`,
	ended: 'The connection has ended.',
	idle: (seconds: number) => `Nothing moved for ${seconds} s, so it ends here.`,
	inputFailed: (why: string) =>
		`stdin could not be read (${why}). Look at what is piped in.`,
} as const;
