/** What the command line says, in English: the sentences of the verbs. */
import {cliHelp} from './en-cli-help.js';
import {netcatStrings, netcatUsage} from './en-netcat.js';
import {relayVerbStrings} from './en-relay.js';
import {classicStrings, classicUsageStrings} from './en-classic.js';
import {pairingStrings, pairingUsage} from './en-pairing.js';
import {udpStrings, udpUsageStrings} from './en-udp.js';

export const cliStrings = {
	description:
		'The terminal console for everything that talks over a socket: people, scripts, devices, files and datagrams on one screen.',
	help: cliHelp,
	usage: {
		unknownVerb: (verb: string) =>
			`There is no verb "${verb}". Use listen, send, receive, say, udp, relay, pair or id, or no verb for the console. See sockterm --help.`,
		unknownFlag: (flag: string) =>
			`There is no option ${flag}. See sockterm --help.`,
		repeatedFlag: (flag: string) =>
			`${flag} was given twice. Give it once; only --connect, --to, --allow, --deny and --join may be repeated.`,
		port: (flag: string, value: string) =>
			`${flag} takes a port from 0 to 65535, not "${value}".`,
		count: (flag: string, value: string) =>
			`${flag} takes a whole number from 1 on, not "${value}".`,
		setting: (where: string, given: string, allowed: string) =>
			`${where} takes ${allowed}; not "${given}".`,
		duration: (flag: string, value: string) =>
			`${flag} takes a time such as 5s, 500ms or 2m, not "${value}".`,
		range: (flag: string, value: string) =>
			`${flag} takes an address or a range such as 10.0.0.0/8, not "${value}".`,
		netcat: netcatUsage,
		connectUdp: (address: string) =>
			`There are no connections over UDP, so --connect cannot take ${address}. Send with sockterm say --to ${address} TEXT.`,
		accept: (value: string) =>
			`--accept takes none, all or verified, not "${value}".`,
		receiveAccept: (value: string) =>
			`sockterm receive asks, so --accept takes verified here, not "${value}". With --yes all is taken.`,
		verifiedAlone: (flag: string) =>
			`--accept verified says what is taken: leave ${flag} away.`,
		atMost: (value: string) =>
			`--at-most takes the size and the entries of an offer, and the bytes of a day, such as "2GB 100 20GB"; not "${value}".`,
		atMostOfVerified:
			'--at-most says how much verified peers may send: add --accept verified.',
		needsTo: (verb: string) =>
			`sockterm ${verb} needs to know whom to: add --to HOST:PORT.`,
		needsFiles:
			'sockterm send needs at least one file or folder: sockterm send PATH --to HOST:PORT.',
		sameAddressee: (address: string) =>
			`${address} is named twice. Name each peer once.`,
		sayToOne:
			'sockterm say speaks to one address. Start it once for each --to.',
		inputNeedsName:
			'What is piped in needs a name to be saved under: add --as NAME, such as --as backup.tar.',
		badInputName: (name: string) =>
			`--as takes the name of a file, not "${name}": the receiver chooses the folder.`,
		asWithoutInput:
			'--as names what is piped in: use it with -, as in sockterm send - --as NAME --to HOST:PORT.',
		inputAlone:
			'What is piped in (-) is sent alone: send the other paths with a command of their own.',
		inputToOne:
			'What is piped in can be read once only, so it goes to one peer. Save it to a file first to send it to several.',
		inputIsTerminal:
			'Nothing is piped in: - sends what another program writes, as in tar c . | sockterm send - --as backup.tar --to HOST:PORT.',
		stdoutAlone: (flag: string) =>
			`--stdout writes one file to stdout and nothing else: leave ${flag} away.`,
		stdoutIsTerminal:
			'--stdout would write what a stranger sends to your terminal. Send it on, as in sockterm receive --stdout | tar x, or into a file.',
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
		udp: udpUsageStrings,
		classic: classicUsageStrings,
		pairing: pairingUsage,
		noTerminal:
			'The console needs a terminal. For scripts use sockterm listen, send, receive, say or udp (sockterm --help).',
	},
	pairing: pairingStrings,
	netcat: netcatStrings,
	listening: (kind: string, address: string) =>
		`Listening on ${kind} ${address}.`,
	connected: (name: string, address: string, trust: string) =>
		`${name} connected from ${address} (${trust}).`,
	left: (name: string, why: string | undefined) =>
		why === undefined ? `${name} left.` : `${name} left: ${why}`,
	said: (name: string, text: string) => `${name} > ${text}`,
	saidIn: (room: string, name: string, text: string) =>
		`${room} ${name} > ${text}`,
	datagram: (from: string, sizeBytes: number, text: string) =>
		`${from} (UDP, ${sizeBytes} B) > ${text}`,
	offered: (name: string, files: string, size: string) =>
		`${name} offers ${files} (${size}).`,
	notAccepted: 'It was declined: start with --accept all to receive files.',
	notTaken: (name: string) =>
		`The offer of ${name} was declined: nobody is here to ask.`,
	notTakenOf: (name: string, trust: string) =>
		`The offer of ${name} was declined: it is ${trust}, and only what verified peers send is taken.`,
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
	/** Where there are several peers. */
	forPeer: (name: string, line: string) => `${name}: ${line}`,
	samePeer: (address: string) =>
		`${address} leads to a peer that is named already: it gets everything once.`,
	declined: (name: string) => `${name} declined.`,
	cancelledByPeer: (name: string) => `${name} cancelled the transfer.`,
	tookSome: (name: string, count: number, all: number) =>
		`${name} took ${count} of ${all}; the others were not wanted, or cannot be saved there.`,
	interrupted: 'Interrupted.',
	interruptedKept:
		'Interrupted. What has arrived is kept for a week: send the same again, and it goes on from there.',
	/** Lines on stderr, where nobody sees a bar. */
	goesOn: (file: string, held: string) =>
		`${file} goes on from ${held} that are there already.`,
	isThere: (file: string, digest: string) =>
		`${file} is there already, the same (BLAKE3 ${digest}).`,
	connectionGone: (name: string) =>
		`The connection to ${name} is gone. It goes on by itself when it is back.`,
	/** What held a transfer up, beside its bar. */
	heldUp: {
		queued: 'waits for its turn',
		queuedThere: (name: string) => `waits for its turn with ${name}`,
		pausedByUs: 'paused',
		pausedByPeer: (name: string) => `paused by ${name}`,
		ownDiskFull: (free: string, needed: string) =>
			`disk full: ${free} free, ${needed} needed`,
		ownDiskFullNow: 'disk full: it goes on when there is room',
		peerDiskFull: (name: string) => `the disk of ${name} is full`,
		tryingAgain: (seconds: number) =>
			seconds > 0
				? `the connection is gone, trying again in ${seconds} s`
				: 'the connection is gone, trying again',
		askedAgain: (name: string) => `${name} is back: waiting for the answer`,
		waitingForPeer: (name: string) =>
			`the connection is gone, waiting for ${name}`,
		still: (seconds: number, why: string) =>
			`no bytes for ${seconds} s: ${why}`,
		ownDisk: 'the disk here is slow',
		receiver: (name: string) => `${name} does not take more`,
		sender: (name: string) => `nothing comes from ${name}`,
	},
	udp: udpStrings,
	classic: classicStrings,
	relay: relayVerbStrings,
	question: {
		/** Under the list of files. */
		from: (name: string, address: string | undefined, trust: string) =>
			`From ${name}${address === undefined ? '' : ` at ${address}`}, ${trust}.`,
		into: (folder: string) => `What you accept goes into ${folder}.`,
		intoStdout: 'What you accept goes to stdout, as it is.',
		ask: 'Accept? [y/N] ',
		askWhich: 'Accept? [y/N, or numbers such as 1-3,5] ',
		noSuchEntry: (count: number) =>
			`The entries have the numbers 1 to ${count}: write such as 1-3,5, or y for all.`,
		partial: (percent: string) => `${percent} is here already and goes on`,
		similar: 'same name and size as a file here: skipped if it is the same',
		taken: 'its name is taken here, so it gets a number',
		stream: 'its size is not known yet',
		folder: 'an empty folder',
		refused: (reason: string) => `is left out: ${reason}`,
		leftOut: (name: string) =>
			`Not everything was saved: "${name}" cannot be a file name here.`,
		declined: (name: string) => `The offer of ${name} was declined.`,
		withdrawn: (name: string) => `${name} took the offer back.`,
		busy: (name: string) =>
			`Another offer, of ${name}, was declined: this takes one only. Start with --keep for many.`,
		sentAnew: (name: string) =>
			`${name} sends anew what was broken off: that is taken instead.`,
		notForStdout: (name: string) =>
			`An offer of ${name} was declined: with --stdout only one file can be taken, not several and no folders. Still waiting.`,
		damaged:
			'What has been written to stdout is damaged or not all of it: do not use it.',
	},
	progress: {
		several: (count: number) => `${count} transfers`,
		entryOf: (index: number, count: number, name: string) =>
			`${index}/${count} ${name}`,
		eta: (time: string) => `ETA ${time}`,
	},
} as const;
