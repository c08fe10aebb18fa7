import {resolve} from 'node:path';
import {expect, it} from 'vitest';
import {readCommandLine} from '../../source/command-line.js';
import {openingCommands} from '../../source/opening-commands.js';

it('--log begins a log before anything else happens', () => {
	for (const verb of [[], ['listen']]) {
		const request = readCommandLine([...verb, '--log', 'all.log'], '0.0.0');
		const listen =
			request.kind === 'console'
				? request.listen
				: request.kind === 'verb' && request.verb.name === 'listen'
					? request.verb.listen
					: undefined;
		expect(openingCommands(listen!)[0]).toEqual({
			type: 'log/start',
			path: resolve('all.log'),
		});
	}
});
