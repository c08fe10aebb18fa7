/** Groups, broadcasts and links between two hosts with two cables each. */
import {
	afterAll,
	beforeAll,
	describe,
	expect,
	onTestFinished,
	test,
} from 'vitest';
import type {Command} from '../../source/engine/index.js';
import type {ChildProgram} from '../helpers/child-program.js';
import {
	createTwoHosts,
	namespacesMissing,
	type TwoHosts,
} from '../helpers/namespaces.js';
import {parseFact, type Fact} from '../helpers/sockterm-side.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

const missing = namespacesMissing();
if (missing) console.warn(`Not tested: ${missing}.`);

interface Engine {
	dispatch(command: Command): void;
	/** The first event like this that nobody has waited for yet. */
	next(type: string, where?: (fact: Fact) => boolean): Promise<Fact>;
	texts(): unknown[];
	listen(options?: {host?: string}): Promise<{id: string; port: number}>;
}

describe.skipIf(missing !== undefined)('between namespaces', () => {
	let hosts: TwoHosts;
	beforeAll(() => {
		hosts = createTwoHosts();
	});
	afterAll(() => {
		hosts.remove();
	});

	function stopLater(child: ChildProgram) {
		onTestFinished(async () => {
			child.endInput();
			await child.stop();
		});
		return child;
	}

	function startEngine(): Engine {
		const folder = createTemporaryFolder();
		onTestFinished(() => folder.remove());
		const child = stopLater(hosts.startEngine(folder.path));
		const taken = new Set<string>();
		const dispatch = (command: Command) => {
			child.write(`${JSON.stringify(command)}\n`);
		};

		const next: Engine['next'] = async (type, where = () => true) => {
			const line = await child.waitForLine(
				each => {
					const fact = parseFact(each);
					return fact?.type === type && where(fact) && !taken.has(each);
				},
				30_000,
				type,
			);
			taken.add(line);
			return parseFact(line)!;
		};

		return {
			dispatch,
			next,
			texts: () =>
				child.lines
					.map(each => parseFact(each))
					.filter(fact => fact?.type === 'datagram/received')
					.map(fact => fact!['text']),
			async listen(options = {}) {
				dispatch({type: 'listener/open', kind: 'udp', port: 0, ...options});
				const {listener, port} = await next('listener/bound');
				return {id: String(listener), port: Number(port)};
			},
		};
	}

	async function startMember() {
		const child = stopLater(hosts.startPeer('group_member.py', []));
		const line = await child.waitForLine('bound');
		return {
			port: Number(line.split(' ')[1]),
			async join(group: string, on: string) {
				child.write(`join ${group} ${on}\n`);
				await child.waitForLine(`joined ${group} ${on}`);
			},
			async send(host: string, port: number, on: string, text: string) {
				child.write(`send ${host} ${port} ${on} ${text}\n`);
				await child.waitForLine(`sent ${text}`);
			},
			/** Address and port of who sent this text. */
			async received(text: string) {
				const [, host, port] = (
					await child.waitForLine(each => each.endsWith(` ${text}`))
				).split(' ');
				return {host, port: Number(port)};
			},
			texts: () => child.lines.map(each => each.split(' ').slice(3).join(' ')),
		};
	}

	const arrival = (text: string) => (fact: Fact) => fact['text'] === text;

	const families = [
		{name: 'IPv4', group: '239.1.2.3', unicast: 'ipv4'},
		{name: 'IPv6', group: 'ff15::7', unicast: 'ipv6'},
		{name: 'IPv6, of the link', group: 'ff02::1234', unicast: 'ipv6'},
	] as const;

	test.each(families)(
		'a group is joined on one interface, and left ($name)',
		async ({group, unicast}) => {
			const [engine, member] = [startEngine(), await startMember()];
			const [first, second] = hosts.there;
			const {port} = await engine.listen();
			engine.dispatch({type: 'datagram/join', group: `${group}%a0`});
			expect(await engine.next('datagram/joined')).toMatchObject({
				group,
				on: 'a0',
			});
			await member.send(group, port, second.name, 'by the other cable');
			// Comes behind it on the same cable.
			await member.send(hosts.here[1][unicast], port, '-', 'marker');
			await engine.next('datagram/received', arrival('marker'));
			await member.send(group, port, first.name, 'by the first cable');
			await engine.next('datagram/received', arrival('by the first cable'));
			expect(engine.texts()).not.toContain('by the other cable');

			engine.dispatch({type: 'datagram/leave', group});
			expect(await engine.next('datagram/left')).not.toHaveProperty('error');
			await member.send(group, port, first.name, 'too late');
			await member.send(hosts.here[0][unicast], port, '-', 'last');
			await engine.next('datagram/received', arrival('last'));
			expect(engine.texts()).not.toContain('too late');
		},
	);

	test.each(families)(
		'a datagram for a group leaves on the chosen interface, from the listening port ($name)',
		async ({group, unicast}) => {
			const [engine, member] = [startEngine(), await startMember()];
			const {port} = await engine.listen();
			for (const {name} of hosts.there) await member.join(group, name);
			for (const [index, nic] of ['a1', 'a0', 'a1'].entries()) {
				const text = `${nic} ${index}`;
				engine.dispatch({
					type: 'datagram/send',
					host: `${group}%${nic}`,
					port: member.port,
					text,
				});
				const from = await member.received(text);
				expect(from.port).toBe(port);
				const cable = nic === 'a0' ? 0 : 1;
				if (unicast === 'ipv4') {
					expect(from.host).toBe(hosts.here[cable].ipv4);
				} else {
					expect(from.host).toMatch(
						group.startsWith('ff02')
							? new RegExp(`^fe80:.*%b${cable}$`)
							: new RegExp(`^fd91:${cable + 1}:`),
					);
				}
			}
		},
	);

	test('a listener on an interface hears the groups of that one, and answers from its port', async () => {
		const [engine, member] = [startEngine(), await startMember()];
		const {port} = await engine.listen({host: 'a1'});
		engine.dispatch({type: 'datagram/join', group: '239.7.7.7'});
		expect(await engine.next('datagram/joined')).toMatchObject({on: 'a1'});
		await member.send('239.7.7.7', port, 'b1', 'to the group');
		const {from} = await engine.next('datagram/received');
		expect(from).toEqual({host: hosts.there[1].ipv4, port: member.port});
		engine.dispatch({
			type: 'datagram/send',
			...(from as {host: string; port: number}),
			text: 'answer',
		});
		expect(await member.received('answer')).toEqual({
			host: hosts.here[1].ipv4,
			port,
		});
		engine.dispatch({type: 'datagram/leave', group: '239.7.7.7%a1'});
		await engine.next('datagram/left');
	});

	test('answers leave from the port that heard the sender, not from the newest', async () => {
		const [engine, member] = [startEngine(), await startMember()];
		const ports = [await engine.listen(), await engine.listen()];
		for (const [index, {port, id}] of [...ports, ports[0]!].entries()) {
			const text = `question ${index}`;
			await member.send(hosts.here[0].ipv4, port, '-', text);
			const heard = await engine.next('datagram/received', arrival(text));
			expect(heard['listener']).toBe(id);
			const from = heard['from'] as {host: string; port: number};
			engine.dispatch({
				type: 'datagram/send',
				...from,
				text: `answer ${index}`,
			});
			expect((await member.received(`answer ${index}`)).port).toBe(port);
		}
	});

	test('broadcasts go out and come in', async () => {
		const [engine, member] = [startEngine(), await startMember()];
		const {port} = await engine.listen();
		for (const host of ['10.91.1.255', '255.255.255.255']) {
			engine.dispatch({
				type: 'datagram/send',
				host,
				port: member.port,
				text: `all of ${host}`,
			});
			const sent = await Promise.race([
				engine.next('datagram/sent'),
				engine.next('datagram/failed'),
			]);
			// Without a default route nobody knows where all of them are.
			if (host === '10.91.1.255') {
				expect(sent.type).toBe('datagram/sent');
				expect(await member.received(`all of ${host}`)).toEqual({
					host: hosts.here[1].ipv4,
					port,
				});
			}
		}

		await member.send('10.91.0.255', port, '-', 'to everybody');
		await engine.next('datagram/received', arrival('to everybody'));
	});

	test.each(['down and up', 'another device'])(
		'a group whose link goes away is told of, and joined again (%s)',
		async how => {
			const [engine, member] = [startEngine(), await startMember()];
			const {port} = await engine.listen();
			for (const {group} of families) {
				engine.dispatch({type: 'datagram/join', group, on: 'a0'});
				await engine.next('datagram/joined');
			}

			if (how === 'another device') hosts.ip('link', 'del', 'a0');
			else hosts.ip('link', 'set', 'a0', 'down');
			for (const {group} of families) {
				const left = await engine.next(
					'datagram/left',
					fact => fact['group'] === group,
				);
				expect(left['error']).toMatchObject({
					code: 'interfaceGone',
					details: {name: 'a0', group},
				});
			}

			if (how === 'another device') {
				hosts.plugIn();
			} else {
				hosts.ip('link', 'set', 'a0', 'up');
				hosts.ip(
					'addr',
					'add',
					`${hosts.here[0].ipv6}/64`,
					'dev',
					'a0',
					'nodad',
				);
			}

			for (const {group} of families) {
				await engine.next('datagram/joined', fact => fact['group'] === group);
			}

			// The other device has it anew as well.
			const again = how === 'another device' ? await startMember() : member;
			for (const {group} of families) {
				await again.send(group, port, 'b0', `again ${group}`);
				await engine.next('datagram/received', arrival(`again ${group}`));
			}
		},
		60_000,
	);

	test('what cannot be joined is refused with a reason', async () => {
		const engine = startEngine();
		await engine.listen();
		const refused = async (group: string, on?: string) => {
			engine.dispatch({
				type: 'datagram/join',
				group,
				...(on === undefined ? {} : {on}),
				ref: 1,
			});
			return (await engine.next('command/refused'))['error'];
		};

		expect(await refused('10.91.0.2')).toMatchObject({code: 'notMulticast'});
		expect(await refused('ff02::zz')).toMatchObject({code: 'notMulticast'});
		expect(await refused('239.1.2.3%nonsense')).toMatchObject({
			code: 'noSuchInterface',
			details: {host: 'nonsense'},
		});
		expect(await refused('239.1.2.3', '10.99.0.1')).toMatchObject({
			code: 'noSuchInterface',
		});
		// Without a default route the system does not choose.
		expect(await refused('239.1.2.3')).toMatchObject({code: 'groupRefused'});
		engine.dispatch({type: 'datagram/leave', group: '239.1.2.3', ref: 2});
		expect((await engine.next('command/refused'))['error']).toMatchObject({
			code: 'groupNotJoined',
		});
	});
});
