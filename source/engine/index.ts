/** The engine's public face: all that a front end may import. */
export type {Command, DialTarget} from './commands.js';
export type {Engine} from './engine-interface.js';
export type {
	DatagramCounts,
	Direction,
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
	SafeText,
	TransferId,
} from './ids.js';
export type {Address, Presence} from './ports.js';
export * from './state.js';
export {initialState, reduceAll} from './reducer.js';
export {
	defaultTcpPort,
	defaultUdpPort,
	parseAddress,
	parsePort,
	type ParsedAddress,
} from './parse-address.js';
export {formatAddress} from '../util/address.js';
