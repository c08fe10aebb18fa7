/**
 * Everything that can go wrong, by stable code. A code says what happened; the
 * sentence for a person stands in the string table (`strings/`), and `blame`
 * decides what is done about it. Code matches on codes, never on messages.
 */

import {visibleControls} from './util/visible-controls.js';

/** Whose doing it was: close the session; retry; pause and tell; say how to use it; report a bug. */
export type Blame = 'peer' | 'network' | 'local' | 'user' | 'bug';

const blames = {
	// Listening and dialling
	portTaken: 'local',
	portForbidden: 'local',
	addressUnavailable: 'local',
	badAddress: 'user',
	hostUnknown: 'network',
	connectionRefused: 'network',
	connectTimedOut: 'network',
	unreachable: 'network',
	tooManyOpenFiles: 'local',
	networkFailed: 'network',
	interfaceUnusable: 'local',
	noSuchInterface: 'user',
	noSuchListener: 'user',
	badRange: 'user',
	tooManyRanges: 'user',
	addressDenied: 'peer',
	tooManyViolations: 'peer',
	notTls: 'peer',
	serverNotTls: 'peer',
	idleTimeout: 'network',
	notForPeers: 'peer',
	// Sessions
	connectionReset: 'network',
	peerSilent: 'network',
	notSockterm: 'peer',
	callerNotSockterm: 'peer',
	handshakeTimedOut: 'peer',
	helloTimedOut: 'peer',
	tlsFailed: 'peer',
	connectedToSelf: 'user',
	alreadyConnected: 'user',
	protocolViolation: 'peer',
	frameTooLong: 'peer',
	versionMismatch: 'peer',
	slowReader: 'peer',
	tooManyConnections: 'peer',
	peerReported: 'peer',
	// Rooms
	badRoomName: 'user',
	badTopic: 'user',
	notInRoom: 'user',
	roomLooksAlike: 'user',
	tooManyRooms: 'user',
	roomsOff: 'user',
	roomsUnusable: 'local',
	roomDamaged: 'local',
	// Chat and datagrams
	notConnected: 'user',
	nobodyThere: 'user',
	tcpNotListening: 'user',
	noSuchPeer: 'user',
	messageTooLong: 'user',
	messageNotTaken: 'peer',
	messageDeclined: 'peer',
	encodingUnknown: 'user',
	notEncodable: 'user',
	datagramTooLong: 'user',
	udpNotListening: 'user',
	notMulticast: 'user',
	interfaceLacksFamily: 'local',
	interfaceGone: 'local',
	groupRefused: 'local',
	groupNotJoined: 'user',
	badMeter: 'user',
	queueFull: 'network',
	// Typed bytes, repeats, bytes of a file, the notebook
	badHexDigit: 'user',
	halfByte: 'user',
	badEscape: 'user',
	unknownToken: 'user',
	unknownTokenFormat: 'user',
	lengthDoesNotFit: 'user',
	nothingToSend: 'user',
	onlyPlain: 'user',
	badRepeat: 'user',
	noRepeat: 'user',
	rawFileBusy: 'user',
	noRawFile: 'user',
	notOneFile: 'user',
	noSuchSnippet: 'user',
	noSuchAddress: 'user',
	badNotebookName: 'user',
	notebookFull: 'user',
	snippetTooLong: 'user',
	workplaceUnusable: 'local',
	workplaceDamaged: 'local',
	notebookUnusable: 'local',
	notebookDamaged: 'local',
	linesUnusable: 'local',
	linesDamaged: 'local',
	// Trust
	notVerified: 'peer',
	keyChanged: 'peer',
	peerBlocked: 'peer',
	plainRefused: 'peer',
	badCode: 'user',
	noCodeShown: 'user',
	codeUnderWay: 'user',
	tooManyCodes: 'user',
	onlyEncrypted: 'user',
	badPetname: 'user',
	petnameTaken: 'user',
	noSuchPin: 'user',
	unpairedMeanwhile: 'local',
	pinUnreached: 'user',
	tooManyPins: 'user',
	notBlocked: 'user',
	badCaps: 'user',
	autoUnverified: 'peer',
	autoFlagged: 'peer',
	autoRefusedName: 'peer',
	autoSizeUnknown: 'peer',
	autoTooMany: 'peer',
	autoTooLarge: 'peer',
	autoDayFull: 'peer',
	autoNoRoom: 'local',
	notesUnusable: 'local',
	notesDamaged: 'local',
	resumeChanged: 'local',
	trustUnusable: 'local',
	trustDamaged: 'local',
	// Framing
	badFraming: 'user',
	badPace: 'user',
	lengthAbsurd: 'peer',
	delimiterUnseen: 'peer',
	frameTooLongToSend: 'user',
	frameOfOtherSize: 'user',
	// Keeping what was seen
	exportExists: 'user',
	exportFailed: 'local',
	nothingToExport: 'user',
	exportNeedsBytes: 'user',
	logFailed: 'local',
	logBehind: 'local',
	historyUnusable: 'local',
	historyNewer: 'local',
	historyDamaged: 'local',
	historyFailed: 'local',
	historyFull: 'local',
	noHistory: 'user',
	nothingThatDay: 'user',
	// Rules and relays
	badExpression: 'user',
	ruleEmpty: 'user',
	noSuchRule: 'user',
	tooManyRules: 'user',
	ruleTooOften: 'peer',
	notRelayed: 'user',
	// Files, sending side
	fileMissing: 'user',
	fileUnreadable: 'user',
	notAFile: 'user',
	offerTooLarge: 'user',
	sourceChanged: 'local',
	rawPeerTakesNoFiles: 'user',
	// Files, receiving side
	nameRefused: 'peer',
	receiveFolderUnwritable: 'local',
	diskFull: 'local',
	storageFailed: 'local',
	digestMismatch: 'peer',
	outputFailed: 'local',
	tooManyOffers: 'peer',
	laneLost: 'network',
	declined: 'peer',
	cancelled: 'user',
	noSuchTransfer: 'user',
	noSuchPartial: 'user',
	arrivedBefore: 'peer',
	nothingToRetry: 'user',
	notInQueue: 'user',
	peerDidNotReturn: 'network',
	streamBroken: 'network',
	// The classic file assistant
	classicHeaderMissing: 'peer',
	classicNameUndecodable: 'peer',
	classicSizeWrong: 'peer',
	nameFlagged: 'peer',
	classicIncomplete: 'network',
	classicBeyond: 'peer',
	classicNotAsked: 'peer',
	classicNotStarted: 'peer',
	classicCutOff: 'network',
	classicMayLose: 'network',
	classicOneFile: 'user',
	classicNotPlain: 'user',
	classicNoPort: 'user',
	classicBusy: 'peer',
	// Composition and use
	stateFolderUnusable: 'local',
	identityUnusable: 'local',
	unexpected: 'bug',
} as const satisfies Record<string, Blame>;

