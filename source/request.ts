/** What the command line asks for, checked: plain data. */
import type {ListenerOptions, ParsedAddress} from './engine/index.js';
import type {ClassicRequest} from './classic-request.js';
import type {RelayRequest} from './relay-request.js';
import type {ConfigFile} from './config-file.js';
import type {Settings} from './settings.js';
import type {Resolved, SettingName} from './settings/index.js';
import type {UdpRequest} from './udp-request.js';

export interface ListenRequest {
	/** Missing: do not listen. */
	readonly tcp?: number;
	readonly udp?: number;
	readonly host?: string;
	readonly backlog?: number;
	readonly connect: readonly ParsedAddress[];
	/** The absolute path of a file that is told everything. */
	readonly log?: string;
	/** Rooms to be in from the start: `#lab`. */
	readonly rooms?: readonly string[];
	/** Who may reach the listeners. */
	readonly access?: Pick<ListenerOptions, 'allow' | 'deny'>;
	/** What else the TCP listener is asked to be. */
	readonly stream?: Pick<
		ListenerOptions,
		'raw' | 'framing' | 'encoding' | 'idleMs' | 'purpose'
	>;
}

export interface ConsoleRequest {
	readonly kind: 'console';
	readonly settings: Settings;
	readonly listen: ListenRequest;
	readonly practice: boolean;
	/** Where settings are kept. */
	readonly file: ConfigFile;
	readonly resolved: Readonly<Record<SettingName, Resolved>>;
}

export interface VerbRequest {
	readonly kind: 'verb';
	readonly settings: Settings;
	/** Sentences about the file of settings. */
	readonly warnings?: readonly string[];
	readonly json: boolean;
	readonly verb:
		| {
				readonly name: 'listen';
				readonly listen: ListenRequest;
				readonly accept: 'none' | 'all' | 'verified';
				/** Shows what plain peers say as hex. */
				readonly hex: boolean;
				/** A file for all bytes of plain peers as hex. */
				readonly dump?: string;
		  }
		| {
				readonly name: 'receive';
				readonly listen: ListenRequest;
				/** Go on after the first offer. */
				readonly keep: boolean;
				/** Accept without asking. */
				readonly yes: boolean;
				/** One file goes to the standard output instead of a folder. */
				readonly stdout: boolean;
				/** Take within caps what verified peers send, and decline all else. */
				readonly verifiedOnly: boolean;
		  }
		| {
				readonly name: 'send';
				readonly paths: readonly string[];
				/** Instead of paths: what stdin gives, under this name. */
				readonly input?: string;
				/** Each gets a transfer of its own. */
				readonly to: readonly ParsedAddress[];
		  }
		| {
				readonly name: 'netcat';
				readonly listens: boolean;
				/** Where to connect to; of a listener the address, all of them where it is missing. */
				readonly host?: string;
				readonly port: number;
				/** Of our side, where we connect. */
				readonly localPort?: number;
				readonly udp: boolean;
				readonly ssl: boolean;
				/** Goes on listening after the first connection. */
				readonly keep: boolean;
				readonly verbose: boolean;
				/** Line feeds of stdin go out as CR LF. */
				readonly crlf: boolean;
				readonly family?: 4 | 6;
				/** For connecting, and for a connection on which nothing moves. */
				readonly waitMs?: number;
				/** A file for all bytes as hex. */
				readonly dump?: string;
		  }
		| {readonly name: 'id'}
		| {
				readonly name: 'pair';
				readonly to: ParsedAddress;
				/** The code is shown here. */
				readonly show: boolean;
				readonly petname?: string;
		  }
		| ClassicRequest
		| RelayRequest
		| UdpRequest
		| {
				readonly name: 'say';
				/** Undefined: lines from stdin. */
				readonly text: string | undefined;
				readonly to: ParsedAddress;
				readonly encoding?: string;
		  };
}

export type Request =
	| ConsoleRequest
	| VerbRequest
	| {readonly kind: 'misuse'; readonly sentence: string};
