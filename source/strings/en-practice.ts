/** What the practice peer says and sends, in English. */
export const practiceStrings = {
	greetings: [
		'Hello! I am the practice peer, inside your own program, on real sockets.',
		'Type something: I echo it. F4 sends me a file; I offer you one too.',
	],
	echo: (text: string) => `echo: ${text}`,
	fileName: 'welcome.txt',
	fileText:
		'This file came from the practice peer over an encrypted connection.\nIt was verified with BLAKE3 before it got its name.\n',
	fileDone: 'That file arrived whole: its BLAKE3 digest agrees.',
	datagrams: [
		'practice datagram 1 of 4',
		'practice datagram 2 of 4: 你好',
		'practice datagram 3 of 4',
		'practice datagram 4 of 4: that is all',
	],
} as const;
