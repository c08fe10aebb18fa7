import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	generatorOf,
	generatorText,
	joinWithLengths,
	multiplyShare,
	scalarOf,
	sessionKey,
	shareBytes,
	startCpace,
	withLength,
	type CpaceInputs,
} from '../../source/protocol/cpace.js';
import {fromHex, toHex} from '../../source/util/bytes.js';
import {createNoise} from '../helpers/seeded.js';

const bytes = (hex: string) => fromHex(hex.replaceAll(/\s/g, ''))!;
const text = (string: string) => new TextEncoder().encode(string);

/** Draft-irtf-cfrg-cpace-21, B.3: ristretto255 and SHA-512. */
const draft = {
	inputs: {
		secret: text('Password'),
		channel: bytes('0b415f696e69746961746f720b425f726573706f6e646572'),
		session: bytes('7e4b4791d6a8ef019b936c79fb7f2c57'),
		initiatorData: text('ADa'),
		responderData: text('ADb'),
	} satisfies CpaceInputs,
	generatorText: `
		11435061636552697374726574746f3235350850617373776f726464
		00000000000000000000000000000000000000000000000000000000
		00000000000000000000000000000000000000000000000000000000
		00000000000000000000000000000000000000000000000000000000
		00000000000000000000000000000000180b415f696e69746961746f
		720b425f726573706f6e646572107e4b4791d6a8ef019b936c79fb7f
		2c57`,
	generator: '222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56',
	initiatorScalar:
		'da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08',
	initiatorShare:
		'd6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157',
	responderScalar:
		'd2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d',
	responderShare:
		'3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258',
	shared: '80b69a8a76457ab6a4d7f887a4bf6b55a2f80ac19c333f917a05fc9887c8b40f',
	key: `
		b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dc
		ae7b35cd2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c
		3fa2068af7900447`,
	scalar: '7cd0e075fa7955ba52c02759a6c90dbbfc10e6d40aea8d283e407d88cf538a05',
	element: '2c3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c',
	product: '7c13645fe790a468f62c39beb7388e541d8405d1ade69d1778c5fe3e7f6b600e',
	noElement: '2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c',
	neutral: '00'.repeat(32),
};

/** RFC 9496, A.2: not canonical, negative, no square, negative xy, s = −1. */
const refusedEncodings = [
	'00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
	'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	'0100000000000000000000000000000000000000000000000000000000000000',
	'26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
	'3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e',
	'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

describe("the draft's vectors", () => {
	it('write lengths', () => {
		expect(toHex(withLength(new Uint8Array(0)))).toBe('00');
		expect(toHex(withLength(text('1234')))).toBe('0431323334');
		expect(toHex(withLength(new Uint8Array(127))).slice(0, 2)).toBe('7f');
		expect(toHex(withLength(new Uint8Array(128))).slice(0, 4)).toBe('8001');
		expect(
			toHex(joinWithLengths(text('1234'), text('5'), text(''), text('678'))),
		).toBe('043132333401350003363738');
	});

	it('make the generator', () => {
		expect(generatorText(draft.inputs)).toEqual(bytes(draft.generatorText));
		expect(generatorOf(draft.inputs).toHex()).toBe(draft.generator);
	});

	it.each([
		['initiator', draft.initiatorScalar, draft.initiatorShare],
		['responder', draft.responderScalar, draft.responderShare],
	] as const)('make the share of the %s', (role, scalar, share) => {
		const exchange = startCpace(role, draft.inputs, () => bytes(scalar));
		expect(toHex(exchange.share)).toBe(share);
	});

	it('make the key of both', () => {
		const {initiatorScalar, initiatorShare, responderScalar, responderShare} =
			draft;
		const shared = [
			multiplyShare(scalarOf(bytes(initiatorScalar)), bytes(responderShare)),
			multiplyShare(scalarOf(bytes(responderScalar)), bytes(initiatorShare)),
		];
		expect(shared.map(each => toHex(each!))).toEqual([
			draft.shared,
			draft.shared,
		]);
		const key = sessionKey(draft.inputs, shared[0]!, {
			initiator: bytes(initiatorShare),
			responder: bytes(responderShare),
		});
		expect(key).toEqual(bytes(draft.key));
	});

	it('multiply elements and nothing else', () => {
		const multiply = (share: string) =>
			multiplyShare(scalarOf(bytes(draft.scalar)), bytes(share));
		expect(toHex(multiply(draft.element)!)).toBe(draft.product);
		expect(multiply(draft.noElement)).toBeUndefined();
		expect(multiply(draft.neutral)).toBeUndefined();
	});
});

const exchanges = (
	label: string,
	initiator: CpaceInputs = draft.inputs,
	responder: CpaceInputs = draft.inputs,
) => {
	const random = createNoise(label);
	return {
		one: startCpace('initiator', initiator, random),
		other: startCpace('responder', responder, random),
	};
};

describe('startCpace', () => {
	it('gives two sides with the same secret tags that the other takes', () => {
		const {one, other} = exchanges('same');
		const [mine, theirs] = [one.finish(other.share)!, other.finish(one.share)!];
		expect(mine.accepts(theirs.tag)).toBe(true);
		expect(theirs.accepts(mine.tag)).toBe(true);
		// Each side's tag is its own: sent back it proves nothing.
		expect(mine.accepts(mine.tag)).toBe(false);
		expect(theirs.accepts(theirs.tag)).toBe(false);
		expect(mine.accepts(theirs.tag.subarray(1))).toBe(false);
		expect(mine.accepts(new Uint8Array(64))).toBe(false);
	});

	it.each([
		'secret',
		'channel',
		'session',
		'initiatorData',
		'responderData',
	] as const)('fails where the two have another %s', what => {
		const changed = {...draft.inputs, [what]: text('Passwore')};
		const {one, other} = exchanges(what, draft.inputs, changed);
		const [mine, theirs] = [one.finish(other.share)!, other.finish(one.share)!];
		expect(mine.accepts(theirs.tag)).toBe(false);
		expect(theirs.accepts(mine.tag)).toBe(false);
	});

	it('fails where both have the same role', () => {
		const random = createNoise('roles');
		const one = startCpace('initiator', draft.inputs, random);
		const other = startCpace('initiator', draft.inputs, random);
		const [mine, theirs] = [one.finish(other.share)!, other.finish(one.share)!];
		expect(mine.accepts(theirs.tag)).toBe(false);
	});

	it('does not take its own share back', () => {
		const {one, other} = exchanges('reflection');
		expect(one.finish(one.share.slice())).toBeUndefined();
		expect(other.finish(other.share.slice())).toBeUndefined();
	});

	it.each([draft.noElement, draft.neutral, ...refusedEncodings])(
		'does not take %s for a share',
		encoding => {
			expect(exchanges('bad').one.finish(bytes(encoding))).toBeUndefined();
		},
	);

	it('takes shares of their length alone', () => {
		fc.assert(
			fc.property(fc.uint8Array({maxLength: 2 * shareBytes}), share => {
				fc.pre(share.length !== shareBytes);
				expect(multiplyShare(3n, share)).toBeUndefined();
			}),
		);
	});

	it('takes no two spellings of one element', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({minLength: shareBytes, maxLength: shareBytes}),
				share => {
					const same = multiplyShare(1n, share);
					if (same) expect(same).toEqual(share);
				},
			),
			{numRuns: 200},
		);
	});

	it('never shows the same share twice', () => {
		const random = createNoise('fresh');
		const shares = Array.from({length: 20}, () =>
			toHex(startCpace('initiator', draft.inputs, random).share),
		);
		expect(new Set(shares).size).toBe(20);
	});
});
