import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	parseFraming,
	type Framing,
	type PeerKey,
	type Row,
} from '../../../source/engine/index.js';
import {textOf} from '../../../source/engine/text-view.js';
import {limits} from '../../../source/limits.js';
import {encodeText} from '../../../source/protocol/text-decoding.js';
import {toHex} from '../../../source/util/bytes.js';
import {anyFraming} from '../../helpers/any-framing.js';
import {
	createWorld,
	type EngineUnderTest,
} from '../../helpers/engine-under-test.js';
import {connectRaw} from '../speaker.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

type FrameRow = Extract<Row, {kind: 'frame'}>;

const rowsOf = (alice: EngineUnderTest, peer: PeerKey) =>
	alice.engine.getState().conversations.get(peer)!.rows.slice(0);

const framesOf = (alice: EngineUnderTest, peer: PeerKey): FrameRow[] =>
	rowsOf(alice, peer).filter(row => row.kind === 'frame');

const textsOf = (alice: EngineUnderTest, peer: PeerKey) => {
	const fallback = alice.engine.getState().peers.get(peer)?.fallback;
	return framesOf(alice, peer).map(({bytes, head, tail}) =>
		textOf(bytes.subarray(head, bytes.length - tail), fallback),
	);
};

/** A silent client that was claimed, and its row. */
async function connected(framing = 'lines', options: object = {}) {
	const world = createWorld();
	const alice = world.engine('alice');
	alice.dispatch({
		type: 'listener/open',
		kind: 'tcp',
		port: 0,
		framing: parseFraming(framing),
		...options,
	});
	const {port} = await alice.until('listener/bound');
	const add = async () => {
		const client = await connectRaw(world, {...alice, port});
		await world.pass(limits.silentMs);
		const {peer} = alice.of('peer/appeared').at(-1)!;
		alice.dispatch({type: 'chat/send', conversation: peer, text: ''});
		await alice.until('peer/connected', event => event.peer === peer);
		await world.settle();
		return {...client, peer};
	};

	return {world, alice, add, ...(await add())};
}

const setFraming = (
	alice: EngineUnderTest,
	peer: PeerKey,
	framing: Framing,
	ref = 1,
) => {
	alice.dispatch({type: 'stream/setFraming', peer, framing, ref});
};

