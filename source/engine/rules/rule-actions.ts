/**
 * What a rule does: answers, notes, forwards; or says what it would do. Decides what
 * that looks like in bytes; when it happens is `rules.ts`.
 */
import {SocktermError} from '../../errors.js';
import {parseByteTemplate} from '../../protocol/byte-template.js';
import type {Chat} from '../chat.js';
import type {EngineContext} from '../context.js';
import type {PeerKey, RuleId, SafeText} from '../ids.js';
import type {PeerTable} from '../sessions/peer-table.js';
import {plainSession} from '../streams/plain-session.js';
import type {Rule, RuleAction} from './rule-commands.js';
import {
	fillLine,
	fillText,
	type Captures,
	type RuleFrame,
} from './rule-matching.js';
import {toSafeText} from '../sanitize.js';
import {textOf} from '../text-view.js';
import {createTypedBytes} from '../streams/typed-bytes.js';

export interface RuleActions {
	/** Throws what is wrong with an action before it is ever done. */
	check(action: RuleAction): void;
	/** Throws what keeps it from being done. */
	act(rule: Rule, peer: PeerKey, frame: RuleFrame, captures: Captures): void;
	/** What people call a rule. */
	numberOf(id: RuleId): string;
}

const noteCharacters = 500;

export function createRuleActions(
	context: EngineContext,
	table: PeerTable,
	chat: Pick<Chat, 'send'>,
): RuleActions {
	const numberOf = (id: RuleId) => id.slice(id.indexOf(':') + 1);
	const labelOf = ({id}: Rule): SafeText => toSafeText(`rule ${numberOf(id)}`);

	const note = (peer: PeerKey, text: string) => {
		context.emit({
			type: 'stream/noted',
			conversation: peer,
			text: toSafeText(text, {maxCharacters: noteCharacters}),
		});
	};

	const answerOf = (
		{action, hits}: Rule,
		peer: PeerKey,
		frame: RuleFrame,
		captures: Captures,
	): Uint8Array => {
		if (action.kind !== 'answer') return new Uint8Array(0);
		const entry = table.find(peer);
		const session = plainSession(entry);
		// In that of the question, which the session may not have learned yet.
		const encoding = frame.encoding() ?? session.encoding();
		const {line, notation} = action;
		const filled = fillLine(line, notation, captures, encoding);
		return createTypedBytes(context, filled, notation).render(
			entry,
			{...session, encoding: () => encoding},
			hits,
		);
	};

	const forward = (rule: Rule, to: PeerKey, frame: RuleFrame) => {
		const entry = table.find(to);
		if (entry.session?.kind === 'peer') chat.send(to, frame.text());
		// The bytes of a frame are the state's: what is given away is a copy.
		else
			plainSession(entry).sendBytes(frame.bytes.slice(), {note: labelOf(rule)});
	};

	/** A dry run as a line: the rule, and what it would send or say. */
	const rehearse = (
		rule: Rule,
		peer: PeerKey,
		frame: RuleFrame,
		captures: Captures,
	) => {
		const {action} = rule;
		const {peers} = context.state();
		const encoding = plainSession(table.find(peer)).encoding();
		const what =
			action.kind === 'answer'
				? `⇠ ${textOf(answerOf(rule, peer, frame, captures), encoding)}`
				: action.kind === 'note'
					? fillText(action.text, captures)
					: `⇢ ${peers.get(action.to)?.name ?? ''}: ${frame.text()}`;
		note(peer, `${labelOf(rule)} (dry) ${what}`);
	};

	return {
		numberOf,
		check(action) {
			if (action.kind === 'forward') {
				table.find(action.to);
			} else if (action.kind === 'answer') {
				const {line, notation} = action;
				// Captures are text, so nothing about the notation depends on them.
				const filled = fillLine(line, notation, [], 'utf-8');
				if (line === '') throw new SocktermError('nothingToSend');
				parseByteTemplate(filled, notation);
			} else if (action.text === '') {
				throw new SocktermError('nothingToSend');
			}
		},
		act(rule, peer, frame, captures) {
			const {action} = rule;
			if (rule.dryRun) {
				rehearse(rule, peer, frame, captures);
				return;
			}

			switch (action.kind) {
				case 'answer': {
					const bytes = answerOf(rule, peer, frame, captures);
					plainSession(table.find(peer)).sendBytes(bytes, {
						note: labelOf(rule),
					});
					break;
				}

				case 'note': {
					note(peer, `${labelOf(rule)}: ${fillText(action.text, captures)}`);
					break;
				}

				case 'forward': {
					forward(rule, action.to, frame);
					break;
				}
			}
		},
	};
}
