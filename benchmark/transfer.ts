/**
 * npm run benchmark:transfer [-- --only big,files --runs 5 --mib 2048 --against nc,scp]
 *
 * What it costs to move files, and what others take for the same, in turns in
 * one run on a memory file system (/dev/shm) where there is one; medians. The
 * parts, in this order:
 *   big        one file without a screen, against scp, rsync, ncat, nc, croc, magic-wormhole
 *   files      10,000 small files, against scp -r and rsync; growth of time and memory
 *   at-once    8 transfers at once against one
 *   chat       messages while files move
 *   slow-link  messages through 64 kbit/s that a transfer fills
 *   resume     what is sent again after kill -9
 *   consoles   two consoles against no screen; messages and keys meanwhile
 * It needs memory for three times the size. Programs to compare with are used
 * where they are on the PATH; scp and rsync need the package openssh-server.
 */
import {existsSync} from 'node:fs';
import {createTemporaryFolder} from '../test/helpers/temporary-folder.js';
import {MiB, type Ground} from './ground.js';
import {chosen, numberFlag} from './measure.js';
import {atOnce} from './parts/at-once.js';
import {big} from './parts/big.js';
import {chat} from './parts/chat.js';
import {consoles} from './parts/consoles.js';
import {files} from './parts/files.js';
import {resume} from './parts/resume.js';
import {slowLink} from './parts/slow-link.js';

const parts = {
	big,
	files,
	'at-once': atOnce,
	chat,
	'slow-link': slowLink,
	resume,
	consoles,
} as const satisfies Record<string, (ground: Ground) => Promise<void>>;
const names = chosen('only', Object.keys(parts) as Array<keyof typeof parts>);
const folder = createTemporaryFolder(
	existsSync('/dev/shm') ? '/dev/shm' : undefined,
);
const ground: Ground = {
	folder: folder.path,
	runs: numberFlag('runs', 5),
	bigBytes: numberFlag('mib', 2048) * MiB,
};
try {
	for (const name of names) await parts[name](ground);
} finally {
	folder.remove();
}
