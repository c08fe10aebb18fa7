/** One sentence for everything that can go wrong: what happened, to what, and what to do next. */
import {formatSize} from '../util/quantities.js';
import type {ErrorCode, ErrorDetails} from '../errors.js';
import {byteErrorSentences} from './en-byte-errors.js';
import {classicErrorSentences} from './en-classic-errors.js';
import {datagramErrorSentences} from './en-datagram-errors.js';
import {framingErrorSentences} from './en-framing-errors.js';
import {historyErrorSentences} from './en-history.js';
import {keepErrorSentences} from './en-keep.js';
import {listenerErrorSentences} from './en-listener-errors.js';
import {ruleErrorSentences} from './en-rule-errors.js';
import {roomErrorSentences} from './en-rooms.js';
import {trustErrorSentences} from './en-trust-errors.js';
import {
	fact,
	file,
	Name,
	name,
	seconds,
	size,
	where,
	why,
	type Sentence,
} from './error-facts.js';

const port = (details: ErrorDetails) =>
	details['port'] === undefined ? 'The port' : `Port ${details['port']}`;

/** The next port, for an example that can be copied. */
function portExample(details: ErrorDetails): string {
	const {port, kind} = details;
	const next =
		typeof port === 'number' && port > 0 && port < 65_535 ? port + 1 : 9091;
	return kind === 'udp' ? `--udp ${next}` : `--tcp ${next}`;
}

const startElsewhere = (details: ErrorDetails) =>
	details['kind'] === undefined
		? 'Choose another one with --tcp or --udp'
		: `Start with ${portExample(details)}`;

const tooLong = (details: ErrorDetails, what: string) => {
	const limit = size(details, 'limitBytes');
	const length = size(details, 'lengthBytes') ?? size(details, 'sizeBytes');
	const is = length ? `is ${length} long` : 'is too long';
	return limit
		? `The ${what} ${is}; ${limit} is the most. Send it in parts, or as a file.`
		: `The ${what} ${is}. Send it in parts, or as a file.`;
};

const refusedNames: Readonly<Record<string, string>> = {
	empty: 'it is empty',
	dots: 'it names a folder',
	separator: 'it leads into another folder',
	long: 'it is too long with its folders',
	crowded: 'too many folders would have the same name',
	drive: 'it names a drive',
	control: 'it holds control characters',
};

/** What made the other side give up, where its code has words. */
const reported = new Map(
	Object.entries({
		diskFull: 'its disk is full',
		receiveFolderUnwritable: 'it cannot write to its receive folder',
		storageFailed: 'its disk failed',
		fileMissing: 'the file is not there any more',
		fileUnreadable: 'it cannot read the file',
		sourceChanged: 'the file changed while being sent',
		digestMismatch: 'the file arrived damaged',
		outputFailed: 'the program that takes its output has ended',
		streamBroken:
			'the connection broke off, and what goes through a pipe cannot go on',
	}),
);

