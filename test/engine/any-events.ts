/** Events as they might come, in any order, sensible or not. */
import fc from 'fast-check';
import type {
	EngineEvent,
	EventBody,
	ListenerId,
} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {frameEndings, packCuts} from '../../source/protocol/framing.js';
import {anyFraming} from '../helpers/any-framing.js';
import {
	aPeerId,
	datagram,
	messageId,
	peerConnected,
	peerKey,
	received,
	safe,
	sent,
	transferId,
} from '../helpers/fake-engine.js';

const name = fc.constantFrom('a', 'b', 'c');
const id = fc.constantFrom('1', '2', '3');
const transfer = id.map(each => transferId(each));
const anyOf = <Value>(values: fc.Arbitrary<Value>) =>
	fc.option(values, {nil: undefined});
/** A body with those of its optional fields that are there. */
const withOptional = (body: object, optional: object) =>
	({
		...body,
		...Object.fromEntries(
			Object.entries(optional).filter(([, value]) => value !== undefined),
		),
	}) as EventBody;
const error = anyOf(
	fc.constantFrom('diskFull', 'laneLost').map(code => errorInfo(code)),
);
const entries = fc.array(
	fc
		.record({
			sizeBytes: fc.oneof(fc.nat(5_000), fc.maxSafeNat()),
			refused: anyOf(fc.constant(errorInfo('nameRefused'))),
		})
		.map(({sizeBytes, refused}) => ({
			name: safe('a'),
			sizeBytes,
			...(refused ? {refused} : {}),
		})),
	{minLength: 1, maxLength: 4},
);
const aboutTransfers = [
	fc
		.tuple(name, id, fc.constantFrom('in' as const, 'out' as const), entries)
		.map(([peer, t, direction, entries]): EventBody => ({
			type: 'transfer/offered',
			transfer: transferId(t),
			peer: peerKey(peer),
			direction,
			trust: 'UNVERIFIED',
			entries,
			totalBytes: entries.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0),
		})),
	fc
		.tuple(transfer, fc.array(fc.nat(5)), anyOf(fc.constant('/elsewhere')))
		.map(([transfer, skip, folder]) =>
			withOptional({type: 'transfer/accepted', transfer, skip}, {folder}),
		),
	fc
		.uniqueArray(transfer)
		.map((order): EventBody => ({type: 'transfer/queued', order})),
	fc
		.tuple(transfer, fc.nat(5_000))
		.map(([transfer, movedBytes]): EventBody => ({
			type: 'transfer/started',
			transfer,
			movedBytes,
		})),
	fc
		.tuple(transfer, fc.nat(3), fc.nat(5_000))
		.map(([transfer, entry, heldBytes]): EventBody => ({
			type: 'transfer/resumed',
			transfer,
			entry,
			heldBytes,
		})),
	fc
		.tuple(
			transfer,
			fc.nat(3),
			fc.nat(5_000),
			anyOf(fc.constantFrom('ownDisk', 'receiver', 'sender')),
		)
		.map(([transfer, entry, movedBytes, stalled]) =>
			withOptional(
				{type: 'transfer/progressed', transfer, entry, movedBytes},
				{stalled},
			),
		),
	fc
		.tuple(transfer, fc.constantFrom('us', 'peer', 'disk'), error)
		.map(([transfer, by, error]) =>
			withOptional({type: 'transfer/paused', transfer, by}, {error}),
		),
	transfer.map((transfer): EventBody => ({type: 'transfer/wentOn', transfer})),
	fc
		.tuple(transfer, error, anyOf(fc.nat()))
		.map(([transfer, error, nextAt]) =>
			withOptional({type: 'transfer/interrupted', transfer}, {error, nextAt}),
		),
	fc
		.tuple(anyOf(transfer), anyOf(fc.nat()))
		.map(([transfer, bytesPerSecond]) =>
			withOptional({type: 'transfer/limited'}, {transfer, bytesPerSecond}),
		),
	fc.nat(2).map((count): EventBody => ({
		type: 'transfer/partialsListed',
		partials: Array.from({length: count}, () => ({
			id: 'p' as never,
			peerId: aPeerId,
			name: safe('a'),
			sizeBytes: 2,
			heldBytes: 1,
			writtenAt: 1,
			expiresAt: 2,
		})),
	})),
	fc
		.tuple(transfer, fc.nat(5), anyOf(fc.constant(true)))
		.map(([transfer, entry, existed]) =>
			withOptional(
				{
					type: 'transfer/entrySaved',
					transfer,
					entry,
					savedAs: 'a',
					digest: 'ab',
				},
				{existed},
			),
		),
	fc.tuple(transfer, fc.nat(5)).map(([transfer, entry]): EventBody => ({
		type: 'transfer/entryFailed',
		transfer,
		entry,
		error: errorInfo('diskFull'),
	})),
	transfer.map((transfer): EventBody => ({
		type: 'transfer/finished',
		transfer,
		outcome: {kind: 'saved', saved: 1},
	})),
];
const listener = id.map(each => each as ListenerId);
const address = fc.nat(5).map(port => ({host: '10.0.0.9', port}));
const membership = fc.record(
	{
		group: fc.constantFrom('239.1.2.3', 'ff15::7'),
		on: fc.constantFrom('eth0', 'eth1'),
		listener,
	},
	{requiredKeys: ['group', 'listener']},
);
const meter = {bytes: 4, endian: 'big', offset: 0} as const;
const aboutDatagrams = [
	fc
		.tuple(address, listener, fc.nat(9))
		.map(([to, listener, size]): EventBody => ({
			type: 'datagram/sent',
			to,
			listener,
			bytes: new Uint8Array(size),
		})),
	address.map((to): EventBody => ({
		type: 'datagram/failed',
		to,
		error: errorInfo('unreachable'),
	})),
	fc.array(fc.tuple(address, fc.boolean())).map((heard): EventBody => ({
		type: 'datagram/sourcesCounted',
		forgotten: 0,
		sources: heard.map(([from, isMeasured]) => ({
			from,
			received: 1,
			receivedBytes: 2,
			lastAt: 3,
			...(isMeasured
				? {
						meter: {
							received: 1,
							missing: 0,
							doubled: 0,
							late: 0,
							without: 0,
							last: 5n,
							jitterMs: 0,
						},
					}
				: {}),
		})),
	})),
	fc
		.boolean()
		.map(isSet =>
			withOptional(
				{type: 'datagram/meterChanged'},
				{meter: isSet ? meter : undefined},
			),
		),
	membership.map((each): EventBody => ({type: 'datagram/joined', ...each})),
	fc
		.tuple(membership, error)
		.map(([each, error]) =>
			withOptional({type: 'datagram/left', ...each}, {error}),
		),
	listener.map((listener): EventBody => ({type: 'listener/closed', listener})),
	fc.constantFrom<EventBody>(
		{type: 'datagram/encodingChanged', encoding: 'gbk'},
		{type: 'datagram/cleared'},
	),
];
const bytes = fc.uint8Array({maxLength: 20});
/** Cuts that may have nothing to do with the bytes that came. */
const cuts = fc
	.array(
		fc.record({
			head: fc.nat(2),
			content: fc.nat(9),
			tail: fc.nat(2),
			ending: fc.constantFrom(...frameEndings),
		}),
		{maxLength: 3},
	)
	.map(packCuts);
