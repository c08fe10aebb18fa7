/** Offers that wait for somebody's answer: one question at a time, in the order of the offers. */
import type {TransferId} from '../engine/index.js';
import {strings} from '../strings/index.js';
import type {Offered} from './happenings.js';
import {offerLines} from './offer-question.js';
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

const defaultColumns = 80;

/** Asks about offers one after the other. Lines that are typed while nothing is asked answer nothing. */
export function createQuestions({engine, output}: VerbContext): Questions {
	const waiting: Offered[] = [];
	let asked: TransferId | undefined;
	let canAnswer = true;

	const answer = (transfer: TransferId, isYes: boolean) => {
		engine.dispatch({
			type: isYes ? 'transfer/accept' : 'transfer/decline',
			transfer,
		});
	};

	const askNext = () => {
		while (asked === undefined) {
			const offered = waiting.shift();
			if (!offered) return;
			const columns = output.columns() ?? defaultColumns;
			for (const line of offerLines(engine.getState(), offered, columns)) {
				output.note(line);
			}

			const {transfer, entries} = offered;
			if (!canAnswer || entries.every(({refused}) => refused)) {
				answer(transfer, false);
				continue;
			}

			asked = transfer;
			output.question(strings.cli.question.ask);
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
			if (asked !== transfer) return;
			asked = undefined;
			output.question(undefined);
			askNext();
		},
		typed(line: string | undefined) {
			if (line === undefined) canAnswer = false;
			if (asked === undefined) return;
			const transfer = asked;
			asked = undefined;
			if (line === undefined) output.question(undefined);
			else output.answered();
			answer(transfer, /^y(es)?$/i.test(line?.trim() ?? ''));
			askNext();
		},
	};
}
