/** What arrives on stdin without anybody typing it is never a command: under a real pseudo-terminal. */
import {expect, test} from 'vitest';
import {
	type SocktermConsole,
	startConsole,
} from '../helpers/sockterm-program.js';
import {strayOutput} from '../helpers/terminal-output.js';
import {terminalReplies} from '../helpers/terminal-replies.js';

const start = '\u001B[200~';
const end = '\u001B[201~';

/** The composer stands on the last row but one. */
const draftOf = (screen: string) =>
	/ › (.*?)\s*$/
		.exec(screen.split('\n').at(-2) ?? '')?.[1]
		?.replace(/^type a message.*/, '') ?? 'no composer';

const untilDraft = async (console: SocktermConsole, draft: string) =>
	console.waitFor(screen => draftOf(screen) === draft);

async function toPanes(console: SocktermConsole): Promise<string> {
	console.write('\u001B');
	return console.waitFor(
		screen => !screen.includes('Enter send') && screen.includes('quit'),
	);
}

async function toComposer(console: SocktermConsole): Promise<void> {
	console.write('i');
	await console.waitFor('Enter send');
}

test('replies and reports of a terminal are neither typed nor keys', async () => {
	const alice = await startConsole({name: 'alice'});
	// Whole among typing, one after the other, and byte by byte.
	alice.write(terminalReplies.map(reply => `${reply}a`).join(''));
	const typed = 'a'.repeat(terminalReplies.length);
	await untilDraft(alice, typed);
	alice.write(terminalReplies.join(''));
	for (const character of terminalReplies.join('')) alice.write(character);
	alice.write('b');
	await untilDraft(alice, `${typed}b`);
	// Sequences that look like keys but are none that anybody has.
	alice.write('\u001B[99~\u001B[9;9H\u001BOy\u001B[1;99Ac');
	await untilDraft(alice, `${typed}bc`);

	// In panes letters are commands.
	const before = await toPanes(alice);
	for (const reply of terminalReplies) {
		alice.write(reply.slice(0, 3));
		alice.write(reply.slice(3));
	}

	await toComposer(alice);
	await untilDraft(alice, `${typed}bc`);
	expect(await toPanes(alice)).toBe(before);
	expect(strayOutput(alice.output())).toEqual([]);
});

test('a paste waits for Enter in the composer, and does nothing in panes', async () => {
	const alice = await startConsole({name: 'alice'});
	const before = await toPanes(alice);
	// A terminal in which this is off types what is pasted.
	expect(alice.modes().bracketedPaste).toBe(true);
	const pastes = [
		'q',
		'x\ra\r',
		'/quit\n/quit\r\n',
		`${end}q\r/quit\r`,
		`${end}q${start}x`,
		`c\u001B[A\u0003\u0003\u001A\u0004\u009B2J`,
	];
	for (const text of pastes) alice.write(start + text + end);
	await alice.waitFor('Nothing was pasted');
	await toComposer(alice);
	expect(await toPanes(alice)).toBe(before);

	await toComposer(alice);
	const nick = '/nick evil\r';
	alice.write(`${start}one\n${nick}two${end}`);
	await alice.waitFor(/ › one\s+┊ \/nick evil\s+┊ two\s*\n/);
	alice.write('\u0003');
	await untilDraft(alice, '');
	// The mark that ends a paste inside of it, in two writes at each place.
	const trick = `${start}${end}${nick}${start}${nick}${end}`;
	const bare = '/nick evil/nick evil';
	for (let cut = 1; cut < trick.length; cut += 3) {
		alice.write(trick.slice(0, cut));
		alice.write(trick.slice(cut));
		await alice.waitFor(screen => draftOf(screen).startsWith(bare));
		alice.write('\u0015');
		await untilDraft(alice, '');
	}

	alice.write(`${start}a\u001B]0;title\u0007\u009B2J\u0000\u007F\u0008z${end}`);
	await untilDraft(alice, 'a]0;title2Jz');
	expect(alice.text()).toMatch(/sockterm\s+alice/);
	expect(alice.titles()).toEqual([]);
	expect(strayOutput(alice.output())).toEqual([]);

	// What somebody typed still works: Enter is theirs.
	alice.write('\u0015');
	await untilDraft(alice, '');
	alice.write(`${start}/nick own${end}`);
	await untilDraft(alice, '/nick own');
	alice.write('\r');
	await alice.waitFor(/sockterm\s+own/);
});
