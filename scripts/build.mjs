// Bundles source/ into dist/: cli.js starts fast because everything is in a few files,
// and each verb and the console are loaded only when they are asked for.
import {readFileSync, rmSync} from 'node:fs';
import {build} from 'esbuild';

const {version} = JSON.parse(
	readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);
const root = new URL('..', import.meta.url).pathname;
rmSync(new URL('../dist', import.meta.url), {recursive: true, force: true});

// What costs most of a frame, with a memory: see the files.
const inkParts = {
	'@alcalzone/ansi-tokenize': 'styled-characters',
	'string-width': 'string-width',
};
const inkPartsUsed = new Set();
// Of `output.js` both, of `line-update.js` the width.
const inkPartsNeeded = 3;
const rememberingInk = {
	name: 'remembering-ink',
	setup({onResolve, onEnd}) {
		onResolve(
			{filter: /^(@alcalzone\/ansi-tokenize|string-width)$/},
			({path, importer}) => {
				if (
					!/[\\/]ink[\\/]build[\\/](output|line-update)\.js$/.test(importer)
				) {
					return undefined;
				}

				inkPartsUsed.add(`${importer} ${path}`);
				return {path: `${root}source/console/ink/${inkParts[path]}.ts`};
			},
		);
		onEnd(() => {
			if (inkPartsUsed.size === inkPartsNeeded) return;
			throw new Error('Ink no longer draws with source/console/ink');
		});
	},
};

await build({
	absWorkingDir: root,
	entryPoints: {
		cli: 'source/cli.tsx',
		'engine-worker': 'source/engine-worker.ts',
		'file-worker': 'source/storage/file-worker.ts',
		'history-worker': 'source/storage/history/history-worker.ts',
	},
	outdir: 'dist',
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node22',
	// esbuild does not know that this Node has them, and would make an expression anew at each use.
	supported: {
		'regexp-set-notation': true,
		'regexp-unicode-property-escapes': true,
	},
	jsx: 'automatic',
	minifySyntax: true,
	sourcemap: false,
	legalComments: 'linked',
	// Chinese as it is written: escaped it is twice as long to read at each start.
	charset: 'utf8',
	// Beside the entries, so that a worker is found from whichever file starts it.
	chunkNames: '[name]-[hash]',
	// Native code cannot be bundled; it stays a dependency that npm installs.
	external: ['@napi-rs/blake-hash'],
	// Ink loads its developer tools only when DEV=true; the shipped program has none.
	alias: {'react-devtools-core': './scripts/empty-module.mjs'},
	plugins: [rememberingInk],
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
		SOCKTERM_VERSION: JSON.stringify(version),
	},
	// Some CommonJS dependencies call require() for node: modules.
	banner: {
		js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);",
	},
	logLevel: 'warning',
});
