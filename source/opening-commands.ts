/** What an engine is told at the start: where to listen, and whom to dial. */
import type {ListenRequest} from './request.js';
import type {Command} from './engine/index.js';

export function openingCommands(listen: ListenRequest): Command[] {
	const {tcp, udp, host, backlog, connect} = listen;
	const where = host === undefined ? {} : {host};
	const commands: Command[] = [];
	if (tcp !== undefined) {
		commands.push({
			type: 'listener/open',
			kind: 'tcp',
			port: tcp,
			...where,
			...(backlog === undefined ? {} : {backlog}),
		});
	}

	if (udp !== undefined) {
		commands.push({type: 'listener/open', kind: 'udp', port: udp, ...where});
	}

	for (const {kind, host: name, port} of connect) {
		commands.push({
			type: 'peer/dial',
			target: {kind: kind === 'peer' ? 'peer' : 'raw', host: name, port},
		});
	}

	return commands;
}
