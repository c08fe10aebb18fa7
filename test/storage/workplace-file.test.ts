/** The file of what comes back: read as it was written, damaged ones set aside. */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {limits} from '../../source/limits.js';
import {
	createWorkplaceFile,
	type KeptWorkplace,
} from '../../source/storage/workplace-file.js';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';

function folder(): string {
	const made = createTemporaryFolder();
	onTestFinished(() => made.remove());
	return made.path;
}

const workplace: KeptWorkplace = {
	listeners: [
		{
			kind: 'tcp',
			port: 7000,
			host: 'eth0',
			raw: true,
			framing: {kind: 'delimiter', delimiter: [0, 255]},
			encoding: 'gbk',
			idleMs: 60_000,
			allow: ['10.0.0.0/8'],
			purpose: {kind: 'relay', target: {kind: 'raw', host: 'h', port: 1}},
		},
		{kind: 'udp', port: 0},
	],
	peers: [{address: '10.0.0.7', framing: 'fixed 16', notation: 'hex'}],
	pane: 'datagrams',
	conversation: '10.0.0.7:7000',
	datagrams: {inHex: true, bySender: false, encoding: 'gbk'},
};

test('is read as it was written', async () => {
	const path = folder();
	const file = createWorkplaceFile(path);
	expect(await file.load()).toBeUndefined();
	await file.save(workplace);
	expect(await createWorkplaceFile(path).load()).toEqual(workplace);
});

test.each([
	['no JSON', '{'],
	['another shape', '{"version":1}'],
	[
		'too many',
		JSON.stringify({
			version: 1,
			...workplace,
			listeners: Array.from({length: limits.workplaceListeners + 1}, () => ({
				kind: 'udp',
				port: 0,
			})),
		}),
	],
	[
		'too many peers',
		JSON.stringify({
			version: 1,
			...workplace,
			peers: Array.from({length: limits.workplacePeers + 1}, () => ({
				address: 'x',
			})),
		}),
	],
	['too long', ' '.repeat(limits.workplaceFileBytes + 1)],
])('%s is set aside', async (_name, text) => {
	const path = folder();
	const name = join(path, 'workplace.json');
	writeFileSync(name, text);
	await expect(createWorkplaceFile(path).load()).rejects.toMatchObject({
		info: {code: 'workplaceDamaged'},
	});
	expect(existsSync(name)).toBe(false);
	expect(readFileSync(`${name}.corrupt`, 'utf8')).toBe(text);
});
