/** What is left of broken transfers, in the receive folder and in others that were chosen while this runs. */
import {SocktermError} from '../../errors.js';
import {limits} from '../../limits.js';
import type {EngineContext} from '../context.js';
import type {PartialOffer} from '../events.js';
import type {PartialId} from '../ids.js';
import type {ReceiveFolder} from '../ports.js';
import {toSafeText} from '../sanitize.js';

export interface Partials {
	/** The receive folder at a path; the same one each time. */
	open(path: string): ReceiveFolder;
	/** Says `transfer/partialsListed`. Throws receiveFolderUnwritable. */
	list(): Promise<void>;
	/** Deletes one and lists the others. Throws noSuchPartial. */
	delete(id: PartialId): Promise<void>;
}

export function createPartials(context: EngineContext): Partials {
	const {receiveFolder, openFolder} = context.ports;
	const folders = new Map([[receiveFolder.path, receiveFolder]]);
	const home = new Map<PartialId, ReceiveFolder>();

	const list = async () => {
		home.clear();
		const partials: PartialOffer[] = [];
		for (const folder of folders.values()) {
			for (const partial of await folder.listPartials()) {
				const {id, peerId, suggested, sizeBytes, heldBytes, at} = partial;
				home.set(id, folder);
				partials.push({
					id,
					peerId,
					name: toSafeText(suggested.join('/'), {
						joiners: false,
						maxCharacters: limits.pathBytes,
					}),
					sizeBytes,
					heldBytes,
					writtenAt: at,
					expiresAt: at + limits.partialMs,
				});
			}
		}

		context.emit({type: 'transfer/partialsListed', partials});
	};

	return {
		open(path) {
			const opened = openFolder(path);
			const folder = folders.get(opened.path) ?? opened;
			folders.set(folder.path, folder);
			return folder;
		},
		list,
		async delete(id) {
			const folder = home.get(id);
			if (!folder) throw new SocktermError('noSuchPartial');
			await folder.deletePartial(id);
			await list();
		},
	};
}
