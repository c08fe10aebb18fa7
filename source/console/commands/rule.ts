import type {RuleId} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';
import {peerNames} from './find-peer.js';
import {readRule} from './rule-line.js';
import {ruleNumber} from './rule-number.js';

/** What is done to a rule that there is. */
const changes = ['on', 'off', 'dry', 'live', 'delete'] as const;
type Change = (typeof changes)[number];

const isChange = (word: string): word is Change =>
	(changes as readonly string[]).includes(word);

function commandFor(change: Change, rule: RuleId) {
	switch (change) {
		case 'on':
		case 'off': {
			const enabled = change === 'on';
			return {type: 'rule/setEnabled', rule, enabled} as const;
		}

		case 'dry':
		case 'live': {
			const dryRun = change === 'dry';
			return {type: 'rule/setDryRun', rule, dryRun} as const;
		}

		case 'delete': {
			return {type: 'rule/remove', rule} as const;
		}
	}
}

/** Words that can stand behind those that are there. */
function nextWords(before: readonly string[], names: () => string[]) {
	const last = before.at(-1)?.toLowerCase();
	const when = before.findIndex(word => word.toLowerCase() === 'when');
	if (last === 'for' || last === 'forward') return names();
	if (when === -1) {
		return before.length === 0
			? ['when', 'for', 'list', ...changes]
			: last === 'dry'
				? ['when', 'for']
				: before.at(-2)?.toLowerCase() === 'for'
					? ['when']
					: [];
	}

	if (last === 'when') return ['contains', 'prefix', 'hex:'];
	const [match = ''] = before.slice(when + 1);
	const isWhole = !/^(?:contains|prefix)$/i.test(match);
	return before.length - when - 1 === (isWhole ? 1 : 2)
		? ['answer', 'note', 'forward']
		: [];
}

export const rule: SlashCommand = {
	name: 'rule',
	usage:
		'rule [dry] [for PEER] when contains|prefix TEXT|/RE/|hex:AA55 answer|note TEXT|forward PEER, rule list|on|off|dry|live|delete N',
	summaryKey: 'rule',
	complete(index, {state}, before) {
		const [first = ''] = before;
		const words = nextWords(before, () => peerNames(state));
		if (index === 1 && isChange(first.toLowerCase())) {
			words.push(...state.rules.values().map(ruleNumber));
		}

		return {words};
	},
	run({words, rest}, {state, ui}) {
		const {rules} = strings.input;
		const [first = 'list', second, third] = words;
		const word = first.toLowerCase();
		if (word === 'list' && second === undefined) {
			ui.openOverlay({kind: 'rules'});
			return done;
		}

		const isOne = second === undefined || /^#?\d+$/.test(second);
		if (isChange(word) && isOne) {
			if (second === undefined) return failed(rules.sayNumber(word));
			if (third !== undefined) return failed(rules.tooMuch(third));
			const number = second.replace('#', '');
			const found = state.rules
				.values()
				.find(each => ruleNumber(each) === number);
			return found
				? withCommand(commandFor(word, found.id))
				: failed(rules.unknown(second));
		}

		const read = readRule(rest(0), state);
		return read.ok
			? withCommand({type: 'rule/add', rule: read.rule})
			: failed(read.message);
	},
};