const aboutStreams = [
	name.map(each => peerConnected(each, {kind: 'raw'})),
	fc
		.tuple(name, bytes, cuts, anyOf(fc.nat(50)), anyOf(fc.constant(true)))
		.map(([peer, bytes, cuts, unfinishedOf, ended]) =>
			withOptional(
				{type: 'stream/received', peer, bytes, cuts},
				{unfinishedOf, ended},
			),
		),
	fc
		.tuple(name, bytes, anyOf(id), anyOf(fc.constant('#1')))
		.map(([peer, bytes, message, note]) =>
			withOptional({type: 'stream/sent', peer, bytes}, {message, note}),
		),
	fc.tuple(name, anyFraming).map(([peer, framing]): EventBody => ({
		type: 'stream/framingChanged',
		peer: peerKey(peer),
		framing,
	})),
	fc.tuple(name, anyFraming).map(([peer, framing]): EventBody => ({
		type: 'stream/sendingChanged',
		peer: peerKey(peer),
		sending: {framing, paceMs: 5},
	})),
	fc
		.tuple(
			name,
			fc.constantFrom('utf-8', 'gbk', 'utf-16le'),
			anyOf(fc.constantFrom('gbk', 'utf-16be')),
		)
		.map(([peer, encoding, fallback]) =>
			withOptional({type: 'peer/encodingChanged', peer, encoding}, {fallback}),
		),
	name.map((each): EventBody => ({
		type: 'stream/problem',
		peer: peerKey(each),
		error: errorInfo('lengthAbsurd'),
	})),
	name.map((each): EventBody => ({
		type: 'stream/noted',
		conversation: peerKey(each),
		text: safe('note'),
	})),
	name.map((each): EventBody => ({
		type: 'stream/repeating',
		peer: peerKey(each),
		what: safe('ping'),
		everyMs: 10,
		sent: 1,
	})),
	name.map((each): EventBody => ({
		type: 'stream/repeatEnded',
		peer: peerKey(each),
		sent: 2,
	})),
	name.map((each): EventBody => ({
		type: 'stream/fileProgressed',
		peer: peerKey(each),
		name: safe('file'),
		sizeBytes: 9,
		sentBytes: 3,
	})),
];
const screen = fc.constantFrom('ours' as const, 'theirs' as const);
const aboutCodes = fc
	.tuple(name, screen, fc.integer({min: 0, max: 3}))
	.map(([each, screen, attemptsLeft]) => ({
		peer: peerKey(each),
		screen,
		attemptsLeft,
	}));
