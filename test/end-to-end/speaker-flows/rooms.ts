/** Rooms between the program and the speaker in Python. */
import {expect} from 'vitest';
import type {PeerId} from '../../../source/engine/ports.js';
import {startFlow} from '../../helpers/independent-speaker.js';
import {pin} from '../../helpers/pinned.js';
import {startConsole, testFolder} from '../../helpers/sockterm-program.js';

/** A console in #lab that has verified the speaker, who has not dialled yet. */
async function startRoom(flowName: string) {
	const flow = startFlow(flowName);
	const home = testFolder();
	const peerId = (await flow.told('peer')) as PeerId;
	await pin(home, [{peerId, petname: 'python'}]);
	const console = await startConsole({name: 'alice', home});
	console.enter('/join #lab');
	await console.waitFor(/#lab +1 here/);
	return {flow, console};
}

export const roomFlows: Record<string, () => Promise<void>> = {
	async 'a room of both, with what was said before and by others'() {
		const {flow, console} = await startRoom('room-of-both');
		console.enter('one before');
		console.enter('two before');
		console.enter('/topic what it is about');
		await console.waitFor('Topic, by alice: what it is about');
		flow.order(String(console.tcpPort));
		expect(await flow.told('topic')).toBe('what it is about');
		expect(await flow.told('said')).toBe('two before');
		await console.waitFor(/python.*first of the speaker/);
		await console.waitFor(/python.*second of the speaker/);
		await console.waitFor(/carol.*\(by way of python\) of a third/);
		await console.waitFor(/#lab +2 here +set by the speaker/);
		const screen = console.screen().join('\n');
		expect(screen.match(/first of the speaker/g)).toHaveLength(1);
		expect(screen).not.toContain('elsewhere');

		flow.order('say something');
		console.enter('live of alice');
		expect(await flow.told('live')).toBe('live of alice');
		await console.waitFor(/live of alice.*✓/);
		flow.order('say something yourself');
		await console.waitFor(/python.*live of the speaker/);
		flow.order('leave');
		await console.waitFor('python went');
		await flow.finished();
	},

	async 'who is not verified hears nothing of rooms, and is heard as before'() {
		const console = await startConsole({name: 'alice'});
		console.enter('/join #lab');
		await console.waitFor(/#lab +1 here/);
		const flow = startFlow('rooms-unverified', console.tcpPort);
		await flow.finished();
		expect(console.screen().join('\n')).not.toContain('not for you');
	},

	async 'a message that its author has not signed ends the session'() {
		const {flow, console} = await startRoom('room-forged');
		flow.order(String(console.tcpPort));
		expect(await flow.told('error')).toBe('protocolViolation');
		await flow.finished();
		expect(console.screen().join('\n')).not.toContain('not of carol');
	},
};
