/**
 * Impairments as people write them: `delay=50ms jitter=20ms drop=1% corrupt=0.1%
 * split=3 join=100ms rate=10KB`, or `off`. What is not named stays as it was. Says
 * what is wrong as data; sentences are left to the front ends.
 */
import {formatRate, parseSize} from '../util/quantities.js';
import {longestMs, noImpairment, type Impairment} from './impairment.js';

type Key = keyof Impairment;
type Kind = 'duration' | 'chance' | 'bytes' | 'rate';

const words = {
	delay: ['delayMs', 'duration'],
	jitter: ['jitterMs', 'duration'],
	drop: ['dropChance', 'chance'],
	corrupt: ['corruptChance', 'chance'],
	split: ['splitBytes', 'bytes'],
	join: ['joinMs', 'duration'],
	rate: ['rate', 'rate'],
} as const satisfies Readonly<Record<string, readonly [Key, Kind]>>;

export type ImpairmentWord = keyof typeof words;

/** Every word that an impairment is made of, in the order in which it is written. */
export const impairmentWords = Object.keys(words) as readonly ImpairmentWord[];

export type ImpairmentProblem =
	| {readonly kind: 'unknown'; readonly text: string}
	| {
			readonly kind: 'value';
			readonly word: ImpairmentWord;
			readonly text: string;
	  };

/** `50ms`, `1.5s`, `50`. */
function readDuration(text: string): number | undefined {
	const [, digits, unit] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s)?$/i.exec(text) ?? [];
	if (digits === undefined) return undefined;
	const ms = Number(digits) * (unit?.toLowerCase() === 's' ? 1000 : 1);
	return ms <= longestMs ? ms : undefined;
}

/** `1%`, `0.1%`, `0.01`. */
function readChance(text: string): number | undefined {
	const [, digits, percent] = /^(\d{1,3}(?:\.\d{1,6})?)(%)?$/.exec(text) ?? [];
	if (digits === undefined) return undefined;
	const chance = Number(digits) / (percent ? 100 : 1);
	return chance <= 1 ? chance : undefined;
}

function readValue(kind: Kind, text: string): number | undefined {
	if (text === 'off') return 0;
	switch (kind) {
		case 'duration': {
			return readDuration(text);
		}

		case 'chance': {
			return readChance(text);
		}

		case 'bytes':
		case 'rate': {
			return parseSize(text);
		}
	}
}

/** What stands in the words, over what there was; the first word that makes no sense is told. */
export function parseImpairment(
	texts: readonly string[],
	base: Impairment = noImpairment,
):
	| {readonly ok: true; readonly impairment: Impairment}
	| {readonly ok: false; readonly problem: ImpairmentProblem} {
	let impairment = base;
	for (const text of texts) {
		const [name = '', value = ''] = text.toLowerCase().split('=', 2);
		if (name === 'off' && !text.includes('=')) {
			impairment = noImpairment;
			continue;
		}

		if (!Object.hasOwn(words, name)) {
			return {ok: false, problem: {kind: 'unknown', text}};
		}

		const word = name as ImpairmentWord;
		const [key, kind] = words[word];
		const read = readValue(kind, value);
		if (read === undefined) {
			return {ok: false, problem: {kind: 'value', word, text: value}};
		}

		impairment = {...impairment, [key]: read};
	}

	return {ok: true, impairment};
}

/** Shares of a percent without the tail of binary fractions. */
const percent = (chance: number) => `${Number((chance * 100).toFixed(4))}%`;

function valueText(kind: Kind, value: number): string {
	switch (kind) {
		case 'duration': {
			return `${value}ms`;
		}

		case 'chance': {
			return percent(value);
		}

		case 'bytes': {
			return String(value);
		}

		case 'rate': {
			return formatRate(value).replace(' ', '');
		}
	}
}

/** In short, for a title: `delay=50ms drop=1%`; empty where nothing is impaired. */
export function formatImpairment(impairment: Impairment): string {
	return impairmentWords
		.flatMap(word => {
			const [key, kind] = words[word];
			const value = impairment[key];
			return value > 0 ? [`${word}=${valueText(kind, value)}`] : [];
		})
		.join(' ');
}
