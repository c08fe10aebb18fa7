/** Keeping what was seen: files of it, and a log that goes on. */
import type {ConversationKey} from '../ids.js';

/** `pcapng` is for programs like Wireshark. */
export type ExportFormat = 'text' | 'csv' | 'ndjson' | 'pcapng';

export type ExportCommand =
	/** Answered by `export/written`. An existing file is refused. */
	| {
			readonly type: 'export/write';
			readonly what: ConversationKey | 'datagrams';
			readonly format: ExportFormat;
			readonly path: string;
	  }
	/** Everything from now on as text lines, appended; older files are kept as `.1`, `.2` … */
	| {readonly type: 'log/start'; readonly path: string}
	| {readonly type: 'log/stop'};
