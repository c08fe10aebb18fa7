/** What `sockterm udp` and the console's commands for groups and meters say, in English. */
import type {MeterCounts} from '../engine/index.js';
import {formatDurationMs} from '../util/durations.js';

const meterWords = (counts: MeterCounts): string => {
	const {received, missing, doubled, late, without, restarted, jitterMs} =
		counts;
	return [
		`${received} numbered`,
		`${missing} missing`,
		`${doubled} doubled`,
		`${late} late`,
		...(restarted ? [`begun anew ${restarted} times`] : []),
		...(without > 0 ? [`${without} without a number`] : []),
		`jitter ${jitterMs.toFixed(2)} ms`,
	].join(', ');
};

export const udpStrings = {
	joined: (group: string, on: string | undefined) =>
		on === undefined ? `Joined ${group}.` : `Joined ${group} on ${on}.`,
	notShown: (count: number) =>
		`${count} datagrams came too fast and are only counted: 200 a second are shown.`,
	noAnswer: (address: string, waitMs: number) =>
		`Nothing answered from ${address} within ${formatDurationMs(waitMs)}. Is a program listening there? UDP does not say.`,
	measured: (from: string, counts: MeterCounts) =>
		`${from}: ${meterWords(counts)}`,
} as const;

/** What is wrong on the command line. */
export const udpUsageStrings = {
	listenOrSend:
		'Say what to do: sockterm udp listen [PORT], or sockterm udp send HOST:PORT TEXT.',
	needsTargetAndText:
		'sockterm udp send needs an address and a text: sockterm udp send HOST:PORT TEXT, or - to read lines from stdin.',
	extra: (operand: string) =>
		`sockterm udp listen takes one port, and no "${operand}". Groups are joined with --join GROUP.`,
	needsPort: (target: string) =>
		`Say which port on ${target}: write HOST:PORT, such as ${target}:10000.`,
	onePort: 'The port was given twice. Say it once: sockterm udp listen 5000.',
	countIsForText:
		'--count repeats one text; from stdin (-) each line is sent once. Leave it away, or give the text.',
	hexOrEscapes:
		'--hex and --escapes are two ways to write the same bytes. Use one of them.',
	notForThis: (flag: string, verb: string) =>
		`${flag} means nothing to sockterm ${verb}. See sockterm --help.`,
} as const;

/** For the console. */
export const datagramCommandStrings = {
	sayGroupToLeave: (joined: readonly string[]) =>
		joined.length === 0
			? 'No group is joined here. /join 239.1.2.3 joins one.'
			: `Say which group: ${joined.join(', ')}.`,
	noMeter:
		'Nothing is measured. /meter u32be@0 reads a number at the start of each datagram.',
	meterIs: (meter: string) =>
		`Measured is ${meter}. /meter off stops it, /meter ${meter} begins anew.`,
	joined: udpStrings.joined,
	left: (group: string, on: string | undefined) =>
		on === undefined ? `Left ${group}.` : `Left ${group} on ${on}.`,
	encodingIs: (encoding: string) =>
		`Datagrams are written in ${encoding}, and read so where they are not UTF-8.`,
} as const;
