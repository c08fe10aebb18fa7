/** What happens on relays and to rules, the notebook, exports and the log. */
import type {ErrorInfo} from '../errors.js';
import type {ExportFormat} from './keeping/export-commands.js';
import type {ConversationKey, PeerKey, RuleId, SafeText} from './ids.js';
import type {Notebook} from './keeping/notebook-commands.js';
import type {Impairment, RelaySide} from './relay/relay-commands.js';
import type {Rule} from './rules/rule-commands.js';

export type WorkbenchEventBody =
	/** The row of a relayed connection has bytes of both sides: `in` came from the client, `out` from the server. */
	| {
			readonly type: 'relay/impaired';
			readonly peer: PeerKey;
			readonly towards: RelaySide;
			readonly impairment: Impairment;
	  }
	| {readonly type: 'rule/changed'; readonly rule: Rule}
	| {readonly type: 'rule/removed'; readonly rule: RuleId}
	/** A rule matched; what it did is told beside it. */
	| {
			readonly type: 'rule/matched';
			readonly rule: RuleId;
			readonly peer: PeerKey;
			readonly hits: number;
			readonly dryRun: boolean;
			readonly error?: ErrorInfo;
	  }
	| {
			readonly type: 'notebook/changed';
			readonly notebook: Notebook;
			/** What was kept could not be read. */
			readonly error?: ErrorInfo;
	  }
	| {
			readonly type: 'export/written';
			readonly what: ConversationKey | 'datagrams';
			readonly format: ExportFormat;
			readonly path: SafeText;
			readonly items: number;
			readonly sizeBytes: number;
	  }
	| {
			readonly type: 'log/changed';
			/** Missing: no log is written. */
			readonly path?: SafeText;
			readonly error?: ErrorInfo;
	  };
