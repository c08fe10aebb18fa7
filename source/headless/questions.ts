/** Offers that wait for somebody's answer: one question at a time, in the order of the offers. */
import type {TransferId} from '../engine/index.js';
import {strings} from '../strings/index.js';
import {parseChoice} from './choice.js';
import type {Offered} from './happenings.js';
import {offerQuestion} from './offer-question.js';
import type {VerbContext} from './verb.js';

/** Calls back with each line that somebody types, and with undefined when no more can come. */
export type TypedLines = (callback: (line: string | undefined) => void) => void;

export interface Questions {
	add(offered: Offered): void;
	/** It needs no answer any more. */
	remove(transfer: TransferId): void;
	/** A line, or undefined when no more can come: then everything is declined. */
	typed(line: string | undefined): void;
}

interface Asked {
	readonly transfer: TransferId;
	/** Entries that can be taken, in the order of their numbers. */
	readonly rows: readonly number[];
}

const defaultColumns = 80;
const words = strings.cli.question;

/** Asks about offers one after the other. Lines that are typed while nothing is asked answer nothing. */
export function createQuestions(
	{engine, output}: VerbContext,
	{toStdout}: {readonly toStdout: boolean},
): Questions {
	const waiting: Offered[] = [];
	let asked: Asked | undefined;
	let canAnswer = true;

	const decline = (transfer: TransferId) => {
		engine.dispatch({type: 'transfer/decline', transfer});
	};

	const ask = ({rows}: Asked) => {
		output.question(rows.length > 1 ? words.askWhich : words.ask);
	};

	const askNext = () => {
		while (asked === undefined) {
			const offered = waiting.shift();
			if (!offered) return;
			const columns = output.columns() ?? defaultColumns;
			const {lines, rows} = offerQuestion(engine.getState(), offered, {
				columns,
				toStdout,
			});
			for (const line of lines) output.note(line);
			const {transfer} = offered;
			if (!canAnswer || rows.length === 0) {
				decline(transfer);
				continue;
			}

			asked = {transfer, rows};
			ask(asked);
		}
	};

	/** Whether that was an answer. */
	const answer = ({transfer, rows}: Asked, line: string): boolean => {
		const choice = parseChoice(line, rows.length);
		switch (choice.kind) {
			case 'all': {
				engine.dispatch({type: 'transfer/accept', transfer});
				return true;
			}

			case 'some': {
				const skip = rows.filter((_, index) => !choice.rows.has(index + 1));
				engine.dispatch({
					type: 'transfer/accept',
					transfer,
					skip: skip.sort((a, b) => a - b),
				});
				return true;
			}

			case 'none': {
				decline(transfer);
				return true;
			}

			case 'unclear': {
				return false;
			}
		}
	};

	return {
		add(offered: Offered) {
			waiting.push(offered);
			askNext();
		},
		remove(transfer: TransferId) {
			const index = waiting.findIndex(each => each.transfer === transfer);
			if (index !== -1) waiting.splice(index, 1);
			if (asked?.transfer !== transfer) return;
			asked = undefined;
			output.question(undefined);
			askNext();
		},
		typed(line: string | undefined) {
			if (line === undefined) canAnswer = false;
			if (asked === undefined) return;
			const answered = asked;
			// Before the answer: what it sets off may ask the next one.
			asked = undefined;
			if (line === undefined) {
				output.question(undefined);
				decline(answered.transfer);
			} else {
				output.answered();
				if (!answer(answered, line)) {
					output.note(words.noSuchEntry(answered.rows.length));
					asked = answered;
					ask(answered);
				}
			}

			askNext();
		},
	};
}
