/** Rules: what is done by itself when a raw peer says something. */
import type {PeerKey, RuleId} from '../ids.js';
import type {ByteNotation} from '../streams/stream-commands.js';

export type RuleMatch =
	| {readonly kind: 'contains' | 'prefix'; readonly text: string}
	/** A regular expression on the frame's text; its captures are `$1` … in the answer. */
	| {readonly kind: 'expression'; readonly source: string}
	/** Bytes anywhere in the frame. */
	| {readonly kind: 'bytes'; readonly bytes: readonly number[]};

export type RuleAction =
	| {
			readonly kind: 'answer';
			readonly line: string;
			readonly notation: ByteNotation;
	  }
	| {readonly kind: 'note'; readonly text: string}
	/** The frame's bytes go to another raw peer, its text to an encrypted one. */
	| {readonly kind: 'forward'; readonly to: PeerKey};

export interface RuleOptions {
	readonly match: RuleMatch;
	readonly action: RuleAction;
	/** Only for this peer; missing: for every raw one. */
	readonly peer?: PeerKey;
	/** Says what it would do, and does nothing. */
	readonly dryRun: boolean;
}

export interface Rule extends RuleOptions {
	readonly id: RuleId;
	readonly hits: number;
	readonly enabled: boolean;
}

export type RuleCommand =
	| {readonly type: 'rule/add'; readonly rule: RuleOptions}
	| {readonly type: 'rule/remove'; readonly rule: RuleId}
	| {
			readonly type: 'rule/setEnabled';
			readonly rule: RuleId;
			readonly enabled: boolean;
	  }
	| {
			readonly type: 'rule/setDryRun';
			readonly rule: RuleId;
			readonly dryRun: boolean;
	  };
