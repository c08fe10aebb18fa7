/**
 * Carries out what is asked of UDP. Decides which listener a datagram leaves
 * from and on which one a group is joined; leaves arrivals and counts to
 * `datagrams.ts` and addresses to the sockets.
 */
import {SocktermError, toErrorInfo} from '../../errors.js';
import {limits} from '../../limits.js';
import {
	countsUp,
	parseByteTemplate,
	renderByteTemplate,
} from '../../protocol/byte-template.js';
import {encodeText, normalizeEncoding} from '../../protocol/text-decoding.js';
import {formatAddress} from '../../util/address.js';
import type {HandlersOf} from '../command-handlers.js';
import type {EngineContext} from '../context.js';
import type {DatagramCommand} from './datagram-commands.js';
import type {Datagrams, OpenSocket} from './datagrams.js';
import type {ListenerId} from '../ids.js';
import type {Address} from '../ports.js';
import {toSafeText} from '../sanitize.js';
import type {JoinedGroup} from '../state.js';

type Send = Extract<DatagramCommand, {type: 'datagram/send'}>;

const isIpv6 = (host: string) => host.includes(':');
const isIpv4 = (host: string) => /^\d+\.\d+\.\d+\.\d+(?:%|$)/.test(host);

/** A socket on `::` has both families; of a name it is not known which it needs. */
function canReach({socket}: OpenSocket, host: string): boolean {
	const own = socket.address.host;
	if (own === '::') return true;
	return isIpv6(own) ? !isIpv4(host) : !isIpv6(host);
}

export function createDatagramHandlers(
	context: EngineContext,
	datagrams: Datagrams,
): HandlersOf<DatagramCommand> {
	const {sockets, sources} = datagrams;
	/** How many with `$seq` went to an address. */
	const sequences = new Map<string, number>();

	const socketOf = (listener: ListenerId) =>
		sockets.find(each => each.listener === listener);

	/** Throws udpNotListening. */
	const choose = (listener: ListenerId | undefined, host: string) => {
		const chosen =
			listener === undefined
				? (sockets.findLast(each => canReach(each, host)) ?? sockets.at(-1))
				: socketOf(listener);
		if (!chosen) throw new SocktermError('udpNotListening');
		return chosen;
	};

	const chooseFor = ({listener, host, port}: Send): OpenSocket => {
		if (listener !== undefined) return choose(listener, host);
		// An answer leaves from the port that heard the sender.
		const heard = sources.listenerOf({host, port});
		return (heard && socketOf(heard)) ?? choose(undefined, host);
	};

	const nextSequence = (to: Address): number => {
		const key = formatAddress(to);
		const next = (sequences.get(key) ?? 0) + 1;
		sequences.delete(key);
		sequences.set(key, next);
		const [oldest] = sequences.keys();
		if (sequences.size > limits.datagramSources) sequences.delete(oldest!);
		return next;
	};

	const bytesOf = (command: Send): Uint8Array => {
		const {host, port, text, notation = 'text'} = command;
		const encoding =
			command.encoding ?? context.state().datagrams.encoding ?? 'utf-8';
		const encode = (part: string) => encodeText(part, encoding);
		if (notation === 'text') return encode(text).slice();
		const template = parseByteTemplate(text, notation);
		return renderByteTemplate(template, {
			seq: countsUp(template) ? nextSequence({host, port}) : 0,
			nowMs: context.ports.clock.now(),
			encode,
		});
	};

	/** Where a group is joined, as the state says. */
	const joinedAt = ({
		group,
		on,
		listener,
	}: Omit<JoinedGroup, 'error' | 'listener'> & {
		readonly listener: ListenerId | undefined;
	}) =>
		context
			.state()
			.datagrams.groups.filter(
				each =>
					each.group.toLowerCase() === group.toLowerCase() &&
					(on === undefined || each.on === on) &&
					(listener === undefined || each.listener === listener),
			);

	return {
		'datagram/send'(command) {
			const {host, port} = command;
			const {listener, socket} = chooseFor(command);
			const bytes = bytesOf(command);
			if (bytes.length > limits.datagramBytes) {
				throw new SocktermError('datagramTooLong', {
					lengthBytes: bytes.length,
					limitBytes: limits.datagramBytes,
				});
			}

			const to = {host: toSafeText(host), port};
			socket.send(bytes, {host, port}).then(
				() => {
					context.emit({type: 'datagram/sent', to, listener, bytes});
					datagrams.countSent();
				},
				(error: unknown) => {
					const info = toErrorInfo(error);
					context.emit({type: 'datagram/failed', to, error: info});
				},
			);
		},
		async 'datagram/join'({group, on, listener: wanted}) {
			const {listener, socket} = choose(wanted, group);
			const membership = await socket.join({
				group,
				...(on === undefined ? {} : {on}),
			});
			context.emit({type: 'datagram/joined', ...membership, listener});
		},
		async 'datagram/leave'({group: typed, on, listener}) {
			const [group = '', zone] = typed.split('%');
			const joined = joinedAt({group, on: on ?? zone, listener});
			if (joined.length === 0) {
				const {groups} = context.state().datagrams;
				throw new SocktermError('groupNotJoined', {
					group: typed,
					joined: groups.map(nameOfGroup).join(', '),
				});
			}

			for (const each of joined) {
				const membership = {
					group: each.group,
					...(each.on === undefined ? {} : {on: each.on}),
				};
				await socketOf(each.listener)?.socket.leave(membership);
				context.emit({
					type: 'datagram/left',
					...membership,
					listener: each.listener,
				});
			}
		},
		'datagram/setMeter'({meter}) {
			datagrams.setMeter(meter);
		},
		'datagram/setEncoding'({encoding}) {
			context.emit({
				type: 'datagram/encodingChanged',
				encoding: normalizeEncoding(encoding),
			});
		},
		'datagram/clear'() {
			datagrams.clear();
		},
	};
}

const nameOfGroup = ({group, on}: JoinedGroup): string =>
	on === undefined ? group : `${group}%${on}`;
