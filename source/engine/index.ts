/** The engine's public face: all that a front end may import. */
export type {
	Command,
	DialTarget,
	ListenerOptions,
	ListenerPurpose,
} from './commands.js';
export type {
	DatagramCommand,
	SequenceMeter,
} from './datagrams/datagram-commands.js';
export type {
	HistoryHit,
	HistoryId,
	HistoryKey,
	HistoryStat,
} from './history/history-port.js';
export type {PastRow} from './history/history-events.js';
export {isJoined} from './slices/past.js';
export {
	conversationOf,
	historyKeyOf,
	roomOfKey,
} from './history/history-keys.js';
export type {ExportFormat} from './keeping/export-commands.js';
export type {
	BookEntry,
	Notebook,
	Snippet,
} from './keeping/notebook-commands.js';
export {
	noImpairment,
	type Impairment,
	type RelaySide,
} from './relay/relay-commands.js';
export {
	formatImpairment,
	impairmentWords,
	parseImpairment,
	type ImpairmentProblem,
	type ImpairmentWord,
} from '../protocol/impairment-text.js';
export type {
	Rule,
	RuleAction,
	RuleMatch,
	RuleOptions,
} from './rules/rule-commands.js';
export type {ByteNotation} from './streams/stream-commands.js';
export {
	previewBytes,
	tokenNames,
	type BytePreview,
} from './streams/byte-preview.js';
export {
	charactersOf,
	textPartsOf,
	type ShownCharacter,
} from './streams/character-view.js';
export {linesOf} from './message-lines.js';
export {textOf, textOrHex} from './text-view.js';
export {
	datagramBeginning,
	datagramFallback,
} from './datagrams/datagram-view.js';
export {formatMeter, parseMeter} from '../protocol/sequence-meter-text.js';
export {
	defaultFraming,
	defaultSending,
	type Cut,
	type Framing,
	type LineEnding,
} from '../protocol/framing.js';
export {formatFraming, parseFraming} from '../protocol/framing-text.js';
export {isEncoding, offeredEncodings} from '../protocol/encoding-names.js';
export {
	createFrameReader,
	type FrameReader,
	type SaidFrame,
} from './streams/frame-reader.js';
export {
	createMessageReader,
	type MessageReader,
	type ReadMessage,
} from '../protocol/message-reader.js';
export {isPeerKey, isRoomKey} from './ids.js';
export type {Engine} from './engine-interface.js';
export type {
	ByItself,
	DatagramCounts,
	DatagramSource,
	Direction,
	FrameEnding,
	MeterCounts,
	EngineEvent,
	EntryOffer,
	EventBody,
	PartialOffer,
	PausedBy,
	Stall,
	TransferOutcome,
	Trust,
} from './events.js';
export type {
	ConversationKey,
	ListenerId,
	MessageId,
	PartialId,
	PeerId,
	PeerKey,
	RoomKey,
	RuleId,
	SafeText,
	TransferId,
} from './ids.js';
export type {Address, Presence, TypedLine, TypedLinesPort} from './ports.js';
export * from './state.js';
export {initialState, reduceAll} from './reducer.js';
export type {
	AutoAccept,
	BlockTarget,
	Grant,
	Pin,
	TrustBook,
	TrustCommand,
} from './trust/trust-commands.js';
export type {
	CodeScreen,
	PairingEnd,
	TrustWarning,
} from './trust/trust-events.js';
export {
	createPairingCode,
	readPairingCode,
} from '../protocol/pairing-inputs.js';
export {parseAutoAccept} from './trust/auto-accept-text.js';
export {freePetname, petnameProblem, pinOf} from './trust/trust-book.js';
export {grantedBytes} from './trust/auto-accept.js';
export {formatPeerId} from './trust/peer-id-text.js';
export {parseClassicTarget} from './classic/classic-target.js';
export {
	defaultTcpPort,
	defaultUdpPort,
	dialTargetOf,
	parseAddress,
	parsePort,
	type ParsedAddress,
} from './parse-address.js';
export {createExpression} from '../protocol/expression/expression.js';
export {formatAddress} from '../util/address.js';
