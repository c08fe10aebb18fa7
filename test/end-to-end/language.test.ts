/** The built program in Chinese: both threads, and what a person's files and programs get of it. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {
	runPeer,
	runVerb,
	startConsole,
	testFolder,
} from '../helpers/sockterm-program.js';
import {waitFor} from '../helpers/wait-for.js';

test('the screen and the engine behind it change together', async () => {
	const home = testFolder();
	const log = join(home, 'all.log');
	const logged = () => readFileSync(log, 'utf8');
	const alice = await startConsole({
		home,
		args: ['--lang', 'zh', '--practice', '--log', log],
	});
	await alice.waitFor('你好！我是练习对端');
	await alice.waitFor('数据报');
	alice.enter('/set lang en');
	await alice.waitFor('lang is en now.');
	alice.enter('/connect tcp://127.0.0.1:1');
	await alice.waitFor('Nothing listens on');
	await waitFor(
		() => logged().includes('Nothing listens on 127.0.0.1:1.'),
		'the English sentence in the log',
	);
	alice.enter('/set lang zh');
	await alice.waitFor('lang 现在是 zh。');
	alice.enter('/connect tcp://127.0.0.1:2');
	await alice.waitFor('没有程序在监听');
	await waitFor(
		() => logged().includes('127.0.0.1:2 上没有程序在监听。'),
		'the Chinese sentence in the log',
	);
	expect(logged()).not.toContain('Nothing listens on 127.0.0.1:2.');
});

test('a program that is sent away reads English, its console Chinese', async () => {
	const alice = await startConsole({args: ['--lang', 'zh', '--no-plain']});
	const client = runPeer('course_tcp_client.py', [
		'127.0.0.1',
		alice.tcpPort,
		'hello',
		'--wait',
	]);
	await client.exit;
	expect(client.lines).toContain(
		'received Plain connections are not taken here. Connect with sockterm.',
	);
	await alice.waitFor('不接受明文连接');
});

test('a verb writes its sentences in Chinese, and its NDJSON in English', async () => {
	const to = ['--to', 'tcp://127.0.0.1:1', 'hello'];
	const said = runVerb(['say', '--lang', 'zh', ...to]);
	expect(await said.exit).toMatchObject({code: 1});
	expect(said.errors()).toBe(
		'127.0.0.1:1 上没有程序在监听。请先在那边启动程序，或换一个端口。\n',
	);
	const told = runVerb(['say', '--lang', 'zh', '--json', ...to]);
	await told.exit;
	expect(told.lines.join('\n')).toContain(
		'"message":"Nothing listens on 127.0.0.1:1.',
	);
});
