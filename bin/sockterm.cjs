#!/usr/bin/env node
'use strict';
// Plain old syntax on purpose: this file must run on any Node, to say which one is needed.
var parts = process.versions.node.split('.');
var major = Number(parts[0]);
var minor = Number(parts[1]);
if (major < 22 || (major === 22 && minor < 12)) {
	process.stderr.write(
		'sockterm needs Node 22.12 or newer; this is ' +
			process.version +
			'. Install a newer Node, or run "npm start" in the repository, which brings its own.\n',
	);
	process.exit(1);
}
var nodeModule = require('node:module');
if (nodeModule.enableCompileCache) nodeModule.enableCompileCache();
void import('../dist/cli.js');
