import {describe, expect, test} from 'vitest';
import {errorInfo} from '../../source/errors.js';
import {initialState, type EventBody} from '../../source/engine/index.js';
import {toNdjson} from '../../source/headless/ndjson.js';
import {describeError} from '../../source/strings/index.js';
import {
	aPeerId,
	datagram,
	messageId,
	offered,
	peerConnected,
	peerKey,
	received,
	safe,
	transferId,
} from '../helpers/fake-engine.js';

const at = Date.UTC(2026, 0, 15, 12, 0, 0, 5);
const head = {v: 1, at: '2026-01-15T12:00:00.005Z'};

const parse = (body: EventBody): unknown => {
	const line = toNdjson({...body, at}, initialState);
	expect(line.endsWith('}\n')).toBe(true);
	expect(line.indexOf('\n')).toBe(line.length - 1);
	return JSON.parse(line);
};

const reset = errorInfo('connectionReset', {host: '10.0.0.1', port: 9090});
const full = errorInfo('diskFull', {freeBytes: 1, neededBytes: 2});
const withSentence = {...reset, message: describeError(reset)};

describe('every event is one line', () => {
	test.each<[EventBody, Record<string, unknown>]>([
		[
			{
				type: 'listener/bound',
				listener: 'tcp:1' as never,
				kind: 'tcp',
				host: '::',
				port: 9090,
			},
			{listener: 'tcp:1', kind: 'tcp', host: '::', port: 9090},
		],
		[
			{type: 'listener/failed', kind: 'udp', port: 1, error: reset},
			{kind: 'udp', port: 1, error: withSentence},
		],
		[
			peerConnected('bob', {kind: 'raw'}),
			{
				peer: 'bob',
				kind: 'raw',
				name: 'bob',
				trust: 'PLAIN',
				encrypted: false,
				direction: 'in',
				address: {host: '10.0.0.7', port: 50_123},
			},
		],
		[{type: 'peer/left', peer: peerKey('bob')}, {peer: 'bob'}],
		[
			{type: 'peer/left', peer: peerKey('bob'), error: reset},
			{peer: 'bob', error: withSentence},
		],
		[
			{type: 'peer/refused', count: 3, error: reset},
			{count: 3, error: withSentence},
		],
		[received('bob', '你好'), {peer: 'bob', text: '你好', sizeBytes: 2}],
		[
			{
				type: 'chat/failed',
				peer: peerKey('bob'),
				message: messageId('m'),
				error: reset,
			},
			{peer: 'bob', message: 'm', error: withSentence},
		],
		[
			datagram('hi'),
			{
				from: {host: '10.0.0.9', port: 5353},
				listener: 'udp-1',
				sizeBytes: 2,
				text: 'hi',
			},
		],
		[
			{
				type: 'datagram/received',
				from: {host: '10.0.0.9', port: 1},
				listener: 'udp-1' as never,
				bytes: Uint8Array.of(0, 255),
			},
			{
				from: {host: '10.0.0.9', port: 1},
				listener: 'udp-1',
				sizeBytes: 2,
				hex: '00 ff',
			},
		],
		[
			{
				type: 'datagram/sent',
				to: {host: '10.0.0.9', port: 1},
				listener: 'udp-1' as never,
				bytes: new Uint8Array(),
			},
			{
				to: {host: '10.0.0.9', port: 1},
				listener: 'udp-1',
				sizeBytes: 0,
				text: '',
			},
		],
		[
			{
				type: 'datagram/sourcesCounted',
				forgotten: 1,
				sources: [0n, 2n ** 64n - 1n, undefined].map((last, index) => ({
					from: {host: 'h', port: index},
					received: 1,
					receivedBytes: 8,
					lastAt: 5,
					...(index === 2
						? {}
						: {
								meter: {
									received: 1,
									missing: 0,
									doubled: 0,
									late: 0,
									without: 0,
									last,
									jitterMs: 0.5,
								},
							}),
				})),
			},
			{
				forgotten: 1,
				sources: [0, '18446744073709551615', undefined].map((last, index) => ({
					from: {host: 'h', port: index},
					received: 1,
					receivedBytes: 8,
					lastAt: 5,
					...(last === undefined
						? {}
						: {
								meter: {
									received: 1,
									missing: 0,
									doubled: 0,
									late: 0,
									without: 0,
									last,
									jitterMs: 0.5,
								},
							}),
				})),
			},
		],
		[
			offered('t1', {peer: 'bob', sizeBytes: 5}),
			{
				transfer: 't1',
				peer: 'bob',
				direction: 'in',
				entries: [{name: 'report.iso', sizeBytes: 5}],
				totalBytes: 5,
				freeBytes: 500_000_000_000,
				trust: 'UNVERIFIED',
			},
		],
		[
			{
				type: 'transfer/finished',
				transfer: transferId('t1'),
				outcome: {kind: 'saved', saved: 2},
			},
			{transfer: 't1', outcome: {kind: 'saved', saved: 2}},
		],
		[
			{
				type: 'transfer/finished',
				transfer: transferId('t1'),
				outcome: {kind: 'failed', saved: 1, failed: 1, error: reset},
			},
			{
				transfer: 't1',
				outcome: {kind: 'failed', saved: 1, failed: 1, error: withSentence},
			},
		],
		[
			{type: 'transfer/accepted', transfer: transferId('t1'), skip: [2]},
			{transfer: 't1', skip: [2]},
		],
		[
			{type: 'transfer/queued', order: [transferId('t2'), transferId('t1')]},
			{order: ['t2', 't1']},
		],
		[
			{type: 'transfer/started', transfer: transferId('t1'), movedBytes: 5},
			{transfer: 't1', movedBytes: 5},
		],
		[
			{
				type: 'transfer/resumed',
				transfer: transferId('t1'),
				entry: 3,
				heldBytes: 2 ** 40,
			},
			{transfer: 't1', entry: 3, heldBytes: 2 ** 40},
		],
		[
			{
				type: 'transfer/progressed',
				transfer: transferId('t1'),
				entry: 0,
				movedBytes: 1,
				stalled: 'receiver',
			},
			{transfer: 't1', entry: 0, movedBytes: 1, stalled: 'receiver'},
		],
		[
			{
				type: 'transfer/paused',
				transfer: transferId('t1'),
				by: 'disk',
				error: full,
			},
			{
				transfer: 't1',
				by: 'disk',
				error: {...full, message: describeError(full)},
			},
		],
		[{type: 'transfer/wentOn', transfer: transferId('t1')}, {transfer: 't1'}],
		[
			{
				type: 'transfer/interrupted',
				transfer: transferId('t1'),
				error: reset,
				nextAt: 9,
			},
			{transfer: 't1', error: withSentence, nextAt: 9},
		],
		[{type: 'transfer/limited'}, {}],
		[
			{
				type: 'transfer/limited',
				transfer: transferId('t1'),
				bytesPerSecond: 2e7,
			},
			{transfer: 't1', bytesPerSecond: 2e7},
		],
		[
			{
				type: 'transfer/partialsListed',
				partials: [
					{
						id: 'p1' as never,
						peerId: aPeerId,
						name: safe('a.iso'),
						sizeBytes: 9,
						heldBytes: 4,
						writtenAt: 1,
						expiresAt: 2,
					},
				],
			},
			{
				partials: [
					{
						id: 'p1',
						peerId: aPeerId,
						name: 'a.iso',
						sizeBytes: 9,
						heldBytes: 4,
						writtenAt: 1,
						expiresAt: 2,
					},
				],
			},
		],
		[
			{
				type: 'transfer/entrySaved',
				transfer: transferId('t1'),
				entry: 0,
				savedAs: safe('a'),
				digest: 'dd',
				existed: true,
			},
			{transfer: 't1', entry: 0, savedAs: 'a', digest: 'dd', existed: true},
		],
		[
			{
				type: 'transfer/entryFailed',
				transfer: transferId('t1'),
				entry: 0,
				error: reset,
			},
			{transfer: 't1', entry: 0, error: withSentence},
		],
		[
			{type: 'command/refused', ref: 0, command: 'chat/send', error: reset},
			{ref: 0, command: 'chat/send', error: withSentence},
		],
	])('$type', (body, expected) => {
		expect(parse(body)).toEqual({...head, type: body.type, ...expected});
	});
});

test('an entry says what is there of it already', () => {
	const presence = {kind: 'partial', heldBytes: 7} as const;
	expect(
		parse({
			type: 'transfer/offered',
			transfer: transferId('t1'),
			peer: peerKey('bob'),
			direction: 'in',
			entries: [{name: safe('a'), sizeBytes: 9, presence}],
			totalBytes: 9,
			trust: 'UNVERIFIED',
		}),
	).toMatchObject({entries: [{presence}]});
});

test('an entry that is refused says why in a sentence', () => {
	const error = errorInfo('nameRefused', {reason: 'dots'});
	expect(
		parse({
			type: 'transfer/offered',
			transfer: transferId('t1'),
			peer: peerKey('bob'),
			direction: 'in',
			entries: [{name: '..' as never, sizeBytes: 1, refused: error}],
			totalBytes: 1,
			trust: 'UNVERIFIED',
		}),
	).toMatchObject({
		entries: [{refused: {...error, message: describeError(error)}}],
	});
});
