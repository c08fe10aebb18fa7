/** Who names us stands out, in every theme and without colours, too. */
import {stripVTControlCharacters} from 'node:util';
import {expect, test} from 'vitest';
import {rowLines} from '../../../source/console/format/row-layout.js';
import {palettes} from '../../../source/console/palettes.js';
import {createTheme} from '../../../source/console/theme.js';
import type {Row} from '../../../source/engine/index.js';
import {rowContext, shown} from '../../helpers/byte-rows.js';
import {peerKey, safe, startOfTest} from '../../helpers/fake-engine.js';

const said = (text: string, room?: '#lab'): Row => ({
	kind: 'received',
	at: startOfTest,
	order: 1,
	peer: peerKey('bob'),
	name: safe('bob'),
	trust: 'VERIFIED',
	text: safe(text),
	unfinished: false,
	...(room === undefined ? {} : {room}),
});

const inverse = '\u{1B}[7m';
const upright = '\u{1B}[27m';
/** What is inverse, without the colours in it. */
const inversePieces = (line: string) =>
	line
		.split(inverse)
		.slice(1)
		.map(piece =>
			stripVTControlCharacters(piece.slice(0, piece.indexOf(upright))),
		);

const colours = Object.values(palettes).map(palette =>
	createTheme({colour: true, ascii: false, palette, depth: 'rgb'}),
);
const bare = createTheme({colour: false, ascii: false});

test.each([...colours, bare])('the name of who says ours, theme %#', theme => {
	const context = rowContext(60, {theme, nameWidth: 8});
	const named = rowLines(said('ask Alice, she knows', '#lab'), context);
	expect(inversePieces(named.slice()[0]!)).toEqual(['bob', '>']);
	for (const text of ['malice', 'nothing']) {
		expect(rowLines(said(text), context).slice()[0]).not.toContain(inverse);
	}

	expect(shown(named)[0]).toMatch(/ {5}bob > /);
});

test('where there is no room for names the direction stands out', () => {
	const context = rowContext(20, {theme: bare});
	expect(inversePieces(rowLines(said('alice?'), context).slice()[0]!)).toEqual([
		'>',
	]);
});

test('another name of ours counts at once', () => {
	const row = said('ask carol');
	const isNamed = (ownName: string) =>
		rowLines(row, rowContext(60, {theme: bare, ownName}))
			.slice()[0]!
			.includes(inverse);
	expect(['alice', 'carol', 'alice'].map(isNamed)).toEqual([
		false,
		true,
		false,
	]);
});
