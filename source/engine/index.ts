/** The engine's public face: all that a front end may import. */
export type {
	Command,
	DialTarget,
	ListenerOptions,
	ListenerPurpose,
} from './commands.js';
export type {DatagramCommand, SequenceMeter} from './datagram-commands.js';
export type {ExportFormat} from './export-commands.js';
export type {BookEntry, Notebook, Snippet} from './notebook-commands.js';
export {
	noImpairment,
	type Impairment,
	type RelaySide,
} from './relay-commands.js';
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
} from './rule-commands.js';
export type {ByteNotation} from './stream-commands.js';
export {previewBytes, tokenNames, type BytePreview} from './byte-preview.js';
export {
	charactersOf,
	textPartsOf,
	type ShownCharacter,
} from './character-view.js';
export {textOf, textOrHex} from './text-view.js';
export {datagramBeginning, datagramFallback} from './datagram-view.js';
export {formatMeter, parseMeter} from '../protocol/sequence-meter-text.js';
export {
	defaultFraming,
	defaultSending,
	type Cut,
	type LineEnding,
} from '../protocol/framing.js';
export {formatFraming, parseFraming} from '../protocol/framing-text.js';
export {offeredEncodings} from '../protocol/encoding-names.js';
export {
	createFrameReader,
	type FrameReader,
	type SaidFrame,
} from './frame-reader.js';
export {
	createMessageReader,
	type MessageReader,
	type ReadMessage,
} from '../protocol/message-reader.js';
export type {Engine} from './engine-interface.js';
export type {
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
	RuleId,
	SafeText,
	TransferId,
} from './ids.js';
export type {Address, Presence} from './ports.js';
export * from './state.js';
export {initialState, reduceAll} from './reducer.js';
export {parseClassicTarget} from './classic-target.js';
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
