/**
 * npm run pictures [-- --folder DIR] [--only TEXT]
 *
 * Makes pictures of a real run: two consoles under terminals talk, a file is on its
 * way, a plain client and a sender of datagrams are there too. Without a folder it makes
 * those of the readme, in docs/; with one, the screen in every language, look and size.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {openScene} from './picture-scene.js';
import {drawScreen, type Paper} from './screen-svg.js';

interface Picture {
	readonly name: string;
	readonly columns: number;
	readonly rows: number;
}

interface Shoot {
	readonly language: 'en' | 'zh';
	readonly look: 'dark' | 'light' | 'none';
	readonly pictures: readonly Picture[];
}

const sizes = [
	[120, 40],
	[80, 24],
	[60, 20],
	[40, 12],
] as const;

const {values} = parseArgs({
	options: {
		folder: {type: 'string'},
		only: {type: 'string', default: ''},
	},
});

const readme: readonly Shoot[] = [
	{
		language: 'en',
		look: 'dark',
		pictures: [
			{name: 'screen', columns: 120, rows: 30},
			{name: 'screen-80x24', columns: 80, rows: 24},
		],
	},
	{
		language: 'zh',
		look: 'light',
		pictures: [{name: 'screen-zh', columns: 120, rows: 30}],
	},
];

const everything: readonly Shoot[] = (['en', 'zh'] as const).flatMap(language =>
	(['dark', 'light', 'none'] as const).map(look => ({
		language,
		look,
		pictures: sizes.map(([columns, rows]) => ({
			name: `${language}-${look}-${columns}x${rows}`,
			columns,
			rows,
		})),
	})),
);

const folder = values.folder ?? join(import.meta.dirname, '..', 'docs');
mkdirSync(folder, {recursive: true});
for (const {language, look, pictures} of values.folder ? everything : readme) {
	const chosen = pictures.filter(({name}) => name.includes(values.only));
	if (chosen.length === 0) continue;
	const scene = await openScene({
		SOCKTERM_LANG: language,
		SOCKTERM_THEME: look,
	});
	const paper: Paper = look === 'light' ? 'light' : 'dark';
	for (const {name, columns, rows} of chosen) {
		await scene.resize(columns, rows);
		const file = join(folder, `${name}.svg`);
		writeFileSync(file, drawScreen(scene.model, 'sockterm', paper));
		console.log(file);
	}

	await scene.close();
}
