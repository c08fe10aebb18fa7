// Lets Node run this repository's TypeScript as it stands: an import of './x.js' finds './x.ts'.
// Use: node --import ./scripts/typescript-imports.mjs benchmark/start.ts
import {existsSync} from 'node:fs';
import {registerHooks} from 'node:module';

registerHooks({
	resolve(specifier, context, next) {
		if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL) {
			const typescript = new URL(
				specifier.replace(/\.js$/, '.ts'),
				context.parentURL,
			);
			if (existsSync(typescript)) return next(typescript.href, context);
		}
		return next(specifier, context);
	},
});
