/** Events as they might come, in any order, sensible or not. */
import fc from 'fast-check';
import type {EngineEvent, EventBody} from '../../source/engine/index.js';
import {errorInfo} from '../../source/errors.js';
import {
	datagram,
	messageId,
	offered,
	peerConnected,
	peerKey,
	received,
	sent,
	transferId,
} from '../helpers/fake-engine.js';

const name = fc.constantFrom('a', 'b', 'c');
const id = fc.constantFrom('1', '2', '3');
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
	fc.tuple(name, id).map(([peer, t]) => offered(t, {peer})),
	id.map((t): EventBody => ({
		type: 'transfer/accepted',
		transfer: transferId(t),
	})),
	fc.tuple(id, fc.nat(5_000)).map(([t, movedBytes]): EventBody => ({
		type: 'transfer/progressed',
		transfer: transferId(t),
		entry: 0,
		movedBytes,
	})),
	id.map((t): EventBody => ({
		type: 'transfer/finished',
		transfer: transferId(t),
		outcome: {kind: 'saved', saved: 1},
	})),
	fc.constant(datagram('x')),
);
export const anyEvents = fc
	.array(fc.tuple(body, fc.nat(3_000)), {maxLength: 60})
	.map(pairs => {
		let at = 1_700_000_000_000;
		return pairs.map(([each, step]): EngineEvent => ({
			...each,
			at: (at += step),
		}));
	});
