/** What stands on the terminal when something was thrown that nobody expected. */
import {toErrorInfo} from './errors.js';
import {describeError} from './strings/index.js';
import {visibleControls} from './util/visible-controls.js';

/** The sentence, and below it where it happened. Node's own report would write what an error quotes as it is. */
export function crashReport(error: unknown): string {
	const stack = error instanceof Error ? (error.stack ?? '') : '';
	const places = stack
		.split('\n')
		.filter(line => /^ {4}at /.test(line))
		.map(line => visibleControls(line));
	return [describeError(toErrorInfo(error)), ...places, ''].join('\n');
}
