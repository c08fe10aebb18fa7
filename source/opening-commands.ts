/** What an engine is told at the start: where to listen, and whom to dial. */
import type {ListenRequest} from './request.js';
import {dialTargetOf, type Command} from './engine/index.js';

export function openingCommands(listen: ListenRequest): Command[] {
	const {
		tcp,
		udp,
		host,
		backlog,
		connect,
		access,
		stream,
		log,
		rooms = [],
	} = listen;
	const where = {...access, ...(host === undefined ? {} : {host})};
	const commands: Command[] = [];
	// First, so that nothing is missed.
	if (log !== undefined) commands.push({type: 'log/start', path: log});
	if (tcp !== undefined) {
		commands.push({
			type: 'listener/open',
			kind: 'tcp',
			port: tcp,
			...where,
			...stream,
			...(backlog === undefined ? {} : {backlog}),
		});
	}

	if (udp !== undefined) {
		commands.push({type: 'listener/open', kind: 'udp', port: udp, ...where});
	}

	for (const room of rooms) commands.push({type: 'room/join', room});
	for (const address of connect) {
		const target = dialTargetOf(address);
		if (target) commands.push({type: 'peer/dial', target});
	}

	return commands;
}