describe('what comes in', () => {
	test('three messages sent without a pause are one chunk, and three frames', async () => {
		const {world, alice, connection, peer} = await connected('chunks');
		connection.write(
			Uint8Array.from([
				3,
				...utf8('one'),
				3,
				...utf8('two'),
				5,
				...utf8('three'),
			]),
		);
		await world.settle();
		expect(framesOf(alice, peer)).toHaveLength(1);
		expect(alice.engine.getState().streams.get(peer)?.reads).toBe(1);
		setFraming(alice, peer, parseFraming('length u8'));
		expect(textsOf(alice, peer)).toEqual(['one', 'two', 'three']);
		expect(framesOf(alice, peer).map(({reads}) => reads)).toEqual(
			[1, 2, 3].map(index => ({
				first: 1,
				last: 1,
				index,
				count: 3,
				splits: [],
			})),
		);
		// The next one goes on from there.
		connection.write(Uint8Array.from([4, ...utf8('fo')]));
		await world.settle();
		expect(alice.engine.getState().streams.get(peer)?.unfinished).toMatchObject(
			{
				bytes: 3,
				of: 5,
				firstRead: 2,
			},
		);
		connection.write(utf8('ur'));
		await world.settle();
		expect(framesOf(alice, peer).at(-1)).toMatchObject({
			offset: 14,
			reads: {first: 2, last: 3, index: 1, count: 1, splits: [3]},
		});
	});

	test('GBK cut inside a character is whole', async () => {
		const {world, alice, connection, peer} = await connected();
		const bytes = encodeText('你好，世界\n', 'gbk');
		for (const byte of bytes) {
			connection.write(Uint8Array.of(byte));
			await world.settle();
		}

		expect(textsOf(alice, peer)).toEqual(['你好，世界']);
		expect(alice.engine.getState().streams.get(peer)?.reads).toBe(bytes.length);
	});

	test('a prompt stands where it came, though it is seen later', async () => {
		const {world, alice, connection, peer} = await connected();
		connection.write(utf8('login: '));
		await world.settle();
		alice.dispatch({type: 'chat/send', conversation: peer, text: 'me'});
		await world.pass(limits.rawIdleMs);
		const rows = rowsOf(alice, peer).slice(-2);
		expect(rows.map(({kind}) => kind)).toEqual(['frame', 'sent']);
		expect(rows[0]).toMatchObject({ending: 'quiet'});
	});

	test('a CR is an ending of its own a moment later', async () => {
		const {world, alice, connection, peer} = await connected();
		connection.write(utf8('ok\r'));
		await world.pass(limits.rawReturnMs - 1);
		expect(textsOf(alice, peer)).toEqual([]);
		await world.pass(1);
		expect(framesOf(alice, peer)).toMatchObject([{ending: 'whole', tail: 1}]);
		expect(world.clock.pending()).toBe(0);
	});

	test('gaps end a frame', async () => {
		const {world, alice, connection, peer} = await connected('idle 50ms');
		connection.write(utf8('a'));
		await world.pass(49);
		connection.write(utf8('b'));
		await world.pass(49);
		expect(textsOf(alice, peer)).toEqual([]);
		await world.pass(1);
		expect(textsOf(alice, peer)).toEqual(['ab']);
	});

	test.each([
		['length u32be', 'GET / HTTP/1.1\r\n', 'lengthAbsurd', 'lost'],
		[
			'delimiter 03',
			'x'.repeat(limits.rawLineBytes + 1),
			'delimiterUnseen',
			'forced',
		],
	])(
		'%s that nobody means is a sentence, and the bytes are kept',
		async (framing, text, code, ending) => {
			const {world, alice, connection, peer} = await connected(framing);
			connection.write(utf8(text));
			await world.settle();
			expect(await alice.until('stream/problem')).toMatchObject({
				peer,
				error: {code},
			});
			expect(framesOf(alice, peer)).toMatchObject([{ending}]);
			expect(rowsOf(alice, peer).at(-1)).toMatchObject({kind: 'problem'});
			setFraming(alice, peer, {kind: 'chunks'});
			expect(textsOf(alice, peer).join('')).toContain(text.slice(0, 10));
		},
	);

	test('of a peer that left can be cut and read anew', async () => {
		const {world, alice, connection, peer} = await connected();
		connection.write(encodeText('你好', 'big5'));
		connection.end();
		await alice.until('peer/left');
		await world.settle();
		setFraming(alice, peer, parseFraming('fixed 2'));
		alice.dispatch({type: 'peer/setEncoding', peer, encoding: 'big5'});
		expect(textsOf(alice, peer)).toEqual(['你', '好']);
		setFraming(alice, peer, parseFraming('lines'));
		expect(framesOf(alice, peer)).toMatchObject([{ending: 'end'}]);
		setFraming(alice, 'raw:99' as PeerKey, parseFraming('lines'), 7);
		expect(
			await alice.until('command/refused', ({ref}) => ref === 7),
		).toMatchObject({error: {code: 'noSuchPeer'}});
	});

	test('property: framing that changes on the way gives what it would have from the start', async () => {
		const steps = fc.array(
			fc.oneof(
				fc.record({
					text: fc.constantFrom(
						'ab',
						'\r',
						'\n',
						'x\r\ny',
						'你',
						'END',
						'\0\0\0\u{2}',
					),
				}),
				fc.record({passMs: fc.constantFrom(5, 20, 100, 500, 1000)}),
				fc.record({framing: anyFraming}),
			),
			{maxLength: 14},
		);
		await fc.assert(
			fc.asyncProperty(anyFraming, steps, async (last, all) => {
				const {world, alice, add, ...one} = await connected('chunks');
				const two = await add();
				setFraming(alice, two.peer, last);
				for (const step of all) {
					if ('text' in step) {
						one.connection.write(utf8(step.text));
						two.connection.write(utf8(step.text));
						await world.settle();
					} else if ('passMs' in step) {
						await world.pass(step.passMs);
					} else {
						setFraming(alice, one.peer, step.framing);
					}
				}

				setFraming(alice, one.peer, last);
				one.connection.write(utf8('end\n'));
				two.connection.write(utf8('end\n'));
				await world.pass(2_000);
				const plain = (peer: PeerKey) =>
					framesOf(alice, peer).map(row => ({
						...row,
						order: 0,
						peer: '',
						name: '',
						bytes: toHex(row.bytes),
					}));
				expect(plain(one.peer)).toEqual(plain(two.peer));
			}),
			{numRuns: 60},
		);
	});
});

