/** Netcat's flags as people type them. */
import {describe, expect, test} from 'vitest';
import {readCommandLine} from '../../source/command-line.js';

const read = (...args: string[]) => readCommandLine(args, '0.0.0');

const plain = {
	name: 'netcat',
	listens: false,
	udp: false,
	ssl: false,
	keep: false,
	verbose: false,
	crlf: false,
};

const listening = {...plain, listens: true, port: 9_000};
const dialling = {...plain, host: '10.0.0.5', port: 80};

test.each<[string, object]>([
	['10.0.0.5 80', dialling],
	[
		'example.org 443 --ssl',
		{...dialling, host: 'example.org', port: 443, ssl: true},
	],
	[
		'--ssl example.org 443',
		{...dialling, host: 'example.org', port: 443, ssl: true},
	],
	['-v 10.0.0.5 80', {...dialling, verbose: true}],
	['-nv 10.0.0.5 80', {...dialling, verbose: true}],
	['-vvn 10.0.0.5 80', {...dialling, verbose: true}],
	['-u 10.0.0.5 80', {...dialling, udp: true}],
	['-C 10.0.0.5 80', {...dialling, crlf: true}],
	['-N 10.0.0.5 80', dialling],
	['-4 10.0.0.5 80', {...dialling, family: 4}],
	['-6 ::1 80', {...dialling, host: '::1', family: 6}],
	['-w 3 10.0.0.5 80', {...dialling, waitMs: 3_000}],
	['-w3 10.0.0.5 80', {...dialling, waitMs: 3_000}],
	['--wait=500ms -v 10.0.0.5 80', {...dialling, verbose: true, waitMs: 500}],
	['-p 5555 10.0.0.5 80', {...dialling, localPort: 5_555}],
	['-x dump 10.0.0.5 80', {...dialling, dump: 'dump'}],
	['-o dump 10.0.0.5 80', {...dialling, dump: 'dump'}],
	['-l 9000', listening],
	['-l -p 9000', listening],
	['-lp 9000', listening],
	['-lp9000', listening],
	['-nlvp 9000', {...listening, verbose: true}],
	['-l 127.0.0.1 9000', {...listening, host: '127.0.0.1'}],
	['-l 127.0.0.1 -p 9000', {...listening, host: '127.0.0.1'}],
	['-lk 9000', {...listening, keep: true}],
	['-k -l 9000', {...listening, keep: true}],
	['--listen --keep-open 9000', {...listening, keep: true}],
	['-lu 9000', {...listening, udp: true}],
	['-l --ssl 9000', {...listening, ssl: true}],
	['-l 0', {...listening, port: 0}],
	[
		'-lvkC4 9000 -w 5 -x d',
		{
			...listening,
			verbose: true,
			keep: true,
			crlf: true,
			family: 4,
			waitMs: 5_000,
			dump: 'd',
		},
	],
])('sockterm %s', (line, verb) => {
	expect(read(...line.split(' '))).toMatchObject({kind: 'verb', verb});
	expect(
		Object.keys((read(...line.split(' ')) as {verb: object}).verb).sort(),
	).toEqual(Object.keys(verb).sort());
});

test('-w is the time to connect, too', () => {
	expect(read('-w', '2', 'host', '80')).toMatchObject({
		settings: {dialMs: 2_000},
	});
});

describe('what netcat could and sockterm does not', () => {
	test.each([
		['-e /bin/sh 10.0.0.5 80', /^-e would let whoever connects run a program/],
		['-lp 9000 -e /bin/sh', /^-e would/],
		['-c sh 10.0.0.5 80', /^-c would/],
		['-lke /bin/sh 9000', /^-e would/],
		['--exec /bin/sh 10.0.0.5 80', /^--exec would/],
		['-l 9000 --sh-exec=date', /^--sh-exec would/],
		['-z 10.0.0.5 80', /no option -z/],
		['-l 9000 --telnet', /no option --telnet/],
		['-l', /which port/],
		['-v', /where to connect/],
		['-v host', /where to connect/],
		['-l 9000 9001 9002', /too much/],
		['-l -p 9000 127.0.0.1 9001', /too much/],
		['host 0', /from 1 to 65535/],
		['-l 70000', /from 1 to 65535/],
		['-l http', /from 1 to 65535/],
		['-w', /-w needs a value/],
		['-w soon host 80', /-w takes a time/],
		['-lx', /-x needs a value/],
		['-k 10.0.0.5 80', /needs -l/],
		['-46 host 80', /one of -4 and -6/],
		['-u --ssl host 80', /leave -u away/],
		['-n host 80', /not the name "host"/],
	])('sockterm %s', (line, sentence) => {
		expect(read(...line.split(' '))).toEqual({
			kind: 'misuse',
			sentence: expect.stringMatching(sentence) as unknown,
		});
	});
});

test.each([
	['--connect 10.0.0.5 --tcp 9090'],
	['--tcp 9090'],
	['--name bob --connect 10.0.0.5'],
])('sockterm %s is still the console', line => {
	expect(read(...line.split(' '))).toMatchObject({kind: 'console'});
});

describe('sockterm listen', () => {
	test('takes a framing, an encoding, hex, a dump, and who may come in', () => {
		expect(
			read(
				'listen',
				'--framing',
				'fixed 4',
				'--encoding',
				'gbk',
				'--hex',
				'--raw',
				'--idle',
				'60s',
				'--allow',
				'10.0.0.0/8,::1',
				'--allow',
				'192.168.0.0/16',
				'--deny',
				'10.9.9.9',
				'-x',
				'dump.txt',
			),
		).toMatchObject({
			kind: 'verb',
			verb: {
				name: 'listen',
				hex: true,
				dump: 'dump.txt',
				listen: {
					stream: {
						raw: true,
						framing: {kind: 'fixed', bytes: 4},
						encoding: 'gbk',
						idleMs: 60_000,
					},
					access: {
						allow: ['10.0.0.0/8', '::1', '192.168.0.0/16'],
						deny: ['10.9.9.9'],
					},
				},
			},
		});
	});

	test.each([
		['--idle soon', /--idle takes a time/],
		['--allow eth0', /--allow takes an address or a range/],
		['--deny 10.0.0.0/99', /--deny takes an address or a range/],
		['--framing words', /words/],
		['-z', /no option -z/],
		['--wait never', /--wait takes a time/],
	])('%s is a sentence', (line, sentence) => {
		expect(read('listen', ...line.split(' '))).toEqual({
			kind: 'misuse',
			sentence: expect.stringMatching(sentence) as unknown,
		});
	});
});

test('--wait is how long a dial may take', () => {
	expect(read('--wait', '500ms')).toMatchObject({settings: {dialMs: 500}});
});

test('--connect takes no UDP address', () => {
	expect(read('--connect', 'udp://h:1')).toMatchObject({kind: 'misuse'});
	expect(read('--connect', 'ssl://h:1')).toMatchObject({
		listen: {connect: [{kind: 'rawTls', host: 'h', port: 1}]},
	});
});