const aboutTrust = [
	aboutCodes.map((about): EventBody => ({
		type: 'trust/codeOpened',
		expiresAt: 1,
		...about,
	})),
	aboutCodes.map((about): EventBody => ({type: 'trust/codeTried', ...about})),
	aboutCodes.map((about): EventBody => ({type: 'trust/codeFailed', ...about})),
	aboutCodes.map((about): EventBody => ({
		type: 'trust/codeEnded',
		reason: 'burnt',
		...about,
	})),
	name.map((each): EventBody => ({
		type: 'trust/paired',
		peer: peerKey(each),
		peerId: aPeerId,
		petname: safe(each),
	})),
	fc
		.tuple(name, fc.constantFrom('VERIFIED', 'UNVERIFIED', 'BLOCKED'))
		.map(([each, trust]): EventBody => ({
			type: 'trust/judged',
			peer: peerKey(each),
			trust,
			name: safe(each),
		})),
	name.map((each): EventBody => ({
		type: 'trust/warned',
		peer: peerKey(each),
		warning: 'lookalike',
		petname: safe('bob'),
	})),
];
const body = fc.oneof(
	name.map(each => peerConnected(each)),
	name.map((each): EventBody => ({
		type: 'peer/appeared',
		peer: peerKey(each),
		name: each as never,
		direction: 'out',
		target: {kind: 'peer', host: '10.0.0.1', port: 9090},
	})),
	name.map((each): EventBody => ({
		type: 'peer/left',
		peer: peerKey(each),
		error: errorInfo('connectionReset'),
	})),
	name.map((each): EventBody => ({
		type: 'peer/waiting',
		peer: peerKey(each),
		attempt: 1,
		nextAt: 1,
		error: errorInfo('connectionRefused'),
	})),
	name.map((each): EventBody => ({
		type: 'peer/forgotten',
		peer: peerKey(each),
	})),
	name.map(each => received(each, 'text')),
	fc.tuple(name, id).map(([each, m]) => sent(each, m, 'text', [each])),
	fc.tuple(name, id).map(([each, m]): EventBody => ({
		type: 'chat/delivered',
		peer: peerKey(each),
		message: messageId(m),
	})),
	name.map((each): EventBody => ({
		type: 'chat/cleared',
		conversation: peerKey(each),
	})),
	...aboutTransfers,
	...aboutTrust,
	...aboutStreams,
	fc.constant(datagram('x')),
	...aboutDatagrams,
);

/** Their times go forward, but for a clock that is set back now and then. */
export const anyEvents = fc
	.array(fc.tuple(body, fc.integer({min: -200, max: 3_000})), {maxLength: 80})
	.map(pairs => {
		let at = 1_700_000_000_000;
		return pairs.map(([each, step]): EngineEvent => ({
			...each,
			at: (at += step),
		}));
	});
