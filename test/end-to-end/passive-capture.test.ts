/**
 * What somebody learns who records every byte between two programs: no nick, no host name, no
 * user, no path, no file name, no message and no code; not in the handshakes, not in the records,
 * and not in the certificates that these hide. By itself nothing goes out on UDP.
 */
import {randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {mkdirSync, writeFileSync} from 'node:fs';
import {hostname, platform, userInfo} from 'node:os';
import {join} from 'node:path';
import {connect} from 'node:tls';
import {execFileSync} from 'node:child_process';
import {expect, onTestFinished, test} from 'vitest';
import {namespacesMissing} from '../helpers/namespaces.js';
import {startRecordingProxy} from '../helpers/recording-proxy.js';
import {wordsIn} from '../helpers/search-capture.js';
import {
	homeFlags,
	runVerb,
	startConsole,
	testFolder,
} from '../helpers/sockterm-program.js';
import {readHello, readRecords} from '../helpers/tls-records.js';

const nick = 'Wilhelmina-Quux';
const otherNick = 'Bartholomew-Zap';
const fileName = 'quarterly-zebra-figures.ods';
const folderName = 'unannounced-merger';
const content = 'the zebra costs 4,711 doubloons';
const message = 'meet me at the lighthouse';
const petname = 'Aunt-Clementine';

/** The name of the machine and of the user, where it can be given one for a program alone. */
const machine = 'warthog-workstation';
const user = 'theodora-the-user';
const isRoot = platform() === 'linux' && process.getuid?.() === 0;
const asMachine = {
	...(isRoot
		? {
				wrapper: [
					'unshare',
					'--uts',
					'sh',
					'-c',
					`hostname ${machine} && exec "$@"`,
					'sh',
				],
			}
		: {}),
	env: {USER: user, LOGNAME: user, HOSTNAME: machine},
};

/** What this machine and this run would tell; not what is so short that it is everywhere by accident. */
function localFacts(home: string): string[] {
	return [
		machine,
		user,
		hostname(),
		userInfo().username,
		...home.split('/'),
	].filter(word => word.length >= 4);
}

/** The six digits that a console shows in its dialog. */
async function openDialog(
	console: Awaited<ReturnType<typeof startConsole>>,
	name: string,
) {
	console.write('\u001B2');
	await console.waitFor(`to ${name}`);
	console.enter('/pair');
	await console.waitFor(`Verify ${name}`);
}

/** Messages both ways, a folder, a pairing, a script, over a tap. */
async function recordSession() {
	const home = testFolder();
	const folder = join(home, folderName);
	mkdirSync(folder);
	writeFileSync(join(folder, fileName), content);
	writeFileSync(join(folder, 'ballast.bin'), randomBytes(100_000));
	const listening = await startConsole({name: otherNick, ...asMachine});
	const proxy = await startRecordingProxy(listening.tcpPort);
	const dialling = await startConsole({
		name: nick,
		home,
		...asMachine,
		// By a name, which a handshake could tell.
		args: ['--connect', `localhost:${proxy.port}`],
	});
	await Promise.all([dialling.waitFor(otherNick), listening.waitFor(nick)]);
	dialling.enter(message);
	await listening.waitFor(message);
	dialling.enter(`/send ${otherNick} ${folder}`);
	await listening.waitFor(folderName);
	listening.enter('/accept');
	await dialling.waitFor(/delivered/i);

	await openDialog(listening, nick);
	await listening.waitFor(/\d{3} \d{3}/);
	const digits = /(\d{3}) (\d{3})/.exec(listening.screen().join('\n'))!;
	const code = `${digits[1]}${digits[2]}`;
	await openDialog(dialling, otherNick);
	await dialling.waitFor(`type the code that ${otherNick} shows`);
	dialling.enter(code);
	await dialling.waitFor('is VERIFIED from now on');
	dialling.enter('/quit');
	await dialling.exit;

	const say = runVerb([
		'say',
		'--to',
		`localhost:${proxy.port}`,
		'--name',
		petname,
		...homeFlags(home),
		message,
	]);
	expect((await say.exit).code).toBe(0);
	const words = [nick, otherNick, fileName, folderName, content, message];
	return {
		proxy,
		listening,
		words: [...words, code, 'zebra', 'Wilhelmina', petname],
		local: [...localFacts(home), ...localFacts(listening.home)],
	};
}

test('a capture of messages, files and a pairing tells nothing of it', async () => {
	const {proxy, listening, words, local} = await recordSession();
	const streams = proxy.streams();
	// Control, lane, control of the script; both directions.
	expect(proxy.connections).toHaveLength(3);
	expect(streams.reduce((sum, {length}) => sum + length, 0)).toBeGreaterThan(
		100_000,
	);
	expect(wordsIn(streams, words)).toEqual([]);
	expect(
		wordsIn(
			streams,
			local.filter(({length}) => length >= 8),
		),
	).toEqual([]);

	for (const {sent, answered} of proxy.connections) {
		const [asked, told] = [sent, answered].map(pieces =>
			readRecords(Buffer.concat(pieces)),
		);
		const clientHello = readHello(asked![0]!.body);
		const serverHello = readHello(told![0]!.body);
		expect([clientHello.type, serverHello.type]).toEqual([1, 2]);
		// TLS 1.3: everything after the two hellos is encrypted.
		expect(serverHello.extensions.get(43)?.toString('hex')).toBe('0304');
		for (const records of [asked!, told!]) {
			expect(
				records.slice(1).every(({type}) => type === 20 || type === 23),
			).toBe(true);
		}

		// No server name; no ticket, no key of an earlier session, no early data.
		for (const extension of [0, 41, 42]) {
			expect(clientHello.extensions.has(extension)).toBe(false);
			expect(serverHello.extensions.has(extension)).toBe(false);
		}

		// The ALPN name is the one word in the clear.
		const alpn = clientHello.extensions.get(16)!.toString('latin1');
		expect(alpn).toMatch(/^\0.{2}sockterm(-lane)?\/1$/s);
		const hellos = [asked![0]!.body, told![0]!.body];
		expect(wordsIn(hellos, [...words, ...local])).toEqual([]);
	}

	// The certificate is encrypted, and tells whoever dials no more.
	const socket = connect({
		port: listening.tcpPort,
		host: '127.0.0.1',
		rejectUnauthorized: false,
		ALPNProtocols: ['sockterm/1'],
	});
	await once(socket, 'secureConnect');
	const certificate = socket.getPeerX509Certificate()!;
	socket.destroy();
	expect(certificate.subject).toBe('CN=sockterm');
	expect(certificate.issuer).toBe('CN=sockterm');
	expect(certificate.subjectAltName).toBeUndefined();
	expect(wordsIn([certificate.raw], [...words, ...local])).toEqual([]);
});

test('the same search finds what a plain conversation tells', async () => {
	const listening = await startConsole({name: otherNick});
	const proxy = await startRecordingProxy(listening.tcpPort);
	for (const text of [
		message,
		Buffer.from(`x${message}`).toString('base64'),
		Buffer.from(message.toUpperCase()).toString('hex'),
	]) {
		const say = runVerb(['say', '--to', `tcp://127.0.0.1:${proxy.port}`, text]);
		expect((await say.exit).code).toBe(0);
		const {sent} = proxy.connections.at(-1)!;
		expect(wordsIn(sent, [message, nick])).toEqual([message]);
	}
});

const missing = namespacesMissing();
if (missing) console.warn(`Not tested: ${missing}.`);

test.skipIf(missing !== undefined)(
	'nothing goes out by UDP or multicast that nobody asked for',
	async () => {
		const name = `sockterm-quiet-${process.pid}`;
		execFileSync('ip', ['netns', 'add', name]);
		onTestFinished(() => {
			execFileSync('ip', ['netns', 'del', name]);
		});
		execFileSync('ip', [
			'-n',
			name,
			'link',
			'set',
			'lo',
			'up',
			'multicast',
			'on',
		]);
		const inside = ['ip', 'netns', 'exec', name];
		const counted = () => {
			const text = execFileSync(
				'ip',
				['netns', 'exec', name, 'cat', '/proc/net/snmp'],
				{
					encoding: 'utf8',
				},
			);
			const [titles, numbers] = text
				.split('\n')
				.filter(line => line.startsWith('Udp:'))
				.map(line => line.split(' '));
			return Number(numbers![titles!.indexOf('OutDatagrams')]);
		};

		const listening = await startConsole({name: otherNick, wrapper: inside});
		const dialling = await startConsole({
			name: nick,
			wrapper: inside,
			args: ['--connect', `127.0.0.1:${listening.tcpPort}`],
		});
		await Promise.all([dialling.waitFor(otherNick), listening.waitFor(nick)]);
		dialling.enter(message);
		await listening.waitFor(message);
		expect(counted()).toBe(0);
		dialling.enter(`/udp 127.0.0.1:${listening.udpPort} on purpose`);
		await listening.waitFor('on purpose');
		expect(counted()).toBe(1);
		for (const console of [dialling, listening]) {
			console.enter('/quit');
			await console.exit;
		}
	},
);
