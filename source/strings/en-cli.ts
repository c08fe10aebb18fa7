/** What the command line says, in English: help, and the sentences of the verbs. */
export const cliStrings = {
	description:
		'The terminal console for everything that talks over a socket: people, scripts, devices, files and datagrams on one screen.',
	help: `
  Usage
    $ sockterm [options]                         open the console
    $ sockterm listen [options]                  listen without a screen
    $ sockterm send FILE... --to HOST[:PORT]     send files to a peer
    $ sockterm receive [options]                 wait for files from a peer
    $ sockterm say --to ADDRESS TEXT|-           say something; - reads lines from stdin

  Addresses
    HOST[:PORT], tls://HOST[:PORT]   an encrypted peer (port 9090 if none is given)
    tcp://HOST:PORT                  plain TCP, nothing encrypted (say, /connect)
    udp://HOST:PORT                  one datagram a line (say)

  Options
    --tcp PORT        TCP port to listen on (9090; 0 takes a free one; --no-tcp for none)
    --udp PORT        UDP port to listen on (10000; 0 takes a free one; --no-udp for none)
    --host ADDR       listen on this address only (all interfaces, IPv4 and IPv6)
    --backlog N       connections that may wait to be accepted (511)
    --connect ADDR    connect at the start; may be repeated
    --name NICK       what others see you as (your login name)
    --dir DIR         where received files go (~/Downloads/sockterm)
    --state-dir DIR   identity and state (~/.local/state/sockterm)
    --encoding NAME   of plain peers that do not speak UTF-8 (gb18030)
    --practice        start with a practice peer inside the program
    --version, --help

  listen
    --json            one JSON object a line on stdout
    --accept WHAT     none (default) or all: what to do with offered files

  receive (or recv): asks on the terminal, takes one offer and ends
    --yes             take what is offered without asking; names that programs obey
                      (.bashrc, *.desktop) are still declined
    --keep            go on after the first offer
    --json            one JSON object a line on stdout

  send, say
    --to ADDRESS      whom to
    --json            one JSON object a line on stdout

  Exit codes
    0 done   1 failed   2 usage   3 declined   4 not verified   130 interrupted

  Examples
    $ sockterm --connect 192.168.1.20
    $ sockterm send report.pdf --to 192.168.1.20
    $ sockterm receive --yes --dir incoming
    $ echo ready | sockterm say --to tcp://10.0.0.5:7000 --encoding gbk -
    $ sockterm listen --json --tcp 0 --udp 0
`,
	usage: {
		unknownVerb: (verb: string) =>
			`There is no verb "${verb}". Use listen, send, receive or say, or no verb for the console. See sockterm --help.`,
		unknownFlag: (flag: string) =>
			`There is no option ${flag}. See sockterm --help.`,
		repeatedFlag: (flag: string) =>
			`${flag} was given twice. Give it once; only --connect may be repeated.`,
		port: (flag: string, value: string) =>
			`${flag} takes a port from 0 to 65535, not "${value}".`,
		count: (flag: string, value: string) =>
			`${flag} takes a whole number from 1 on, not "${value}".`,
		accept: (value: string) => `--accept takes none or all, not "${value}".`,
		needsTo: (verb: string) =>
			`sockterm ${verb} needs to know whom to: add --to HOST:PORT.`,
		needsFiles:
			'sockterm send needs at least one file: sockterm send FILE --to HOST:PORT.',
		needsText:
			'sockterm say needs a text: sockterm say --to HOST:PORT TEXT, or - to read lines from stdin.',
		onlyPeersTakeFiles: (address: string) =>
			`Files go to encrypted peers only; ${address} is plain. Leave the tcp:// or udp:// away.`,
		noOperands: (verb: string, operand: string) =>
			`sockterm ${verb} takes no "${operand}": where files go is said with --dir.`,
		nothingToListenOn:
			'sockterm receive would wait for nobody: leave --no-tcp away, or add --connect HOST.',
		nobodyToAsk:
			'There is no terminal to ask on. Add --yes to take what is offered without asking.',
		noTerminal:
			'The console needs a terminal. For scripts use sockterm listen, send, receive or say (sockterm --help).',
	},
	listening: (kind: string, address: string) =>
		`Listening on ${kind} ${address}.`,
	connected: (name: string, address: string, trust: string) =>
		`${name} connected from ${address} (${trust}).`,
	left: (name: string) => `${name} left.`,
	said: (name: string, text: string) => `${name} > ${text}`,
	datagram: (from: string, sizeBytes: number, text: string) =>
		`${from} (UDP, ${sizeBytes} B) > ${text}`,
	offered: (name: string, files: string, size: string) =>
		`${name} offers ${files} (${size}).`,
	notAccepted: 'It was declined: start with --accept all to receive files.',
	flaggedDeclined: (file: string) =>
		`An offer was declined by itself: "${file}" is a name that programs obey. Be asked instead: in the console, or by sockterm receive without --yes.`,
	saved: (file: string, path: string, digest: string) =>
		`Saved ${file} in ${path} (BLAKE3 ${digest}).`,
	transferFailed: (name: string, reason: string) =>
		`The transfer with ${name} failed: ${reason}`,
	leftOut: (count: number) =>
		`${count === 1 ? '1 entry is' : `${count} entries are`} left out: links, devices and pipes are not sent.`,
	waitingForAccept: (name: string) => `Waiting for ${name} to accept.`,
	delivered: (file: string, savedAs: string, digest: string) =>
		file === savedAs
			? `Delivered ${file} (BLAKE3 ${digest}).`
			: `Delivered ${file}, saved there as ${savedAs} (BLAKE3 ${digest}).`,
	declined: (name: string) => `${name} declined.`,
	cancelledByPeer: (name: string) => `${name} cancelled the transfer.`,
	interrupted: 'Interrupted.',
	question: {
		/** Under the list of files. */
		from: (name: string, address: string | undefined, trust: string) =>
			`From ${name}${address === undefined ? '' : ` at ${address}`}, ${trust}.`,
		into: (folder: string) => `What you accept goes into ${folder}.`,
		ask: 'Accept? [y/N] ',
		refused: (reason: string) => `is left out: ${reason}`,
		leftOut: (name: string) =>
			`Not everything was saved: "${name}" cannot be a file name here.`,
		declined: (name: string) => `The offer of ${name} was declined.`,
		withdrawn: (name: string) => `${name} took the offer back.`,
		busy: (name: string) =>
			`Another offer, of ${name}, was declined: this takes one only. Start with --keep for many.`,
	},
	progress: {
		several: (count: number) => `${count} transfers`,
		entryOf: (index: number, count: number, name: string) =>
			`${index}/${count} ${name}`,
		eta: (time: string) => `ETA ${time}`,
		stalled: 'stalled',
	},
} as const;
