/** `/send --classic host:port file`: one file to a program that speaks the classic file assistant. */
import {parseClassicTarget} from '../../engine/index.js';
import {SocktermError} from '../../errors.js';
import {describeError, strings} from '../../strings/index.js';
import {toAbsolutePath} from '../input/user-path.js';
import {type CommandResult, failed, withCommand} from './context.js';

export const classicFlag = '--classic';

/** The words behind the flag. */
export function sendClassic(words: readonly string[]): CommandResult {
	const sentences = strings.input.classic;
	const [address, path, ...more] = words;
	if (address === undefined || path === undefined) {
		return failed(sentences.usage);
	}

	if (more.length > 0) return failed(sentences.oneFile);
	try {
		const target = parseClassicTarget(address);
		return withCommand({
			type: 'classic/send',
			target,
			path: toAbsolutePath(path),
		});
	} catch (error) {
		if (error instanceof SocktermError)
			return failed(describeError(error.info));
		throw error;
	}
}
