/** The cryptography of the speaker in Python against published vectors: it judges the program's. */
import {Blake3Hasher} from '@napi-rs/blake-hash';
import {expect, test} from 'vitest';
import {runPeer} from '../helpers/sockterm-program.js';

async function answers(orders: ReadonlyArray<readonly [string, unknown]>) {
	const peer = runPeer('speaker_vectors.py');
	for (const order of orders) peer.write(`${JSON.stringify(order)}\n`);
	peer.endInput();
	const {code} = await peer.exit;
	expect(code, peer.errors()).toBe(0);
	return peer.lines.map(line => JSON.parse(line) as unknown);
}

/** The first 32 bytes of `hash` in BLAKE3's test_vectors.json, by the length of the input. */
const blake3Vectors = {
	0: 'af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262',
	1: '2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213',
	1024: '42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7',
	1025: 'd00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444',
	3073: '7124b49501012f81cc7f11ca069ec9226cecb8a2c850cfe644e327d22d3e1cd3',
	102_400: 'bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085',
};

test('BLAKE3', async () => {
	const given = await answers(
		Object.keys(blake3Vectors).map(count => ['blake3', Number(count)] as const),
	);
	expect(given).toEqual(Object.values(blake3Vectors));
	// Every shape of the tree and of the last block, against a library.
	const counts = [63, 64, 65, 1023, 2048, 2049, 3072, 5121, 31_744, 1_048_577];
	expect(
		await answers(counts.map(count => ['blake3', count] as const)),
	).toEqual(
		counts.map(count =>
			new Blake3Hasher()
				.update(Buffer.from(Array.from({length: count}, (_, at) => at % 251)))
				.digest('hex'),
		),
	);
});

test('ristretto255 (RFC 9496, appendix A)', async () => {
	const noElements = [
		'00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
		'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
		'0100000000000000000000000000000000000000000000000000000000000000',
		'26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
		'3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e',
		'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	];
	const [multiples, ...decoded] = await answers([
		['multiples', 4],
		...noElements.map(hex => ['decodes', hex] as const),
	]);
	expect(multiples).toEqual([
		'0000000000000000000000000000000000000000000000000000000000000000',
		'e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76',
		'6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919',
		'94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259',
	]);
	expect(decoded).toEqual(noElements.map(() => false));
});

test('CPace (draft-irtf-cfrg-cpace-21, B.3)', async () => {
	const [given] = await answers([
		[
			'cpace',
			{
				prs: Buffer.from('Password').toString('hex'),
				ci: '0b415f696e69746961746f720b425f726573706f6e646572',
				sid: '7e4b4791d6a8ef019b936c79fb7f2c57',
				ya: 'da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08',
				yb: 'd2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d',
				ada: Buffer.from('ADa').toString('hex'),
				adb: Buffer.from('ADb').toString('hex'),
			},
		],
	]);
	expect(given).toEqual({
		generator:
			'222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56',
		initiatorShare:
			'd6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157',
		responderShare:
			'3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258',
		shared: '80b69a8a76457ab6a4d7f887a4bf6b55a2f80ac19c333f917a05fc9887c8b40f',
		key: 'b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dcae7b35cd2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c3fa2068af7900447',
	});
});
