/**
 * Every limit and timeout, each with its reason. `docs/limits.md` shows them to
 * people. A peer never sets a limit of ours. Sizes in bytes, durations in ms.
 * `limits` holds for everybody; `verifiedLimits` is wider for who was verified.
 */
import {classicLimits} from './classic-limits.js';
import {historyLimits} from './history-limits.js';
import {inputLimits} from './input-limits.js';
import {roomLimits} from './room-limits.js';

const KiB = 1024;
const MiB = 1024 * KiB;

export const limits = {
	// TCP: a flood of connections must leave room for the person at the console.
	connections: 10_000,
	connectionsPerSource: 1_000,
	backlog: 511,

	// Classification and TLS: half-open handshakes hold memory and nothing else.
	handshakes: 64,
	handshakesPerSource: 8,
	handshakeMs: 10_000,
	// Many behind one address that come together must not push each other out.
	handshakeYoungMs: 1_000,
	// Most connections say at once what they are: only those that do not are shown as silent.
	silentMs: 250,
	dialMs: 10_000,
	// Who may connect: each new connection is compared with every range of its listener.
	rangesPerListener: 256,
	// Sent away by hand: for so long unless told otherwise, and as many as are remembered.
	kickMs: 10 * 60 * 1_000,
	bannedAddresses: 1_000,
	// Who breaks the protocol so often in that time is kept out as long: one line, not one each.
	violationsPerSource: 10,
	violationsMs: 60_000,
	// Refusals of one kind are told together: at once, then after 1, 2, 4, 8, 10 s while they go on.
	refusalsMs: 1_000,
	refusalsMostMs: 10_000,
	// An input that gives nothing for so long has nothing more for somebody who has ended already.
	inputQuietMs: 2_000,

	// After our end of a connection was closed: how long the other side may take over its own.
	lingerMs: 5_000,
	// On quitting: how long goodbyes may take.
	goodbyeMs: 500,
	// A silent connection is held for ever, but not one whose other end has vanished.
	keepAliveMs: 60_000,

	// Control frames: rare and small; before HELLO a stranger gets less.
	firstFrameBytes: 8 * KiB,
	frameBytes: 64 * KiB,
	helloMs: 5_000,
	pingMs: 15_000,
	deadMs: 45_000,

	// Pairing: six digits allow so few guesses, and a person types them in this time. Who asks
	// for ever more codes on one connection only wants more guesses.
	pairingAttempts: 3,
	pairingMs: 120_000,
	pairingAnswerMs: 10_000,
	pairingCodes: 10,

	// What a peer says is looked at no faster than this, a large frame counting as several; so
	// much of it waits in memory, and then it is not read on: its own side has to wait.
	framesPerSecond: 1_000,
	countedFrameBytes: 4 * KiB,
	heldBytes: 256 * KiB,
	heldFrameBytes: 256,

	// Text.
	messageBytes: 16 * KiB,
	// A screen has fewer; a message of breaks alone must not cost a row each.
	messageLines: 500,
	nickCharacters: 32,
	// Who changes its name faster is told of once, by the last one.
	nickMs: 1_000,
	rawLineBytes: 16 * KiB,
	rawIdleMs: 500,
	// CR is an ending by itself where no LF comes: both halves of CRLF are written together.
	rawReturnMs: 20,
	// A message with a length, of a size, or ended by silence: what announces more means something else.
	rawFrameBytes: 1 * MiB,

	// Read from one connection before others have their turn.
	turnBytes: 256 * KiB,

	// Sending to a reader that does not read: cut, with its reason.
	queuedBytes: 1 * MiB,
	slowReaderMs: 10_000,
	outboxMessages: 1_000,
	outboxBytes: 1 * MiB,
	receivedIdsRemembered: 4_096,

	// Reconnecting: 1, 2, 4 … 30 s, ± 20 % so that two consoles do not march in step.
	reconnectFirstMs: 1_000,
	reconnectMaxMs: 30_000,
	reconnectJitter: 0.2,

	// What the screen keeps; the rest is gone from memory.
	conversationRows: 10_000,
	conversationBytes: 16 * MiB,
	// Ten thousand that each talk a little must not fill it; the same for bytes that may be cut again.
	conversationsBytes: 256 * MiB,
	datagramRows: 5_000,
	datagramRowsBytes: 16 * MiB,

	...historyLimits,
	...roomLimits,

	// Peers that left.
	departedPeers: 100,
	finishedTransfers: 200,

	// Datagrams shown a second, how much of one its row shows (all is kept), how many are said line by line.
	datagramsShownPerSecond: 200,
	datagramPreviewBytes: 2 * KiB,
	linearDatagrams: 20,
	datagramBytes: 65_507,
	udpReceiveBufferBytes: 4 * MiB,
	// Senders are cheap to forge: so many are remembered, and so many told of in one second.
	datagramSources: 4_096,
	datagramSourcesTold: 256,
	// How far behind the highest number a meter can tell a late one from a double.
	meterNumbers: 1_024,
	// While a group is joined: how soon a lost interface is noticed.
	interfaceLookMs: 2_000,

	// Exports and the log: a full log is put aside, and a slow disk must not fill the memory.
	exportBatchBytes: 256 * KiB,
	exportSegmentBytes: 65_000,
	exportFramesTold: 32,
	logFileBytes: 10_000_000,
	logFilesKept: 5,
	logBatchMs: 200,
	logQueueCharacters: 8 * MiB,

	// Searching: keys do not wait for more than a portion of rows, and no expression for more than a part of one.
	searchCharacters: 4 * KiB,
	searchRowsAtOnce: 2_000,
	searchTurnMs: 8,

	// Offers and transfers.
	offersPending: 8,
	offersPerMinute: 10,
	// All that wait for an answer, with their names: one that is as large as an offer may be fits.
	offersPendingBytes: 4 * MiB,
	offerEntryBytes: 100,
	entriesPerOffer: 20_000,
	// Names of one offer, all pages together: they are held before anybody has accepted.
	offerNameBytes: 2 * MiB,
	nameBytes: 255,
	// A path with its folders: it must fit into SAVED with the number that it may get.
	pathBytes: 1_000,
	pathComponents: 64,
	laneFrameBytes: 1 * MiB,
	// What is compared when a transfer goes on: as much as a frame carries.
	blockBytes: 1 * MiB,
	laneChunksAhead: 4,
	diskQueueBytes: 8 * MiB,
	ticketMs: 30_000,
	// How many are sent at the same time, unless told otherwise; more only share the line.
	transfersAtOnce: 2,
	// How long a broken transfer waits for the other side to come back.
	comeBackMs: 10 * 60 * 1_000,
	progressMs: 250,
	stallMs: 3_000,

	// Writing: a system call for each piece of a socket costs more than the copying;
	// a slow sender's bytes do not wait for a whole batch; numbered names come to an end.
	diskBatchBytes: 1 * MiB,
	diskFlushMs: 10,
	// Small files follow each other faster than a disk makes them durable; each open part holds descriptors.
	partsOpen: 16,
	freeNames: 10_000,
	// Data is made durable on the way, so that a crash of the machine costs little of it.
	durableBytes: 64 * MiB,
	durableMs: 2_000,
	// What is left of a broken transfer is kept for a week.
	partialMs: 7 * 24 * 60 * 60 * 1_000,
	// A full disk is looked at again this often.
	diskRetryMs: 1_000,
	// Folders of a tree stay open only while they are written to; a tree has more than the system gives descriptors.
	foldersOpen: 32,
	// Looking at the files of a folder: enough at once to keep the system's threads busy.
	looksAtOnce: 32,
	// With so many names the file thread is worth its start; other questions to it do not wait long.
	looksWorth: 1_000,
	looksBatch: 256,
	// Small files are read whole and many together; more ahead of the line would only hold memory.
	smallFileBytes: 64 * KiB,
	smallFilesBatch: 16,
	// With fewer at once a thread for them is not worth its start.
	smallFilesWorth: 8,
	// Small files that came whole wait in memory until the disk has them, many to a batch.
	smallSavesBatch: 16,
	smallPartsOpen: 64,
	// Begun and not settled: what the line brings faster than the disk takes it stays in the line.
	partsUnderWay: 64,
	// Free space is asked for again after so much, or so many bytes of small files.
	roomKnownMs: 250,
	roomKnownBytes: 16 * MiB,
	entriesAhead: 32,
	aheadBytes: 4 * MiB,

	...classicLimits,

	// Repeated messages: faster is a flood; a day is the longest that a timer is trusted with.
	repeatLeastMs: 10,
	repeatMostMs: 24 * 60 * 60 * 1_000,
	// A file as bytes: pieces so small that a slow reader is not taken for one that does not read.
	rawFilePieceBytes: 64 * KiB,
	rawFileAheadBytes: 512 * KiB,

	// The notebook: what one person keeps by name.
	notebookItems: 500,
	notebookNameCharacters: 32,
	snippetCharacters: 4 * KiB,
	notebookFileBytes: 16 * MiB,
	// Settings are written by hand; what comes back after a restart, with the changes of a second.
	configFileBytes: MiB,
	configStatementLines: 100,
	workplaceListeners: 100,
	workplacePeers: 500,
	workplaceFileBytes: 4 * MiB,
	workplaceMs: 1_000,
	// Trust: keys under names of our own, and what is kept out for good.
	pins: 1_000,
	petnameCharacters: 32,
	blocked: 1_000,
	// A thousand pins with all that is kept of each are less than half of it.
	trustFileBytes: 4 * MiB,
	// What is taken from a verified peer without asking, where nobody says otherwise: a day's
	// share is so many offers of the full size. An entry counts as a block of the file system
	// at least: empty files fill a disk too.
	autoAcceptBytes: 1_000_000_000,
	autoAcceptEntries: 100,
	autoAcceptDayTimes: 10,
	autoAcceptEntryBytes: 4 * KiB,
	// Sums of the day that are kept for a peer: no more, however many offers there are.
	autoAcceptSums: 7,
	// Unfinished transfers with verified peers that go on after a restart, each direction; how
	// much of each is kept: together less than half of the file.
	transfersNoted: 64,
	notedSkips: 1_000,
	notedPathBytes: 8 * KiB,
	notesFileBytes: 4 * MiB,

	// Threads: events wait at most one frame; a front end that lags stops the readers.
	eventBatchMs: 16,
	eventsUnacknowledged: 20_000,
	eventBytesUnacknowledged: 16 * MiB,

	// Rules: what is looked at of a message, and how long an expression may be: together
	// they bound the time that a stranger's message takes. Two programs that answer each
	// other by rule would never stop.
	rules: 100,
	ruleTextBytes: 4 * KiB,
	expressionSteps: 500,
	ruleActionsPerSecond: 100,
	// A relay holds so much of a direction that is delayed or slow; then the sender waits.
	relayHeldBytes: 4 * MiB,

	...inputLimits,

	// Looking at bytes: text is broken into lines as a whole, hex only where it is seen.
	rowTextBytes: 16 * KiB,
	// More than this many a terminal drops what it is asked to copy.
	clipboardBytes: 100_000,
} as const;

/** A key that a ceremony has verified is worth more: these take the place of those above. */
export const verifiedLimits = {
	framesPerSecond: 10_000,
	heldBytes: 4 * MiB,
	// As far as it fits a frame with its JSON.
	messageBytes: 64 * KiB,
	queuedBytes: 8 * MiB,
	offersPending: 256,
	offersPerMinute: 600,
	offersPendingBytes: 16 * MiB,
} as const satisfies Partial<Record<keyof typeof limits, number>>;

/** What a session may ask of us; which of the two it is may change while it lasts. */
export type PeerLimits = Readonly<Record<keyof typeof verifiedLimits, number>>;

export const limitsFor = (isVerified: boolean): PeerLimits =>
	isVerified ? verifiedLimits : limits;
