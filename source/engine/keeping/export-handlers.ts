/**
 * Writes what is kept to files, and turns the log on and off. Decides what there
 * is to write and in which portions; formats are left to `export/`, the file
 * system to the ports.
 *
 * Invariants: what is written is one state, whatever happens meanwhile; an
 * existing file is never touched; a file that could not be finished is removed.
 */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import {concatBytes} from '../../util/bytes.js';
import type {HandlersOf} from '../command-handlers.js';
import type {EngineContext} from '../context.js';
import {csvHead, csvLine} from './export/csv-export.js';
import {
	describerOf,
	itemsOfConversation,
	itemsOfDatagrams,
	type KeptItem,
} from './export/kept-item.js';
import {ndjsonLine} from './export/ndjson-export.js';
import {
	conversationCapture,
	datagramsCapture,
	rawConversations,
} from './export/pcapng-export.js';
import {textLines} from './export/text-export.js';
import type {ExportCommand, ExportFormat} from './export-commands.js';
import type {LogWriter} from './log-writer.js';
import type {ExportFile} from '../ports.js';
import {toSafeText} from '../sanitize.js';
import type {EngineState} from '../state.js';

type What = Extract<ExportCommand, {type: 'export/write'}>['what'];

const writers: Readonly<
	Record<
		Exclude<ExportFormat, 'pcapng'>,
		{readonly head: string; readonly line: (item: KeptItem) => string}
	>
> = {
	text: {head: '', line: textLines},
	csv: {head: csvHead, line: csvLine},
	ndjson: {head: '', line: ndjsonLine},
};

const encoder = new TextEncoder();

function* linesOf(
	items: Iterable<KeptItem>,
	{head, line}: (typeof writers)[keyof typeof writers],
): Generator<Uint8Array> {
	yield encoder.encode(head);
	for (const item of items) yield encoder.encode(line(item));
}

/** How many rows, reads and writes, or datagrams there are. Throws nothingToExport, exportNeedsBytes. */
function countOf(state: EngineState, what: What, format: ExportFormat): number {
	const count = (() => {
		if (what === 'datagrams') return state.datagrams.rows.length;
		if (format !== 'pcapng') {
			return state.conversations.get(what)?.rows.length ?? 0;
		}

		const raw = rawConversations(state, what);
		if (raw.length === 0) throw new SocktermError('exportNeedsBytes');
		return raw.reduce((sum, {stream}) => sum + stream.pieces.length, 0);
	})();
	if (count === 0) throw new SocktermError('nothingToExport');
	return count;
}

/** Writes in portions, so that others have their turn; gives the size. */
async function writeAll(
	file: ExportFile,
	pieces: Iterable<Uint8Array>,
): Promise<number> {
	let portion: Uint8Array[] = [];
	let bytes = 0;
	let sizeBytes = 0;
	const flush = async () => {
		if (bytes > 0) await file.write(concatBytes(portion));
		sizeBytes += bytes;
		portion = [];
		bytes = 0;
	};

	for (const piece of pieces) {
		portion.push(piece);
		bytes += piece.length;
		if (bytes >= limits.exportBatchBytes) await flush();
	}

	await flush();
	return sizeBytes;
}

export function createExportHandlers(
	context: EngineContext,
	log: LogWriter,
): HandlersOf<ExportCommand> {
	const describe = describerOf(context.ports.describe);
	const piecesOf = (state: EngineState, what: What, format: ExportFormat) => {
		const isDatagrams = what === 'datagrams';
		if (format === 'pcapng') {
			return isDatagrams
				? datagramsCapture(state)
				: conversationCapture(state, what);
		}

		const items = isDatagrams
			? itemsOfDatagrams(state, describe)
			: itemsOfConversation(state, what, describe);
		return linesOf(items, writers[format]);
	};

	return {
		async 'export/write'({what, format, path}) {
			const {exports} = context.ports;
			const state = context.state();
			const items = countOf(state, what, format);
			if (!exports) throw new SocktermError('exportFailed', {path});
			const file = await exports.create(path);
			try {
				const sizeBytes = await writeAll(file, piecesOf(state, what, format));
				await file.close();
				context.emit({
					type: 'export/written',
					what,
					format,
					path: toSafeText(path),
					items,
					sizeBytes,
				});
			} catch (error) {
				await file.discard();
				throw error;
			}
		},
		async 'log/start'({path}) {
			await log.start(path);
		},
		async 'log/stop'() {
			await log.stop();
		},
	};
}
