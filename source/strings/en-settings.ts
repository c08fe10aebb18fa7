/** What settings are called and explained with, in English. */

/** As `settings/kinds.ts` has it; strings may not import from there. */
interface KindLike {
	readonly type: string;
	readonly of?: readonly string[];
	readonly most?: number;
	readonly mostCharacters?: number;
}

/** What may stand there. */
export function allowedValues(kind: KindLike): string {
	switch (kind.type) {
		case 'choice': {
			return (kind.of ?? []).join(', ');
		}

		case 'switch': {
			return 'true or false (on, off)';
		}

		case 'rate': {
			return 'bytes a second, such as 20MB, 500kB or 64KiB, or off';
		}

		case 'size': {
			return 'a size, such as 512MB or 2GB';
		}

		case 'duration': {
			return 'a time, such as 5s, 500ms or 2m';
		}

		case 'count': {
			return `a whole number from 1 to ${kind.most ?? 0}`;
		}

		case 'port': {
			return 'a port from 0 (a free one) to 65535, or off';
		}

		case 'folder': {
			return 'a folder';
		}

		case 'encoding': {
			return 'an encoding, such as gbk, big5 or shift_jis';
		}

		default: {
			return kind.mostCharacters === undefined
				? 'a text'
				: `a text of at most ${kind.mostCharacters} characters`;
		}
	}
}

const at = (file: string, line: number) => `${file}, line ${line}: `;

