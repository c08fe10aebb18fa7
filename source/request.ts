/** What the command line asks for, checked: plain data. */
import type {ParsedAddress} from './engine/index.js';
import type {Settings} from './settings.js';

export interface ListenRequest {
	/** Missing: do not listen. */
	readonly tcp?: number;
	readonly udp?: number;
	readonly host?: string;
	readonly backlog?: number;
	readonly connect: readonly ParsedAddress[];
}

export interface ConsoleRequest {
	readonly kind: 'console';
	readonly settings: Settings;
	readonly listen: ListenRequest;
	readonly practice: boolean;
}

export interface VerbRequest {
	readonly kind: 'verb';
	readonly settings: Settings;
	readonly json: boolean;
	readonly verb:
		| {
				readonly name: 'listen';
				readonly listen: ListenRequest;
				readonly accept: 'none' | 'all';
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
