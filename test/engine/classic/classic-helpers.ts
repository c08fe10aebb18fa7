/** The other side of the classic file assistant, in memory, and an engine that is there for it. */
import iconv from 'iconv-lite';
import {limits} from '../../../source/limits.js';
import {ConnectionRecorder} from '../../helpers/connection-recorder.js';
import {
	createWorld,
	type EngineOptions,
} from '../../helpers/engine-under-test.js';

export const gbk = (text: string) => new Uint8Array(iconv.encode(text, 'gbk'));

export const prompt = gbk('请输入文件名');
export const answer = gbk('开始传输');

export function sizeOf(bytes: bigint | number): Uint8Array {
	const encoded = new Uint8Array(8);
	new DataView(encoded.buffer).setBigInt64(0, BigInt(bytes), true);
	return encoded;
}

export async function createClassicWorld(options: EngineOptions = {}) {
	const world = createWorld();
	const alice = world.engine('alice', options);
	alice.dispatch({
		type: 'listener/open',
		kind: 'tcp',
		port: 0,
		purpose: {kind: 'classic'},
	});
	const {port} = await alice.until('listener/bound');
	const target = {host: alice.host, port};

	/** A sender that has seen the prompt. */
	const connectSender = async () => {
		const {signal} = new AbortController();
		const network = world.network('course');
		const connection = await network.dial(target, 'raw', signal);
		const recorder = new ConnectionRecorder(connection);
		await recorder.until(({receivedBytes}) => receivedBytes >= prompt.length);
		return {connection, recorder};
	};

	/** … and has said name and size, at once. */
	const announce = async (
		name: string | Uint8Array,
		sizeBytes: bigint | number,
	) => {
		const sender = await connectSender();
		const bytes = typeof name === 'string' ? gbk(name) : name;
		sender.connection.write(bytes);
		sender.connection.write(sizeOf(sizeBytes));
		await world.pass(limits.classicQuietMs);
		return sender;
	};

	const answered = async ({recorder}: {recorder: ConnectionRecorder}) =>
		recorder.until(
			({receivedBytes}) => receivedBytes >= prompt.length + answer.length,
		);

	return {world, alice, target, connectSender, announce, answered};
}
