/**
 * npm run defects [-- --only TEXT]
 *
 * Puts each defect of defect-list.ts into a copy of this repository and runs the tests
 * that must catch it. Ends with 1 where one is not caught, or stands nowhere any more.
 */
import {execFileSync, spawnSync} from 'node:child_process';
import {
	cpSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {defects, type Defect} from './defect-list.js';

const {values} = parseArgs({options: {only: {type: 'string', default: ''}}});
const chosen = defects.filter(({name}) => name.includes(values.only));
const copy = mkdtempSync(join(tmpdir(), 'sockterm-defects-'));

function copyRepository(): void {
	const list = execFileSync('git', ['ls-files', '-z'], {encoding: 'utf8'});
	for (const file of list.split('\0').filter(Boolean)) {
		cpSync(file, join(copy, file));
	}

	symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
}

/** Whether these tests, of the program as it stands in the copy, pass. */
function passes(tests: readonly string[]): boolean {
	const run = (command: string, args: readonly string[]) =>
		spawnSync(command, args, {cwd: copy, stdio: 'ignore'}).status === 0;
	return (
		run('node', ['scripts/build.mjs']) &&
		run('npx', ['vitest', 'run', '--bail', '1', ...tests])
	);
}

/** `missed`: the tests pass with it; `gone`: the source has changed, and the list has not. */
function tryOut({file, find, put, tests}: Defect) {
	const path = join(copy, file);
	const source = readFileSync(path, 'utf8');
	if (source.split(find).length !== 2) return 'gone';
	writeFileSync(
		path,
		source.replace(find, () => put),
	);
	try {
		return passes(tests) ? 'missed' : 'caught';
	} finally {
		writeFileSync(path, source);
	}
}

try {
	copyRepository();
	const tests = [...new Set(chosen.flatMap(each => each.tests))];
	if (!passes(tests)) throw new Error('The tests fail without any defect.');
	const outcomes = chosen.map(defect => {
		const outcome = tryOut(defect);
		console.log(`${outcome.padEnd(7)} rule ${defect.rule}: ${defect.name}`);
		return outcome;
	});
	const caught = outcomes.filter(each => each === 'caught').length;
	console.log(`${caught} of ${outcomes.length} caught`);
	if (caught < outcomes.length || caught === 0) process.exitCode = 1;
} finally {
	rmSync(copy, {recursive: true, force: true});
}