export const errorSentences: {readonly [Code in ErrorCode]: Sentence} = {
	...listenerErrorSentences,
	portTaken: details =>
		`${port(details)} is taken by another program. ${startElsewhere(details)}, or close the other one.`,
	portForbidden: details =>
		`The system does not let you listen on ${port(details).toLowerCase()}. Choose one above 1023, such as --tcp 9090.`,
	addressUnavailable: details =>
		`This machine has no address ${where(details, 'like that')}. Leave --host out to listen on all of them.`,
	badAddress: details =>
		`${where(details, 'That')} is not an address. Write host:port, such as 192.168.1.5:9090 or [fe80::1]:9090.`,
	hostUnknown: details =>
		`Nobody knows a host called ${fact(details, 'host', 'that')}. Look at the spelling, or use its IP address.`,
	connectionRefused: details =>
		`Nothing listens on ${where(details, 'that port')}. Start the program there first, or try another port.`,
	connectTimedOut: details =>
		`${where(details, 'The host')} did not answer. It may be off, or a firewall drops what you send: check the address and the firewall.`,
	unreachable: details =>
		`There is no way to ${where(details, 'that host')} from here. Check the address and your network connection.`,
	tooManyOpenFiles: () =>
		'The system gives sockterm no more connections (too many open files). Close some, or raise the limit with ulimit -n.',
	networkFailed: details =>
		`The network failed at ${where(details, 'the other side')}${why(details)}. Try again; if it stays so, check the connection.`,

	connectionReset: details =>
		`${Name(details)} closed the connection abruptly. /reconnect tries again.`,
	peerSilent: details =>
		`${Name(details)} has said nothing for ${seconds(details)}, so the connection was given up. Check the network, then /reconnect.`,
	notSockterm: details =>
		`What answers at ${where(details, 'that address')} is not sockterm. For a plain TCP server use tcp://${where(details, 'host:port')}.`,
	callerNotSockterm: details =>
		`${where(details, 'Somebody')} began an encrypted connection that sockterm does not speak (it wants TLS 1.3), so it was closed. Another program may have the wrong port.`,
	handshakeTimedOut: details =>
		`${Name(details)} began an encrypted connection and never finished it, so it was closed. Let them connect again.`,
	helloTimedOut: details =>
		`${Name(details)} connected and did not say who it is, so it was closed. Let them connect again.`,
	tlsFailed: details =>
		`No encrypted connection with ${name(details)} came about${why(details)}. Check that both sides run a current sockterm.`,
	connectedToSelf: details =>
		`${where(details, 'That address')} is this very console. Connect to another one, or try /practice.`,
	alreadyConnected: details =>
		`${Name(details)} is connected already, at ${details['address'] ?? 'that address'}. Write to it in its conversation.`,
	protocolViolation: details =>
		`${Name(details)} sent something that sockterm does not say${why(details)}, so the connection was closed. Check that both sides have the same version.`,
	frameTooLong: details =>
		`${Name(details)} announced ${size(details, 'lengthBytes') ?? 'too much'} at once, so the connection was closed${
			size(details, 'limitBytes')
				? ` (${size(details, 'limitBytes')} is the most)`
				: ''
		}. Check what runs there.`,
	versionMismatch: details =>
		`${Name(details)} speaks another version of the protocol (${fact(details, 'theirs', 'unknown')}). Update the older of the two.`,
	slowReader: details =>
		`${Name(details)} does not read what it is sent, so the connection was closed. Connect again when it reads.`,
	tooManyConnections: details =>
		`Too many connections came${'host' in details ? ` from ${where(details, '')}` : ''}, so they were closed. Look for a program that connects in a loop; /deny keeps an address out.`,
	peerReported: details =>
		`${Name(details)} gave up: ${reported.get(fact(details, 'code', '')) ?? `it reported ${fact(details, 'code', 'an unknown error')}`}. Look at its screen for more.`,

	notConnected: details =>
		`${Name(details)} is not connected now. Wait until it is back, or /reconnect.`,
	nobodyThere: () =>
		'Nobody is connected, so nobody got that. Connect first with /connect host:port, or try /practice.',
	tcpNotListening: () =>
		'No TCP port is open here, and the practice peer connects to one. Open it with /listen tcp 9090, or another port if that one is taken.',
	noSuchPeer: details =>
		`There is no peer ${fact(details, 'name', 'like that')}. /peers shows who is there.`,
	messageTooLong: details => tooLong(details, 'message'),
	messageNotTaken: details =>
		`${Name(details)} takes at most ${size(details, 'limitBytes') ?? 'a short text'} in one message from you, because you are not verified there. Send it in parts, as a file, or /pair and send it again.`,
	messageDeclined: details =>
		`${Name(details)} sent a message that is too long for who is not verified here (${size(details, 'limitBytes') ?? 'a short one'} is the most), and was told so. Nothing of it is shown; /pair to take longer ones.`,
	encodingUnknown: details =>
		`There is no encoding called ${fact(details, 'encoding', 'that')}. Common ones are utf-8, gb18030, big5, shift_jis, latin1.`,
	notEncodable: details =>
		`${fact(details, 'character', 'A character')} cannot be written in ${fact(details, 'encoding', 'the encoding of this peer')}. Leave it out, or change the encoding with /encoding utf-8.`,
	datagramTooLong: details => {
		const limit = size(details, 'limitBytes') ?? formatSize(65_507);
		const length = size(details, 'lengthBytes') ?? size(details, 'sizeBytes');
		return `The datagram is ${length ? `${length} long` : 'too long'}; ${limit} is the most that one can carry. Send it in parts.`;
	},
	udpNotListening: () =>
		'No UDP port is open here, and datagrams are sent from one. Open it with /listen udp 10000.',
	queueFull: details =>
		`${Name(details)} is not taking messages, and too many wait already. Wait until it reads again.`,

	...byteErrorSentences,
	...classicErrorSentences,
	...datagramErrorSentences,
	...framingErrorSentences,
	...historyErrorSentences,
	...keepErrorSentences,
	...ruleErrorSentences,
	...roomErrorSentences,
	...trustErrorSentences,

	fileMissing: details =>
		`${file(details)} does not exist. Look at the spelling and the folder.`,
	fileUnreadable: details =>
		`${file(details)} cannot be read${why(details)}. Check that you may open it.`,
	notAFile: details =>
		`${file(details)} is neither a file nor a folder (a device, a pipe or a socket), so it cannot be sent. Choose something else.`,
	offerTooLarge: details =>
		`${fact(details, 'path', 'That')} holds too much for one offer: ${fact(details, 'entries', 'too many')} entries, ${fact(details, 'levels', 'many')} folders inside each other and ${size(details, 'limitBytes') ?? 'some MB'} of names are the most. Send its parts, or pack it first.`,
	sourceChanged: details =>
		`${file(details)} changed while being sent. Send it again when nothing writes to it.`,
	rawPeerTakesNoFiles: details =>
		`${Name(details)} is a plain connection and takes no files. Files go between two sockterms: let them connect with /connect.`,

	nameRefused: details =>
		`A file was refused because of its name: ${refusedNames[fact(details, 'reason', '')] ?? 'it cannot be written safely'}. Ask the sender to rename it.`,
	receiveFolderUnwritable: details =>
		`Nothing can be written to ${fact(details, 'path', 'the receive folder')}. Check that it is a folder of yours, or choose another with --dir.`,
	diskFull: details => {
		const needed = size(details, 'neededBytes');
		const free = size(details, 'freeBytes');
		const facts = needed && free ? ` (${needed} needed, ${free} free)` : '';
		return `The disk with ${fact(details, 'path', 'the receive folder')} is full${facts}. Make room, or choose another with --dir.`;
	},
	storageFailed: details =>
		`The disk failed while the file was written${why(details)}; nothing was kept. Check the disk, then let them send it again.`,
	digestMismatch: details =>
		`${fact(details, 'name', 'The file')} arrived damaged and was not kept. Ask for it again.`,
	outputFailed: details =>
		`What came could not be written to stdout${why(details)}: the program that reads it may have ended. Start both again.`,
	tooManyOffers: details =>
		`${Name(details)} offered too many files at once; the last offer was declined. Answer those that wait first.`,
	laneLost: details =>
		`The connection that carried the file ${details['name'] === undefined ? '' : `from ${name(details)} `}broke off. Send it again when the connection is back.`,
	declined: details =>
		`${Name(details)} declined the files. Ask why, or offer them again.`,
	cancelled: () => 'It was cancelled.',
	noSuchTransfer: () =>
		'That transfer is over, or never was. /transfers shows those that are left.',
	arrivedBefore: () => 'It has arrived already.',
	noSuchPartial: () =>
		'That part of a broken transfer is gone, or something is writing to it now. /transfers partial shows those that are left.',
	nothingToRetry: () =>
		'There is nothing to send again: everything arrived, or it was not sent from here. The one who sends can try again.',
	notInQueue: () =>
		'It does not wait in the queue of this console: only what waits for its turn can be moved.',
	peerDidNotReturn: details =>
		`${Name(details)} did not come back in ${fact(details, 'minutes', 'time')} minutes. What had arrived is kept: send it again, and it goes on from there.`,
	streamBroken: () =>
		'The connection broke off, and what goes through a pipe cannot be sent or written twice. Start the command again.',

	stateFolderUnusable: details =>
		`The folder for settings and keys, ${fact(details, 'path', 'which was given')}, cannot be used${why(details)}. Check its rights, or choose another with --state-dir.`,
	identityUnusable: details =>
		`The key in ${fact(details, 'path', 'the state folder')} cannot be used${why(details)}. Move it away to get a new one, or choose another folder with --state-dir.`,
	unexpected: details =>
		`Something went wrong inside sockterm${why(details)}. Please report it with what you did before.`,
};