export const settingStrings = {
	/** What each setting is for: one line in the file, in `/set` and in the documents. */
	about: {
		name: 'What others see you as.',
		dir: 'Where received files go.',
		'state-dir': 'Identity, verified peers, history and journals.',
		tcp: 'TCP port to listen on.',
		udp: 'UDP port to listen on.',
		host: 'Listen on this address or interface only.',
		backlog: 'Connections that may wait to be accepted.',
		connections: 'TCP connections at the same time, the listeners together.',
		wait: 'How long connecting may take.',
		encoding: 'What plain peers write in that do not speak UTF-8.',
		limit: 'Send at most so much a second, all transfers together.',
		'at-once':
			'Send so many transfers at the same time, the others after them.',
		'require-verified': 'Send away peers that are not verified.',
		'no-plain': 'Send away plain connections, with a line of text.',
		history: 'Keep what is said in the state folder.',
		'history-days': 'Days that it is kept.',
		'history-size': 'How much of it is kept at most.',
		rooms: 'Rooms among verified peers: /join #lab.',
		backfill: 'Give and take what was said in a room before somebody came.',
		theme:
			'Colours: auto is dark or light as the terminal says; 16 leaves them to its palette.',
		borders: 'What lines are drawn with.',
		lang: 'Language of sentences; auto is that of the locale.',
		times: 'The time in front of each message.',
		'key-preset': 'Keys as another program has them.',
		mouse:
			'The wheel scrolls, a click chooses; with Shift the terminal selects.',
		bell: 'Ring for what is said elsewhere than in the open conversation.',
		linear:
			'Line by line instead of panes: for screen readers and serial lines.',
		fresh: 'Start without listeners, framings and looks of the last time.',
	},
	/** Defaults that are no fixed value. */
	presets: {
		'default-name': 'your login name',
		'default-host': 'all addresses, IPv4 and IPv6',
	},
	allowed: allowedValues,
	template: {
		head: (path: string) =>
			`Settings of sockterm. This file: ${path}\nA line counts once the # in front of it is gone. A flag stands over SOCKTERM_* in the\nenvironment, that over this file, this file over the default. In the console, /set shows\nand changes them, and /set -save NAME writes one here.`,
		allowed: (allowed: string) => `Takes ${allowed}.`,
		preset: (preset: string) => `Default: ${preset}.`,
		restart: 'Takes effect at the next start.',
	},
	keys: {
		at,
		noPlace: (
			place: string,
			places: readonly string[],
			nearest: string | undefined,
		) =>
			`there are no keys for "${place}".${nearest === undefined ? ` There are ${places.join(', ')}.` : ` Did you mean [keys.${nearest}]?`}`,
		noKey: (key: string) =>
			`"${key}" is no key. Write such as ctrl+n, alt+1, shift+tab, pageup, f4 or a single character.`,
		sameKey: (key: string, same: string) =>
			`a terminal sends ${same} for "${key}": the two cannot be told apart. Take another key.`,
		isText: (key: string, place: string) =>
			`"${key}" could not be typed any more in ${place}. Take one with ctrl or alt.`,
		twice: (key: string, place: string, before: number) =>
			`"${key}" in ${place} has an action in line ${before} already, which counts.`,
		noAction: (name: string, place: string, nearest: string | undefined) =>
			`"${name}" is nothing that a key of ${place} can do.${nearest === undefined ? ' docs/configuration.md lists what it can.' : ` Did you mean ${nearest}?`}`,
		needed: (key: string, action: string, place: string) =>
			`"${key}" is the only key of ${action} in ${place}. Give ${action} another one in a line above.`,
	},
	title: 'Settings',
	origins: {
		set: 'set',
		flag: 'flag',
		environment: 'environment',
		config: 'file',
		default: 'default',
	},
	kept: (path: string) => `The file: ${path}`,
	howTo: '/set NAME VALUE changes one, /set -save NAME VALUE in the file too.',
	is: (name: string, value: string, from: string) =>
		`${name} is ${value} (${from}).`,
	now: (name: string, value: string) => `${name} is ${value} now.`,
	atStart: (name: string, value: string) =>
		`${name} takes effect at the start: write it with /set -save ${name} ${value}, then start again.`,
	saved: (name: string, value: string, path: string) =>
		`${name} = ${value} is written into ${path}.`,
	savedForStart: (name: string, value: string, path: string) =>
		`${name} = ${value} is written into ${path} and holds from the next start on.`,
	takenOut: (name: string, path: string) =>
		`${name} is commented out in ${path}.`,
	sayName: 'Say which setting: /unset NAME. /set lists them.',
	noSuch: (name: string, nearest: string | undefined) =>
		nearest === undefined
			? `There is no setting "${name}". /set lists them.`
			: `There is no setting "${name}". Did you mean ${nearest}?`,
	takes: (name: string, given: string, kind: KindLike) =>
		`${name} takes ${allowedValues(kind)}; not "${given}".`,
	notSet: (name: string) =>
		`${name} has not been set in this run. /unset -save ${name} takes it out of the file.`,
	more: (count: number) =>
		` (${count} more like that: /set shows all of them.)`,
	problems: {
		unreadable: (file: string, what: string) =>
			`The settings in ${file} cannot be read (${what}), so the defaults hold. Mend the file, or name another one with --config FILE.`,
		unwritable: (file: string, what: string) =>
			`${file} cannot be written (${what}). What was set holds until the end of this run.`,
		tooLong: (file: string) =>
			`${file} is not a file of settings: it is no file, or longer than 1 MiB. The defaults hold.`,
		missing: (file: string) =>
			`There is no ${file}. Leave --config away, or start the console with it: that writes one.`,
		syntax: (file: string, line: number) =>
			`${at(file, line)}this is no TOML and is passed over. A setting is written as name = "text", name = 5 or name = true.`,
		unknown: (
			file: string,
			line: number,
			name: string,
			nearest: string | undefined,
		) =>
			`${at(file, line)}there is no setting "${name}".${nearest === undefined ? ' /set lists them.' : ` Did you mean ${nearest}?`}`,
		value: (
			file: string,
			line: number,
			name: string,
			found: string,
			kind: KindLike,
		) =>
			`${at(file, line)}${name} is "${found}", and takes ${allowedValues(kind)}. The default holds.`,
		twice: (file: string, line: number, name: string, before: number) =>
			`${at(file, line)}${name} stands in line ${before} already, which counts.`,
		keyShape: (file: string, line: number, name: string) =>
			`${at(file, line)}${name} is no key. Write a table and in it keys with actions: [keys.panes] and below "ctrl+n" = "nextWithActivity".`,
	},
} as const;
