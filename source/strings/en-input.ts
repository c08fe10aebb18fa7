/** What is read while typing: commands, keys, dialogs. Part of the one table, `strings.input`. */
import {byteStrings} from './en-bytes.js';
import {classicInputStrings} from './en-classic.js';
import {commandStrings} from './en-commands.js';
import {composingStrings} from './en-composing.js';
import {dialogStrings} from './en-dialogs.js';
import {hintStrings} from './en-hints.js';
import {trustInputStrings} from './en-pairing.js';
import {ruleStrings} from './en-rules.js';
import {listenerStrings} from './en-listeners.js';
import {datagramCommandStrings} from './en-udp.js';

const quoted = (text: string) => `“${text}”`;

const listed = (items: readonly string[]) => items.join(', ');

export const inputStrings = {
	jump: {
		title: 'Go to a conversation',
		placeholder: 'a part of its name',
		none: 'No conversation is called like that.',
		howTo: 'Those with news stand first.',
		unread: (count: number) => `${count} new`,
		noNews: 'There is nothing new.',
	},

	hints: hintStrings,

	commands: commandStrings,

	trust: trustInputStrings,

	pasteInPanes:
		'Nothing was pasted: panes take single keys. Press i to write, and paste again.',

	lines: {
		unknownCommand: (name: string, near: string | undefined) =>
			[
				`There is no command /${name}.`,
				near === undefined ? '/help lists them all.' : `Did you mean /${near}?`,
				'To say something that starts with a slash, type //.',
			].join(' '),
	},

	addresses: {
		missing: 'Say where to: host:port, such as 192.168.1.5:9090.',
		missingTarget: 'Say where to: host:port, such as 192.168.1.5:10000.',
		noHost: (text: string) =>
			`${quoted(text)} names no host. Write host:port, such as localhost${text}.`,
		noPort: (host: string) =>
			`Say which port on ${host}: write host:port, such as ${host.includes(':') ? `[${host}]` : host}:10000.`,
		badPort: (port: string) =>
			`${quoted(port)} is no port. Ports go from 1 to 65535.`,
		bad: (text: string) =>
			`${quoted(text)} is not an address. Write host:port, such as 192.168.1.5:9090 or [fe80::1]:9090.`,
		badListen: (text: string) =>
			`${quoted(text)} is no port to listen on. Write a port, such as 9090, or address:port.`,
		unknownScheme: (scheme: string) =>
			`${scheme}:// is nothing that can be dialled here. Use host:port for another sockterm, tcp://host:port for a plain server, ssl://host:port for one with TLS.`,
		udpIsNoConnection:
			'There are no connections over UDP. Send a datagram with /udp host:port text.',
		onlyUdp: 'Datagrams go to host:port over UDP. To connect, use /connect.',
	},

	peers: {
		missing: 'Say which peer: its name, or the beginning of it.',
		sayWhich: 'Say which peer, or open its conversation first.',
		unknown: (word: string) =>
			`There is no peer ${quoted(word)}. /peers shows who is there.`,
		several: (word: string, count: number, names: readonly string[]) =>
			`${quoted(word)} could be ${count} peers: ${listed(names)}${count > names.length ? ', …' : ''}. Write more of it.`,
		alreadyGone: (name: string) =>
			`${name} has left already. /close takes it off the list.`,
		stillConnected: (name: string) => `${name} is connected already.`,
		cameByItself: (name: string) =>
			`${name} connected to you, so only it can connect again. Or use /connect with its address.`,
		disconnectFirst: (name: string) =>
			`${name} is still on the line. Use /disconnect first.`,
	},

	transfers: {
		noOffer: 'Nobody is offering files now.',
		noneRunning: 'No transfer is running now.',
		nonePaused: 'No transfer is paused now.',
		noneToPause: 'No transfer is running now that could be paused.',
		noneToRetry: 'Nothing that was sent from here has failed.',
		noneToLimit: 'No transfer is running now that could have a limit.',
		intoWhere: 'Say into which folder: /accept into ~/photos.',
		badLimit: (text: string) =>
			`${quoted(text)} is no limit. Write a size for one second, such as 20MB or 500kB, or off.`,
		limitIs: (rate: string) => `All transfers together: at most ${rate}.`,
		noLimit: 'There is no limit. /limit 20MB sets one.',
		badCount: (text: string) =>
			`${quoted(text)} is no number of transfers. Write one from 1 on, such as /parallel 3.`,
		sayCount: 'Say how many are sent at the same time, such as /parallel 3.',
		unknownView: (text: string) =>
			`${quoted(text)} is none of these: /transfers, /transfers failed, /transfers partial.`,
		unknown: (word: string) =>
			`No such transfer is called ${quoted(word)}. /transfers shows them.`,
		several: (titles: readonly string[]) =>
			`There are several: ${listed(titles.slice(0, 4))}${titles.length > 4 ? ', …' : ''}. Say which file.`,
	},

	...listenerStrings,

	messages: {
		empty: 'Say what to send.',
		sentTo: (name: string) => `Sent to ${name}.`,
		emptyDatagram:
			'Say what to send. The dialog (u in the panes) also sends empty ones.',
	},

	datagrams: datagramCommandStrings,

	encoding: {
		sayWhich: 'Say which encoding, such as /encoding gbk or /encoding utf-8.',
		alwaysUtf8: (name: string) =>
			`${name} is a sockterm and always writes UTF-8. Encodings are for PLAIN peers.`,
	},

	nick: {
		current: (nick: string) => `Others see you as ${nick}.`,
		changed: (nick: string) => `Others see you as ${nick} from now on.`,
		tooLong: (most: number) =>
			`That name is too long; ${most} characters are the most.`,
	},

	practice: {
		already:
			'The practice peer is here already: write to it, or send it a file.',
	},

	bytes: byteStrings,

	classic: classicInputStrings,

	...dialogStrings,
	...ruleStrings,

	composing: composingStrings,

	completion: {
		several: (names: readonly string[], count: number) =>
			`${names.join('  ')}${count > names.length ? `  … ${count} in all` : ''}`,
	},
} as const;
