/** What goes wrong with rules and relays, one sentence each. */
import type {ErrorCode} from '../errors.js';
import {fact, Name, type Sentence} from './error-facts.js';

const expressionProblems: Readonly<Record<string, string>> = {
	nothingToRepeat: 'nothing stands in front of what repeats it',
	badRepeat: 'a repeat ends below where it begins',
	badRange: 'a range of characters goes backwards',
	badEscape: 'there is no such escape',
	openEscape: 'it ends with a backslash',
	openClass: 'a [ is never closed',
	openGroup: 'a ( is never closed',
	unopened: 'a ) closes nothing',
	tooDeep: 'too many groups stand inside each other',
	tooLong: 'it is too long, counts such as {100} written out',
	reference: 'groups cannot be referred to',
	looksAround:
		'of the forms that begin with (? only (?:…), (?i:…) and (?<name>…) are known',
};

export const ruleErrorSentences = {
	badExpression: details => {
		const {position} = details;
		const place =
			typeof position === 'number' && position > 0
				? ` at character ${position + 1}`
				: '';
		return `That is no expression that can be used: ${expressionProblems[fact(details, 'what', '')] ?? 'it cannot be read'}${place}. Write one such as /T=(\\d+)/, with a backslash in front of what stands for itself.`;
	},
	ruleEmpty: () =>
		'A rule needs something to look for. Write it behind “contains”, such as /rule when contains PING answer PONG.',
	noSuchRule: () => 'There is no such rule any more. /rule list shows them.',
	tooManyRules: details =>
		`${fact(details, 'most', 'So many')} rules are the most. Delete one with /rule delete N.`,
	ruleTooOften: details =>
		`Rule ${fact(details, 'rule', 'N')} had more than ${fact(details, 'most', 'some')} messages of ${fact(details, 'name', 'this peer')} in a second and left the rest alone: two programs may be answering each other. Switch it off with /rule off ${fact(details, 'rule', 'N')}.`,
	notRelayed: details =>
		`${Name(details)} is no relayed connection. /relay 9001 HOST:PORT makes some, one for each client.`,
} as const satisfies Partial<Record<ErrorCode, Sentence>>;