export type ErrorCode = keyof typeof blames;

/** Facts for the sentence: names, addresses, sizes. Safe to show: peers' text only as `SafeText`. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An error as data: crosses threads and stands in events. */
export interface ErrorInfo {
	readonly code: ErrorCode;
	readonly blame: Blame;
	readonly details: ErrorDetails;
}

export function errorInfo(
	code: ErrorCode,
	details: ErrorDetails = {},
): ErrorInfo {
	return {code, blame: blames[code], details};
}

export function isErrorCode(text: string): text is ErrorCode {
	return Object.hasOwn(blames, text);
}

/** The one error class. Thrown across a port; inside the engine errors are `ErrorInfo` values. */
export class SocktermError extends Error {
	readonly info: ErrorInfo;

	constructor(
		code: ErrorCode,
		details: ErrorDetails = {},
		options?: {cause?: unknown},
	) {
		super(code, options);
		this.name = 'SocktermError';
		this.info = errorInfo(code, details);
	}
}

/** Any thrown value as data; what is not ours is a bug and says so. */
export function toErrorInfo(error: unknown): ErrorInfo {
	if (error instanceof SocktermError) return error.info;
	return errorInfo('unexpected', {
		what:
			error instanceof Error
				? visibleControls(`${error.name}: ${error.message}`)
				: 'unknown',
	});
}
