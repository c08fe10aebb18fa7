import {mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {createTemporaryFolder} from '../helpers/temporary-folder.js';
import {
	digestOf,
	findLeftovers,
	findViolations,
	snapshotOf,
	type Expected,
} from '../helpers/transfer-invariants.js';

/** A receive folder as it should be: two files, one of them delivered. */
function prepare() {
	const folder = createTemporaryFolder();
	onTestFinished(() => folder.remove());
	const home = folder.path;
	const received = join(home, 'received');
	mkdirSync(join(received, 'tree', 'empty'), {recursive: true});
	writeFileSync(join(received, 'a.bin'), 'content of a');
	writeFileSync(join(received, 'tree', 'b.txt'), 'content of b');
	writeFileSync(join(home, 'canary.txt'), 'nobody may touch this');
	const digests = new Map([
		['a.bin', digestOf(join(received, 'a.bin'))],
		['tree/b.txt', digestOf(join(received, 'tree', 'b.txt'))],
	]);
	const expected: Expected = {
		received,
		digests,
		emptyFolders: ['tree/empty'],
		delivered: new Map([['a.bin', digests.get('a.bin') ?? '']]),
		around: [
			{
				folder: home,
				except: ['received'],
				before: snapshotOf(home, ['received']),
			},
		],
	};
	return {home, received, expected};
}

describe('the invariants of a receive folder', () => {
	test('hold where everything is as it was sent', () => {
		const {expected} = prepare();
		expect(findViolations(expected)).toStrictEqual([]);
		expect(findLeftovers(expected)).toStrictEqual([]);
	});

	test.each<[string, RegExp, (received: string) => void]>([
		[
			'half a file under its name',
			/tree\/b\.txt: not the sender's/,
			received => writeFileSync(join(received, 'tree', 'b.txt'), 'content'),
		],
		[
			'a delivered file that is gone',
			/a\.bin: delivered, but gone/,
			received => rmSync(join(received, 'a.bin')),
		],
		[
			'a second one of the same content',
			/a \(1\)\.bin: doubles a\.bin/,
			received => writeFileSync(join(received, 'a (1).bin'), 'content of a'),
		],
		[
			'a name that was not offered',
			/other\.bin: not offered/,
			received => writeFileSync(join(received, 'other.bin'), 'x'),
		],
		[
			'a folder made twice',
			/folder tree \(1\): not offered/,
			received => mkdirSync(join(received, 'tree (1)')),
		],
		[
			'a link',
			/link: neither a file nor a folder/,
			received => symlinkSync('/', join(received, 'link')),
		],
		[
			'something changed outside',
			/outside the receive folder.*was canary\.txt/,
			received => writeFileSync(join(received, '..', 'canary.txt'), 'touched'),
		],
	])('say so of %s', (_, sentence, spoil) => {
		const {received, expected} = prepare();
		spoil(received);
		expect(findViolations(expected).join('\n')).toMatch(sentence);
	});

	test('say what is missing and what is left over at the end', () => {
		const {received, expected} = prepare();
		rmSync(join(received, 'tree', 'b.txt'));
		mkdirSync(join(received, '.sockterm-parts'));
		writeFileSync(join(received, '.sockterm-parts', 'x.part'), '');
		expect(findViolations(expected)).toStrictEqual([]);
		expect(findLeftovers(expected)).toStrictEqual([
			'tree/b.txt: missing at the end',
			'.sockterm-parts/x.part: left over at the end',
		]);
	});
});
