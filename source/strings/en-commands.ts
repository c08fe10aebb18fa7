/** What a command does, for the help: `strings.input.commands`. */
export const commandStrings = {
	allow:
		'Let an address or range connect again, or only those of a list; all lets everybody.',
	book: 'Show saved addresses, save one or delete one.',
	deny: 'Keep an address or range from connecting.',
	pair: 'Verify a peer: one types six digits that the other sees.',
	unpair: 'Trust a verified peer no longer.',
	trust:
		'Take by itself what a verified peer offers, up to a size and a number of entries: accept 2GB 100, off.',
	whois: 'Show who a peer is: trust, key, address.',
	block: 'Cut a peer or an address, and let it in no more.',
	unblock: 'Let a blocked peer or address in again.',
	kick: 'Close a connection and refuse its address for a while.',
	accept: 'Take the files that were offered, into another folder too.',
	all: 'Say something to everybody.',
	cancel: 'Stop a transfer, or take an offer back.',
	clear:
		'Delete this conversation, from the screen and from the history, after a question.',
	goto: 'Go to a day (2026-11-01, today), to what is unread, or to the end.',
	history: 'Show what is kept and for how long, or change that.',
	close: 'Take a peer that left off the list.',
	connect:
		'Connect to another sockterm (encrypted), with tcp:// or ssl:// to any server (PLAIN), or to a saved address.',
	copy: 'Copy the newest message, or the lowest one on the screen: hex, c, python, text.',
	decline: 'Refuse the files that were offered.',
	disconnect: 'Close the connection to a peer.',
	encoding: 'Say how a PLAIN peer writes its text, such as gbk; alone, choose.',
	eol: 'Say what ends a line that goes to a PLAIN peer.',
	framing:
		'Say where a message of a PLAIN peer ends, or with send how one is sent; alone, choose.',
	impair:
		'Make a relayed connection worse: delay, jitter, drop, corrupt, split, join, rate.',
	inject: 'Send bytes into a relayed connection, to either side.',
	join: 'Enter a room of verified peers: #lab. Or receive what is sent to a multicast group: 239.1.2.3%eth0.',
	leave: 'Leave a room, or receive no more of a multicast group.',
	members: 'Show who is in a room, and who was.',
	topic: 'Say what a room is about, or show it.',
	meter:
		'Look for gaps, doubles and late ones by a number in each datagram: u32be@0, off.',
	hex: 'Show bytes as hex, or as text.',
	export:
		'Write a conversation or the datagrams to a new file: .txt, .csv, .ndjson, or .pcapng for Wireshark.',
	filter:
		'Show only what fits: text, /expression/, hex:0d0a, in, out, peer:bob; off shows all.',
	log: 'Write everything from now on to a file too, or off.',
	search:
		'Find text, /expression/ or hex:0d0a in the pane; n and N go on from there.',
	help: 'Show keys and commands, or what one command does.',
	limit: 'Send at most so much a second, in all or in one transfer: 20MB, off.',
	limits: 'Show every limit and timeout.',
	listen:
		'Let others connect, or receive datagrams, on a port. Options: --raw, --framing, --encoding, --idle 60s, --allow, --deny, --classic.',
	query: 'Open a conversation: by name, by its number, or all.',
	me: 'Say what you do: /me waves.',
	msg: 'Say something to one peer.',
	nick: 'Change the name that others see.',
	pace: 'Say the least time between two sends to a PLAIN peer.',
	parallel: 'Say how many transfers are sent at the same time.',
	pause: 'Pause a transfer, or all.',
	peers: 'Go to the list of peers, and show who is verified or blocked.',
	practice: 'Try everything with a practice peer inside this program.',
	quit: 'Leave sockterm.',
	raw: 'Send text with escapes, and nothing but that: \\r\\n \\x00 $crc32.',
	reads: 'Mark where each read ended, or no longer.',
	reconnect: 'Connect again now instead of waiting.',
	repeat:
		'Send the same again and again: /repeat 500ms x10 ping, /repeat stop.',
	relay: 'Listen here, dial there, and see what both sides say.',
	resume: 'Let a paused transfer go on, or all.',
	retry: 'Send again what did not arrive.',
	rule: 'Answer, note or forward by itself what PLAIN peers say.',
	send: 'Send files; without a path, choose them. With --classic one file to a classic receiver (PLAIN).',
	sendraw: 'Send the bytes of a file to a PLAIN connection, as they are.',
	set: 'Show and change settings; -save writes them into the file.',
	unset: 'Make a setting what it was at the start; -save in the file too.',
	snippet:
		'Keep what you send often: save NAME TEXT, NAME, key 3 NAME, delete NAME, list.',
	transfers:
		'Go to the list of transfers: all, only failed, or what is left of broken ones.',
	udp: 'Send one datagram: text, with -x hex, with -e text with escapes.',
	unlisten: 'Stop listening on a port.',
} as const;
