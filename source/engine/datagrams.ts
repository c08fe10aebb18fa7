/**
 * UDP: one row a datagram, at most so many a second, and an honest count of all.
 * received = shown + dropped by us; what the kernel dropped is told beside it.
 * Nothing is ever answered by itself.
 */
import {SocktermError, toErrorInfo} from '../errors.js';
import {limits} from '../limits.js';
import {
	decodeText,
	encodeText,
	incompleteTailBytes,
	looksLikeText,
} from '../protocol/text-decoding.js';
import {toHex} from '../util/bytes.js';
import type {EngineContext} from './context.js';
import type {EventBody} from './events.js';
import type {Address, DatagramSocket} from './ports.js';
import {toSafeText} from './sanitize.js';

export interface Datagrams {
	received(bytes: Uint8Array, from: Address): void;
	/** The listening sockets, newest last: sending goes out from the newest. */
	addSocket(socket: DatagramSocket): void;
	removeSocket(socket: DatagramSocket): void;
	/** Throws udpNotListening, datagramTooLong, notEncodable, encodingUnknown. */
	send(
		to: {host: string; port: number},
		text: string,
		encoding: string | undefined,
	): void;
	stop(): Promise<void>;
}

const countEveryMs = 1_000;

export function createDatagrams(context: EngineContext): Datagrams {
	const {clock} = context.ports;
	const sockets: DatagramSocket[] = [];
	let received = 0;
	let shown = 0;
	let sent = 0;
	let droppedByKernel: number | undefined;
	let receivedThisSecond = 0;
	let shownThisSecond = 0;
	let cancelCount: (() => void) | undefined;
	let isBusy = false;
	let isStopped = false;

	const content = (
		bytes: Uint8Array,
	): Extract<EventBody, {type: 'datagram/received'}>['content'] => {
		const preview = bytes.subarray(0, limits.datagramPreviewBytes);
		const {fallbackEncoding} = context;
		// A preview may end inside a character, which is no proof of binary.
		const tail =
			preview.length < bytes.length
				? incompleteTailBytes(preview, fallbackEncoding)
				: 0;
		const whole = preview.subarray(0, preview.length - tail);
		const {text} = decodeText(whole, fallbackEncoding);
		return looksLikeText(text)
			? {kind: 'text', text: toSafeText(text)}
			: {kind: 'hex', text: toHex(preview, ' ')};
	};

	const readKernelDrops = async () => {
		let total: number | undefined;
		for (const socket of sockets) {
			const drops = await socket.kernelDrops();
			if (drops !== undefined) total = (total ?? 0) + drops;
		}

		droppedByKernel = total;
	};

	const emitCounts = () => {
		context.emit({
			type: 'datagram/counted',
			perSecond: receivedThisSecond,
			received,
			shown,
			droppedByUs: received - shown,
			sent,
			...(droppedByKernel === undefined ? {} : {droppedByKernel}),
		});
	};

	// Counts are told once a second while anything arrives, and once more when it has stopped.
	const countLater = () => {
		if (isStopped) return;
		cancelCount ??= clock.after(countEveryMs, () => {
			void readKernelDrops().then(() => {
				if (isStopped) return;
				cancelCount = undefined;
				const isQuiet = receivedThisSecond === 0 && !isBusy;
				emitCounts();
				receivedThisSecond = 0;
				shownThisSecond = 0;
				isBusy = false;
				if (!isQuiet) countLater();
			});
		});
	};

	return {
		received(bytes, from) {
			if (isStopped) return;
			received++;
			receivedThisSecond++;
			if (shownThisSecond < limits.datagramsShownPerSecond) {
				shown++;
				shownThisSecond++;
				context.emit({
					type: 'datagram/received',
					from,
					sizeBytes: bytes.length,
					content: content(bytes),
				});
			}

			countLater();
		},
		addSocket(socket) {
			sockets.push(socket);
		},
		removeSocket(socket) {
			sockets.splice(sockets.indexOf(socket), 1);
		},
		send(to, text, encoding = 'utf-8') {
			const socket = sockets.at(-1);
			if (!socket) throw new SocktermError('udpNotListening');
			const bytes = encodeText(text, encoding);
			if (bytes.length > limits.datagramBytes) {
				throw new SocktermError('datagramTooLong', {
					lengthBytes: bytes.length,
					limitBytes: limits.datagramBytes,
				});
			}

			const address = {host: toSafeText(to.host), port: to.port};
			socket.send(bytes, to).then(
				() => {
					sent++;
					isBusy = true;
					context.emit({
						type: 'datagram/sent',
						to: address,
						sizeBytes: bytes.length,
						text: toSafeText(text),
					});
					countLater();
				},
				(error: unknown) => {
					const info = toErrorInfo(error);
					context.emit({type: 'datagram/failed', to: address, error: info});
				},
			);
		},
		async stop() {
			isStopped = true;
			cancelCount?.();
			cancelCount = undefined;
			if (received + sent === 0) return;
			await readKernelDrops();
			emitCounts();
		},
	};
}
