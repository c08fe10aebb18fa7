/** The table of `docs/architecture.md`: who may import whom. */
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const source = join(root, 'source');

const filesUnder = (folder: string) =>
	readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.filter(name => /\.tsx?$/.test(name))
		.map(name => join(folder, name));

const importsOf = (file: string) =>
	[
		...readFileSync(file, 'utf8').matchAll(
			/(?:from|import)\s*\(?\s*'([^']+)'/g,
		),
	].map(match => match[1]!);

/** Everybody may use these: they have no layer. */
const common = ['util/', 'errors.js', 'limits.js'];

const layers: Record<
	string,
	{own: string[]; node: boolean | string[]; packages: string[]}
> = {
	util: {own: [], node: false, packages: ['string-width']},
	limits: {own: [], node: false, packages: []},
	protocol: {
		own: [],
		node: false,
		packages: [
			'valibot',
			'iconv-lite',
			'@noble/curves/ed25519.js',
			'@noble/hashes/hmac.js',
			'@noble/hashes/sha2.js',
		],
	},
	engine: {own: ['protocol/'], node: false, packages: []},
	transport: {
		own: ['engine/ports.js'],
		node: ['net', 'tls', 'dgram', 'dns', 'fs', 'os', 'crypto', 'stream'],
		packages: [],
	},
	storage: {
		own: ['engine/ports.js'],
		node: true,
		packages: ['valibot', '@napi-rs/blake-hash', 'hash-wasm'],
	},
	settings: {
		own: ['engine/index.js', 'strings/'],
		node: false,
		packages: ['smol-toml'],
	},
	strings: {own: ['engine/index.js'], node: false, packages: []},
	headless: {own: ['engine/index.js', 'strings/'], node: true, packages: []},
	console: {
		own: ['engine/index.js', 'settings/index.js', 'strings/'],
		node: true,
		packages: [
			'ink',
			'react',
			'ink-text-input',
			'ink-spinner',
			'string-width',
			'@alcalzone/ansi-tokenize',
		],
	},
};

function isAllowed(layer: string, file: string, specifier: string): boolean {
	const {own, node, packages} = layers[layer]!;
	if (specifier.startsWith('node:')) {
		const module = specifier.slice(5).split('/')[0]!;
		return Array.isArray(node) ? node.includes(module) : node;
	}

	if (!specifier.startsWith('.')) return packages.includes(specifier);
	const target = relative(source, resolve(dirname(file), specifier));
	return [`${layer}/`, ...common, ...own].some(allowed =>
		allowed.endsWith('/') ? target.startsWith(allowed) : target === allowed,
	);
}

describe('layers', () => {
	it('has a rule for every folder', () => {
		const folders = readdirSync(source, {withFileTypes: true})
			.filter(entry => entry.isDirectory())
			.map(({name}) => name);
		expect(folders.sort()).toEqual(Object.keys(layers).sort());
	});

	it.each(Object.keys(layers))('%s imports what it may', layer => {
		const violations = filesUnder(join(source, layer)).flatMap(file =>
			importsOf(file)
				.filter(specifier => !isAllowed(layer, file, specifier))
				.map(specifier => `${relative(root, file)} imports ${specifier}`),
		);
		expect(violations).toEqual([]);
	});

	it.each(['SafeText', 'SafeName'])('has one maker of %s', type => {
		const makers = filesUnder(source).filter(file =>
			readFileSync(file, 'utf8').includes(`as ${type}`),
		);
		expect(makers).toHaveLength(1);
	});
});
