/** What stands behind `/listen`: the same words open a listener from the list of them. */
import {parseFraming, type ListenerOptions} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import {parseAddressRange} from '../../util/address-range.js';
import {parseDurationMs} from '../../util/durations.js';
import {SocktermError} from '../../errors.js';
import {readListenAddress} from './parse-address.js';

export type ListenResult =
	| {readonly ok: true; readonly options: ListenerOptions}
	| {readonly ok: false; readonly message: string};

const kinds = ['tcp', 'tls', 'udp'] as const;

export const listenFlags = [
	'--raw',
	'--framing',
	'--encoding',
	'--idle',
	'--allow',
	'--deny',
	'--classic',
] as const;

type ListenFlag = (typeof listenFlags)[number];

const withoutValue = new Set<ListenFlag>(['--raw', '--classic']);

/** A sentence about what was typed. */
class Unclear extends Error {}

const sentences = strings.input.listeners;

/** Words and `--flag value`, `--flag=value` taken apart. */
function takeApart(words: readonly string[]) {
	const plain: string[] = [];
	const flags = new Map<ListenFlag, string[]>();
	for (let index = 0; index < words.length; index++) {
		const word = words[index]!;
		if (!word.startsWith('--')) {
			plain.push(word);
			continue;
		}

		const [, name = '', joined] = /^(--[^=]*)(?:=(.*))?$/s.exec(word) ?? [];
		const flag = listenFlags.find(each => each === name.toLowerCase());
		if (!flag) throw new Unclear(sentences.unknownOption(name));
		const takesNone = withoutValue.has(flag);
		const value = takesNone ? '' : (joined ?? words[++index]);
		if (value === undefined || (takesNone && joined !== undefined)) {
			throw new Unclear(sentences.optionValue(flag, takesNone));
		}

		flags.set(flag, [...(flags.get(flag) ?? []), value]);
	}

	return {plain, flags};
}

function ranges(values: readonly string[] | undefined): readonly string[] {
	const all = (values ?? []).flatMap(value => value.split(',').filter(Boolean));
	const bad = all.find(each => !parseAddressRange(each));
	if (bad !== undefined) throw new Unclear(sentences.badRange(bad));
	return all;
}

function idleMs(text: string): number {
	const ms = parseDurationMs(text);
	if (ms === undefined) throw new Unclear(sentences.badTime(text));
	return ms;
}

function optionsOf(words: readonly string[]): ListenerOptions {
	const {plain, flags} = takeApart(words);
	const [kindText = '', text = '', ...more] = plain;
	const kind = kinds.find(each => each === kindText.toLowerCase());
	if (!kind) throw new Unclear(sentences.sayKind);
	const [surplus] = more;
	if (surplus !== undefined) throw new Unclear(sentences.surplus(surplus));
	const address = readListenAddress(text);
	if (!address.ok) throw new Unclear(address.message);
	const forStreams = [...flags.keys()].find(
		flag => flag !== '--allow' && flag !== '--deny',
	);
	if (kind === 'udp' && forStreams) {
		throw new Unclear(sentences.notForUdp(forStreams));
	}

	const last = (flag: ListenFlag) => flags.get(flag)?.at(-1);
	const framing = last('--framing');
	const encoding = last('--encoding');
	const idle = last('--idle');
	const allow = ranges(flags.get('--allow'));
	const deny = ranges(flags.get('--deny'));
	const {host, port} = address;
	return {
		kind,
		port,
		...(host === undefined ? {} : {host}),
		...(flags.has('--raw') ? {raw: true} : {}),
		...(framing === undefined ? {} : {framing: parseFraming(framing)}),
		...(encoding === undefined ? {} : {encoding}),
		...(idle === undefined ? {} : {idleMs: idleMs(idle)}),
		...(allow.length > 0 ? {allow} : {}),
		...(deny.length > 0 ? {deny} : {}),
		...(flags.has('--classic') ? {purpose: {kind: 'classic'}} : {}),
	};
}

/** `tcp|tls|udp [addr:]port [--raw] [--framing F] …`, or a sentence about what is wrong with it. */
export function readListen(words: readonly string[]): ListenResult {
	try {
		return {ok: true, options: optionsOf(words)};
	} catch (error) {
		if (error instanceof Unclear) return {ok: false, message: error.message};
		if (error instanceof SocktermError) {
			return {ok: false, message: describeError(error.info)};
		}

		throw error;
	}
}
