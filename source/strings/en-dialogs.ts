/** What stands in the dialogs. Part of the one table, `strings.input`. */
import {limitNames} from './en-limits.js';

const quoted = (text: string) => `“${text}”`;

export const dialogStrings = {
	connectDialog: {
		title: 'Connect',
		ask: 'Where to?',
		placeholder: 'host:port',
		explain: [
			'host or host:port: another sockterm, encrypted (port 9090 when left out)',
			'tcp://host:port: any TCP server, PLAIN',
		],
	},

	datagramDialog: {
		title: 'Send a datagram',
		target: 'To',
		text: 'Text',
		targetPlaceholder: 'host:port',
		textPlaceholder: 'what to send; may stay empty',
		explain:
			'It leaves from the UDP port that is open here, so answers come back to it.',
	},

	offerDialog: {
		title: (count: number) =>
			count === 1 ? 'Take this file?' : `Take these ${count} files?`,
		trust: {
			PLAIN: 'Not encrypted: anybody on the way can read it.',
			UNVERIFIED: 'Encrypted, but nobody has checked that it is really them.',
			VERIFIED: '',
			BLOCKED: 'Its key has changed: this may be somebody else.',
		},
		flagged:
			'Programs read a file of this name by themselves. Take it only if you expect it.',
		total: (count: number, size: string, free: string | undefined) =>
			`${count === 1 ? '1 file' : `${count} files`}, ${size} in all${free === undefined ? '' : `; ${free} free here`}.`,
		marked: (facts: {
			readonly marked: number;
			readonly all: number;
			readonly size: string;
			readonly hasStream: boolean;
			readonly free: string | undefined;
		}) => {
			const {marked, all, size, hasStream, free} = facts;
			const files = all === 1 ? 'file' : 'files';
			const count = marked === all ? `${all}` : `${marked} of ${all}`;
			const bytes = hasStream ? `at least ${size}` : size;
			return `${count} ${files}, ${bytes}${free === undefined ? '' : `; ${free} free here`}.`;
		},
		position: (position: number, count: number) => `${position}/${count}`,
		into: 'Into',
		tooLittleSpace:
			'There is not enough room for that. Make room first, or decline.',
		nothingToTake:
			'None of these names can be written safely, so there is nothing to take.',
		nothingMarked: 'Nothing is marked: Space marks, d declines all.',
		/** Beside a name. */
		risky: 'risky name',
		refused: 'not safe, left out',
		arrived: 'has arrived already',
		unknownSize: 'unknown',
		presence: {
			partial: (percent: string) => `${percent} is here, goes on`,
			similar: 'same name and size: compared, skipped if the same',
			taken: 'name taken: gets a number',
		},
		riskyCount: (count: number) =>
			`${count === 1 ? '1 risky name' : `${count} risky names`}, shown first.`,
		refusedCount: (count: number) =>
			`${count === 1 ? '1 name' : `${count} names`} cannot be written safely and ${count === 1 ? 'is' : 'are'} left out.`,
		folderPlaceholder:
			'a folder, made where it is missing; empty: the usual one',
	},

	partials: {
		title: 'Left of broken transfers',
		none: 'Nothing is left of broken transfers.',
		held: (held: string, size: string, percent: string) =>
			`${held} of ${size}, ${percent}`,
		from: (who: string) => `from ${who}`,
		/** Where the key belongs to nobody who is known now. */
		unknownPeer: (shortKey: string) => `key ${shortKey}`,
		deleted: (days: number, hours: number) =>
			days > 1
				? `deleted in ${days} days`
				: hours > 1
					? `deleted in ${hours} hours`
					: 'deleted soon',
		explain:
			'It goes on when the same files are offered again and accepted; until then it keeps its room.',
	},

	quitDialog: {
		title: 'Quit?',
		ask: (running: number) =>
			`${
				running === 1
					? 'A transfer is still running.'
					: `${running} transfers are still running.`
			} What has arrived is kept: it goes on when it is sent again.`,
		yes: 'quit',
		no: 'stay',
	},

	help: {
		title: 'Help',
		sections: {
			composer: 'While you type',
			field: 'Editing the line',
			panes: 'In the panes (after Esc)',
			picker: 'Choosing files',
			offer: 'Answering an offer',
			partials: 'What is left of broken transfers',
			listeners: 'Listeners',
			overlay: 'Reading in a window',
			commands: 'Commands',
		},
		more: (position: string) => `${position}, ↑ ↓ PgUp PgDn`,
	},

	limits: {
		title: 'Limits',
		anybody: 'anybody',
		verified: 'verified',
		names: limitNames,
	},

	picker: {
		title: 'Send files',
		filter: 'Find',
		placeholder: 'type part of a name, or a path',
		reading: 'Reading the folder…',
		empty: 'This folder is empty.',
		onlyHidden: 'Only hidden files here. Press . to see them.',
		noMatch: (text: string) => `Nothing here is called ${quoted(text)}.`,
		folderUnreadable: (path: string) =>
			`${path} cannot be opened: you may not read it. Backspace goes up.`,
		folderMissing: (path: string) =>
			`${path} does not exist. Look at the spelling.`,
		notAFolder: (path: string) => `${path} is not a folder.`,
		folderFailed: (path: string, code: string) =>
			`${path} cannot be opened (${code}). Backspace goes up.`,
		notAbove: 'Go up with Backspace to mark that folder.',
		notAFile: (name: string) =>
			`${name} is not a file that can be sent (a device, a pipe or a socket).`,
		marked: (count: number) => `${count} marked`,
		entries: (count: number) => (count === 1 ? '1 entry' : `${count} entries`),
	},
} as const;
