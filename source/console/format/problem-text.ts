import type {Row} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {formatCount} from '../../util/quantities.js';

/** What went wrong, and how often in a row where it keeps doing so. */
export function problemText({
	error,
	count = 1,
}: Extract<Row, {kind: 'problem'}>): string {
	const sentence = describeError(error);
	return count > 1
		? strings.conversation.times(sentence, formatCount(count))
		: sentence;
}
