/** What the linear console says, in English. Part of the one table. */
export const linearStrings = {
	welcome: (version: string) =>
		`sockterm ${version}, line by line. A line that you type is sent; /help lists the commands, /quit ends.`,
	listening: (kind: string, where: string) => `Listening: ${kind} ${where}.`,
	talkingTo: (name: string, trust: string | undefined) =>
		trust === undefined
			? `What you type goes to ${name}.`
			: `What you type goes to ${name}, ${trust}.`,
	everybody: 'everybody',
	youTo: (name: string) => `you, to ${name}`,
	peer: (name: string, trust: string) => `${name} (${trust})`,
	datagram: (from: string, size: string) => `datagram from ${from}, ${size}`,
	datagramTo: (to: string, size: string) => `datagram to ${to}, ${size}`,
	moreDatagrams: (count: number) =>
		count === 1 ? '1 more datagram.' : `${count} more datagrams.`,
	unfinished: 'unfinished',
	transfer: (title: string, status: string) => `${title}: ${status}.`,
	noPeers: 'Nobody is connected.',
	noTransfers: 'There are no transfers.',
	quit: (count: number) =>
		count === 1
			? 'A transfer is running. Quit all the same?'
			: `${count} transfers are running. Quit all the same?`,
	offerHow:
		'/accept takes what is offered, /decline refuses it; a name behind it says whose.',
	pairHow: (name: string, code: string) =>
		`To verify ${name}: the code ${code} is to be typed there, or type the six digits that ${name} shows. An empty line stops.`,
	pairStopped: 'Verifying is stopped.',
	yes: 'y',
	askYes: 'Type y for yes, anything else for no.',
	kept: 'Nothing is done.',
	useCommand: (command: string) =>
		`That is a window of the panes. Here it is ${command}.`,
} as const;
