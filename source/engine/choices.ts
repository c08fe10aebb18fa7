/**
 * What may be chosen otherwise while the engine runs. Decides from when on a choice
 * counts: for the next offer, the next connection, the next meeting in a room. What is
 * there already stays as it was, but for bytes that are not UTF-8: they are read anew.
 *
 * Invariant: what cannot be had is refused before anything has changed.
 */
import {normalizeEncoding} from '../protocol/text-decoding.js';
import type {HandlersOf} from './command-handlers.js';
import type {EngineContext, EngineOptions} from './context.js';
import type {Ports, ReceiveFolder} from './ports.js';

export interface Choices {
	/** Where the next offers go. */
	receiveFolder: ReceiveFolder;
	fallbackEncoding: string;
	requireVerified: boolean;
	noPlain: boolean;
	backfill: boolean;
}

/** What is missing stays as it is. */
export interface ChoiceCommand {
	readonly type: 'self/choose';
	/** Absolute. */
	readonly receiveFolder?: string;
	readonly fallbackEncoding?: string;
	readonly requireVerified?: boolean;
	readonly noPlain?: boolean;
	readonly backfill?: boolean;
}

export const firstChoices = (
	{receiveFolder}: Pick<Ports, 'receiveFolder'>,
	options: EngineOptions,
): Choices => ({
	receiveFolder,
	fallbackEncoding: options.fallbackEncoding ?? 'gb18030',
	requireVerified: options.requireVerified ?? false,
	noPlain: options.noPlain ?? false,
	backfill: options.backfill ?? true,
});

/** Throws encodingUnknown, receiveFolderUnwritable. */
export function createChoiceHandlers(
	{choices}: Pick<EngineContext, 'choices'>,
	openFolder: (path: string) => ReceiveFolder,
	tellSelf: () => void,
): HandlersOf<ChoiceCommand> {
	let lastFolder = choices.receiveFolder;

	return {
		async 'self/choose'(command) {
			const {fallbackEncoding, receiveFolder} = command;
			const encoding =
				fallbackEncoding === undefined
					? undefined
					: normalizeEncoding(fallbackEncoding);
			let folder: ReceiveFolder | undefined;
			if (receiveFolder !== undefined) {
				folder = openFolder(receiveFolder);
				lastFolder = folder;
				await folder.freeBytes();
				// Of two that are named while the disk is asked the last one holds.
				if (folder === lastFolder) choices.receiveFolder = folder;
			}

			choices.fallbackEncoding = encoding ?? choices.fallbackEncoding;
			for (const each of ['requireVerified', 'noPlain', 'backfill'] as const) {
				choices[each] = command[each] ?? choices[each];
			}

			tellSelf();
			// As at the start: what nobody will come back for.
			await folder?.sweep();
		},
	};
}
