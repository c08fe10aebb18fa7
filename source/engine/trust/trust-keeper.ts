/**
 * What is known about keys, as it is kept. Decides in which order it changes. Leaves
 * the file to the trust port; without one it lasts as long as the program. Invariants:
 * a change counts, and is told, once it is durable; each is made on what is kept at
 * that moment, so that two programs with one state folder do not undo each other's;
 * what cannot be read is told, and nothing is written over it.
 */
import {toErrorInfo, type ErrorInfo} from '../../errors.js';
import type {EngineContext} from '../context.js';
import {emptyTrustBook, type TrustBook} from './trust-commands.js';

export interface TrustKeeper {
	book(): TrustBook;
	/** Resolves once what is kept is known, or known to be unreadable. Never rejects. */
	readonly loaded: Promise<void>;
	isLoaded(): boolean;
	/** Resolves once it is durable and told; rejects with what `edit` or the port throws. */
	change(edit: (book: TrustBook) => TrustBook): Promise<void>;
	/** Looks again: another program with this state folder may have changed it. Never rejects. */
	refresh(): Promise<void>;
	/** Tells what is kept, once it is known. */
	start(): void;
}

export function createTrustKeeper(context: EngineContext): TrustKeeper {
	const port = context.ports.trust;
	let book = emptyTrustBook;
	let problem: ErrorInfo | undefined;
	let isLoaded = port === undefined;
	let last: Promise<void> = Promise.resolve();

	const tell = (error?: ErrorInfo) => {
		context.emit({type: 'trust/changed', book, ...(error ? {error} : {})});
	};

	const load = async () => {
		try {
			if (port) book = await port.load();
		} catch (error) {
			problem = toErrorInfo(error);
		}

		isLoaded = true;
	};

	const loaded = load();
	if (port) last = loaded;

	/** What is kept now; where the file was damaged since, what was known of it. */
	const current = async (): Promise<TrustBook> => {
		try {
			return (await port?.load()) ?? book;
		} catch (error) {
			if (toErrorInfo(error).code === 'trustDamaged') return book;
			throw error;
		}
	};

	let refreshing: Promise<void> | undefined;
	const lookAgain = async () => {
		refreshing = undefined;
		const found = await current().catch(() => book);
		if (JSON.stringify(found) === JSON.stringify(book)) return;
		book = found;
		tell();
	};

	return {
		book: () => book,
		loaded,
		isLoaded: () => isLoaded,
		async change(edit) {
			const result = last.then(async () => {
				const before = await current();
				const after = edit(before);
				if (after === before) return;
				await port?.save(after);
				book = after;
				tell();
			});
			last = result.catch(() => undefined);
			await result;
		},
		async refresh() {
			if (!port) return;
			// One look is enough for all who ask before it begins.
			refreshing ??= last.then(lookAgain);
			last = refreshing;
			await last;
		},
		start() {
			if (port) void loaded.then(() => tell(problem));
		},
	};
}
