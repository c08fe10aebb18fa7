/**
 * Names that people take for the same one. Decides by what a name looks like, not
 * by what it is: letters of other scripts, digits that stand for letters, marks,
 * case and punctuation make no difference. It warns too often rather than too
 * seldom: what it flags is nobody's fault, and what it lets pass proves nothing.
 */

import {limits} from '../../limits.js';

/** What is easily taken for Latin letters, in lower case: the letter, then its doubles. */
const doubles: Readonly<Record<string, string>> = {
	a: 'аαɑ4@',
	b: 'ьвβƅ8',
	c: 'сς',
	d: 'ԁɗ',
	e: 'еєεҽ3',
	f: 'ƒғ',
	g: 'ɡց9',
	h: 'һнհ',
	j: 'јյ',
	k: 'кκ',
	l: 'iіι1|ıӏɩӀ!',
	m: 'мϻ',
	n: 'пηոռ',
	o: '0оοօσ',
	p: 'рρ',
	q: 'ԛգզ',
	r: 'гɾ',
	s: 'ѕ5$ꜱ',
	t: 'тτ7',
	u: 'υսʋц',
	v: 'νѵ',
	w: 'ԝωшɯ',
	x: 'хχ×',
	y: 'уүγу',
	z: 'ʐᴢ2',
};

const letterOf = new Map(
	Object.entries(doubles).flatMap(([letter, list]) =>
		Array.from(list, double => [double, letter] as const),
	),
);

/** Two letters that look like one. */
const pairs = [
	[/rn/g, 'm'],
	[/vv/g, 'w'],
	[/cl/g, 'd'],
] as const;

const mostCharacters = 4 * limits.nickCharacters;

/** The same for all names that look alike; empty where nothing of a name can be seen. */
export function looksOf(name: string): string {
	const plain = name
		.normalize('NFKC')
		.toLowerCase()
		.normalize('NFKD')
		.replaceAll(/\p{M}/gu, '')
		// What cannot be seen stands in a safe text as such a token.
		.replaceAll(/\\u\{[\da-f]+\}/g, '')
		// One character can become eighteen. Who is alike so far is alike.
		.slice(0, mostCharacters);
	let looks = '';
	for (const character of plain) {
		const letter = letterOf.get(character);
		if (letter !== undefined) looks += letter;
		else if (/[\p{L}\p{N}]/u.test(character)) looks += character;
	}

	for (const [pair, letter] of pairs) looks = looks.replaceAll(pair, letter);
	return looks;
}

/** What only sockterm says of a peer: beside a name it says nothing about whose name it is. */
const trustWords = /\b(?:plain|(?:un)?verified|blocked)\b/gi;

/** All that people may see in a name: names are alike that share one. */
export const readingsOf = (name: string): string[] =>
	[looksOf(name), looksOf(name.replaceAll(trustWords, ''))].filter(
		looks => looks !== '',
	);

export const shareOne = (
	ones: readonly string[],
	others: readonly string[],
): boolean => ones.some(looks => others.includes(looks));

/** Whether people may take one for the other. */
export function looksLike(one: string, other: string): boolean {
	return shareOne(readingsOf(one), readingsOf(other));
}
