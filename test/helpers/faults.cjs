// Loaded in front of the program (NODE_OPTIONS=--require): breaks one of its threads as soon as a
// file with the fault's name appears in SOCKTERM_FAULTS. The threads are told apart by their scripts.
const {existsSync} = require('node:fs');
const {join} = require('node:path');
const {isMainThread} = require('node:worker_threads');

const folder = process.env.SOCKTERM_FAULTS;
const faults = {
	throw() {
		throw new Error('a fault on purpose: throw \u001B]0;x\u0007\u009B2J');
	},
	reject() {
		void Promise.reject(
			new Error('a fault on purpose: reject \u001B[31m\u202E'),
		);
	},
	exit() {
		process.exit(7);
	},
};
const thread = isMainThread ? 'main' : 'worker';

const timer = setInterval(() => {
	for (const [name, act] of Object.entries(faults)) {
		if (!existsSync(join(folder, `${thread}-${name}`))) continue;
		clearInterval(timer);
		act();
	}
}, 20);
timer.unref();
