/** What a reader gives, or the code of the one error that it may throw. */
import {SocktermError} from '../../source/errors.js';

/** Anything but a SocktermError goes on up. */
export function outcomeOf<Result>(read: () => Result): Result | string {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof SocktermError)) throw error;
		return `${error.info.code} ${JSON.stringify(error.info.details)}`;
	}
}