describe('what goes out', () => {
	test('is framed as asked, and its row has the bytes', async () => {
		const {world, alice, recorder, peer} = await connected();
		const before = recorder.bytes().length;
		for (const [framing, text] of [
			['lines crlf', 'a'],
			['length u16be', 'bc'],
			['chunks', 'd'],
			['fixed 2', 'e'],
		] as const) {
			alice.dispatch({
				type: 'stream/setSending',
				peer,
				sending: {framing: parseFraming(framing), paceMs: 0},
			});
			alice.dispatch({type: 'chat/send', conversation: peer, text});
			await world.settle();
		}

		expect(toHex(recorder.bytes().subarray(before))).toBe('610d0a0002626364');
		expect(alice.of('chat/failed')).toMatchObject([
			{error: {code: 'frameOfOtherSize'}},
		]);
		const sent = rowsOf(alice, peer).filter(row => row.kind === 'sent');
		expect(sent.map(({bytes}) => bytes && toHex(bytes)).slice(1)).toEqual([
			'610d0a',
			'00026263',
			'64',
			undefined,
		]);
		expect(rowsOf(alice, peer).filter(({kind}) => kind === 'written')).toEqual(
			[],
		);
		const {pieces, sentBytes} = alice.engine.getState().streams.get(peer)!;
		expect(pieces.length).toBe(4);
		expect(sentBytes).toBe(before + 8);
	});

	test('keeps a pause, in its order, until it is taken away', async () => {
		const {world, alice, recorder, peer} = await connected();
		const before = recorder.bytes().length;
		const pace = (paceMs: number) => {
			const framing = parseFraming('chunks');
			alice.dispatch({
				type: 'stream/setSending',
				peer,
				sending: {framing, paceMs},
				ref: 1,
			});
		};

		const heard = () =>
			new TextDecoder().decode(recorder.bytes().subarray(before));
		await world.pass(1000);
		pace(100);
		for (const text of 'abcdef') {
			alice.dispatch({type: 'chat/send', conversation: peer, text});
		}

		await world.settle();
		expect(heard()).toBe('a');
		await world.pass(99);
		expect(heard()).toBe('a');
		await world.pass(1);
		expect(heard()).toBe('ab');
		await world.pass(200, 50);
		expect(heard()).toBe('abcd');
		expect(alice.of('chat/delivered')).toHaveLength(5);
		pace(0);
		await world.pass(1);
		expect(heard()).toBe('abcdef');
		pace(-1);
		expect(await alice.until('command/refused')).toMatchObject({
			error: {code: 'badPace'},
		});
		expect(world.clock.pending()).toBe(0);
	});

	test('a listener says how its clients are cut and read', async () => {
		const {world, alice, connection, recorder, peer} = await connected(
			'delimiter "END"',
			{encoding: 'gbk'},
		);
		connection.write(encodeText('你好END', 'gbk'));
		await world.settle();
		expect(textsOf(alice, peer)).toEqual(['你好']);
		const before = recorder.bytes().length;
		alice.dispatch({type: 'chat/send', conversation: peer, text: '好'});
		await world.settle();
		expect(toHex(recorder.bytes().subarray(before))).toBe('bac30a');
	});

	test('UTF-16 is spoken both ways', async () => {
		const {world, alice, connection, recorder, peer} = await connected();
		alice.dispatch({type: 'peer/setEncoding', peer, encoding: 'UTF-16LE'});
		connection.write(encodeText('aĊ好\r\n', 'utf-16le'));
		await world.settle();
		expect(textsOf(alice, peer)).toEqual(['aĊ好']);
		const before = recorder.bytes().length;
		alice.dispatch({type: 'chat/send', conversation: peer, text: 'ok'});
		await world.settle();
		expect(toHex(recorder.bytes().subarray(before))).toBe('6f006b000a00');
	});

	test('exact bytes are told of, wait for room, and end with the connection', async () => {
		const {world, alice, connection, peer} = await connected();
		connection.pause();
		const bytes = new Uint8Array(limits.queuedBytes);
		for (const ref of [1, 2]) {
			alice.dispatch({type: 'stream/write', peer, bytes: bytes.slice(), ref});
		}

		await world.settle();
		const done = () => alice.of('command/done').map(({ref}) => ref);
		expect(done()).toEqual([]);
		connection.resume();
		await alice.untilTrue(() => done().length === 2);
		expect(rowsOf(alice, peer).at(-1)).toMatchObject({kind: 'written'});
		expect(alice.engine.getState().streams.get(peer)?.sentBytes).toBe(
			2 * bytes.length + 1,
		);
	});
});
