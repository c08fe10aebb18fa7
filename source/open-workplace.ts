/** What comes back after a restart, as the console is given it. */
import type {WorkplaceOptions} from './console/workplace/keep-workplace.js';
import {toErrorInfo} from './errors.js';
import {openingCommands} from './opening-commands.js';
import type {ListenRequest} from './request.js';
import {
	createWorkplaceFile,
	type KeptWorkplace,
} from './storage/workplace-file.js';
import {describeError} from './strings/index.js';

const sentence = (error: unknown) => describeError(toErrorInfo(error));

/** `isFresh`: nothing comes back, and what is kept from now on takes the place of what was. */
export async function openWorkplace(
	stateFolder: string,
	isFresh: boolean,
	listen: ListenRequest,
): Promise<{
	readonly workplace: WorkplaceOptions;
	/** What kept it from being read. */
	readonly problem: string | undefined;
}> {
	const file = createWorkplaceFile(stateFolder);
	let kept: KeptWorkplace | undefined;
	let problem: string | undefined;
	try {
		kept = isFresh ? undefined : await file.load();
	} catch (error) {
		problem = sentence(error);
	}

	return {
		problem,
		workplace: {
			kept,
			given: openingCommands(listen).filter(
				command => command.type === 'listener/open',
			),
			async save(workplace) {
				try {
					// Plain data, as the schema has it.
					await file.save(workplace as KeptWorkplace);
					return undefined;
				} catch (error) {
					return sentence(error);
				}
			},
		},
	};
}
