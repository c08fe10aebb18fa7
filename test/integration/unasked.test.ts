/** What a verified peer may send unasked, as the program composes it: TLS, files, and the pin on the disk. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test} from 'vitest';
import {compose, meet, outcomeOf, sameFile, stopAll} from './composed.js';

afterEach(stopAll);

test('is taken within the caps, beside what is there, and counted on the disk', async () => {
	const [alice, bob] = await Promise.all([compose('alice'), compose('bob')]);
	const {there, back} = await meet(alice, bob);
	const code = '271828';
	bob.engine.dispatch({type: 'trust/showCode', peer: back, code});
	await alice.until('trust/codeOpened');
	alice.engine.dispatch({type: 'trust/enterCode', peer: there, code});
	await Promise.all([alice.until('trust/paired'), bob.until('trust/paired')]);
	bob.engine.dispatch({
		type: 'trust/autoAccept',
		petname: 'alice',
		caps: {bytes: 3_000_000, entries: 2, dayBytes: 4_000_000},
	});
	await bob.until('trust/changed', ({book}) =>
		Boolean(book.pins[0]?.autoAccept),
	);
	const offer = async (path: string) => {
		const asked = bob.next('transfer/offered');
		alice.engine.dispatch({type: 'transfer/offer', peer: there, paths: [path]});
		return asked;
	};

	const path = alice.write('a.bin', 2_500_000);
	const first = await offer(path);
	expect(first.byItself).toBe('accepted');
	expect(await outcomeOf(bob, first.transfer)).toMatchObject({kind: 'saved'});
	expect(sameFile(path, join(bob.received, 'a.bin'))).toBe(true);
	// Another file of that name stands beside it.
	writeFileSync(path, 'another one');
	const second = await offer(path);
	expect(second.byItself).toBe('accepted');
	await outcomeOf(bob, second.transfer);
	expect(bob.receivedNames()).toContain('a (1).bin');
	const third = await offer(alice.write('b.bin', 2_000_000));
	expect(third.byItself).toBeUndefined();
	const why = await bob.until('transfer/notByItself');
	expect(why.error.code).toBe('autoDayFull');
	const kept = readFileSync(join(bob.home, 'state', 'trust.json'), 'utf8');
	expect(JSON.parse(kept)).toMatchObject({
		pins: [{granted: [{bytes: 2_500_000 + 4_096}]}],
	});
	expect(bob.receivedNames()).not.toContain('b.bin');
});
