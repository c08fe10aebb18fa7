import {defineConfig} from 'vitest/config';

const project = (name: string, include: string[], testTimeout = 10_000) => ({
	define: {SOCKTERM_VERSION: '"0.0.0-test"'},
	// Nobody's own settings are read, whatever the locale of the machine.
	test: {
		name,
		include,
		env: {SOCKTERM_CONFIG: '/nowhere/config.toml', SOCKTERM_LANG: 'en'},
		testTimeout,
		hookTimeout: testTimeout,
		// Real programs under a pseudo-terminal share two processors with the rest of the gate.
		retry: name === 'end-to-end' && process.env['CI'] ? 1 : 0,
	},
});

export default defineConfig({
	test: {
		// Two workers: the suites start real programs, which want processors too.
		maxWorkers: 2,
		projects: [
			project('unit', [
				'test/{meta,settings,util,protocol,engine,storage,transport,headless}/**/*.test.ts',
			]),
			project('property', ['test/property/**/*.test.ts'], 60_000),
			project('fuzz', ['test/{fuzz,parsers}/**/*.test.ts'], 300_000),
			project('console', ['test/console/**/*.test.{ts,tsx}'], 20_000),
			project('conformance', ['test/conformance/**/*.test.ts'], 20_000),
			project('integration', ['test/integration/**/*.test.ts'], 60_000),
			project('end-to-end', ['test/end-to-end/**/*.test.ts'], 120_000),
		],
	},
});
