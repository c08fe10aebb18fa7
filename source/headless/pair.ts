/**
 * `sockterm pair`: verifies one peer, with the code on its screen or one that is
 * shown here. The code comes from whoever sits here or from the environment, never
 * from the arguments, and goes to the terminal alone. Done once the key is kept.
 */
import type {EngineEvent, ParsedAddress, PeerKey} from '../engine/index.js';
import {errorInfo} from '../errors.js';
import {describeError, strings} from '../strings/index.js';
import {exitCodes} from './exit-codes.js';
import type {TypedLines} from './questions.js';
import type {Refused, Verb, VerbContext} from './verb.js';

export interface PairOptions {
	readonly target: ParsedAddress;
	/** Makes the code that is shown here; missing: theirs is typed here. */
	readonly makeCode?: () => string;
	/** What the peer is called from now on; missing: as it calls itself. */
	readonly petname?: string;
	/** Instead of what is typed: one attempt. */
	readonly code?: string;
	readonly answers?: TypedLines;
}

export function createPairVerb(options: PairOptions): Verb {
	const {target, makeCode, petname, code} = options;
	const words = strings.cli.pairing;
	let peer: PeerKey | undefined;
	/** Lines that were typed before they were asked for; undefined: no more comes. */
	const typed: Array<string | undefined> = [];
	let isAsking = false;
	/** An attempt is made, and has neither failed nor ended: if it was right, the key is being kept. */
	let isTried = false;

	const named = petname === undefined ? {} : {petname};
	const nameOf = ({engine}: VerbContext) =>
		(peer && engine.getState().peers.get(peer)?.name) ?? target.host;

	const giveUp = (context: VerbContext, sentence: string) => {
		context.finish(exitCodes.notVerified, sentence);
	};

	const enter = ({engine}: VerbContext, digits: string) => {
		if (!peer) return;
		engine.dispatch({type: 'trust/enterCode', peer, code: digits, ...named});
	};

	const takeLine = (context: VerbContext) => {
		if (!isAsking || typed.length === 0) return;
		isAsking = false;
		const line = typed.shift();
		if (line === undefined) {
			giveUp(context, words.noCode);
			return;
		}

		context.output.answered();
		enter(context, line);
	};

	const ask = (context: VerbContext) => {
		isAsking = true;
		context.output.question(words.ask);
		takeLine(context);
	};

	const connected = (
		context: VerbContext,
		event: Extract<EngineEvent, {type: 'peer/connected'}>,
	) => {
		if (peer) return;
		({peer} = event);
		const {output, engine} = context;
		if (event.trust === 'VERIFIED') {
			context.finish(exitCodes.done, words.already(event.name));
		} else if (makeCode) {
			const shown = makeCode();
			output.note(words.show(event.name, shown.replace(/...$/, ' $&')));
			engine.dispatch({type: 'trust/showCode', peer, code: shown, ...named});
		} else {
			output.note(words.waitForCode(event.name));
		}
	};

	return {
		start(context) {
			const {host, port} = target;
			context.engine.dispatch({
				type: 'peer/dial',
				target: {kind: 'peer', host, port},
			});
			if (makeCode || code !== undefined) return;
			options.answers?.(line => {
				typed.push(line);
				takeLine(context);
			});
		},
		event(context, event) {
			const {output} = context;
			switch (event.type) {
				case 'peer/connected': {
					connected(context, event);
					break;
				}

				case 'trust/warned': {
					const {warning, petname} = event;
					output.note(words.warning[warning](nameOf(context), petname));
					break;
				}

				case 'trust/codeOpened': {
					if (makeCode || event.screen === 'ours') break;
					output.note(words.shownThere(nameOf(context)));
					if (code === undefined) ask(context);
					else enter(context, code);
					break;
				}

				case 'trust/codeTried': {
					isTried = true;
					break;
				}

				case 'trust/codeFailed': {
					isTried = false;
					output.note(words.failed(nameOf(context), event.attemptsLeft));
					if (makeCode || event.attemptsLeft === 0) break;
					// The same code again would be wrong again.
					if (code !== undefined) context.finish(exitCodes.notVerified);
					else ask(context);
					break;
				}

				case 'trust/codeEnded': {
					isTried = false;
					const {reason, attemptsLeft} = event;
					giveUp(context, words.ended[reason](nameOf(context), attemptsLeft));
					break;
				}

				case 'trust/paired': {
					if (!context.json) output.line(words.paired(event.petname));
					context.finish(exitCodes.done);
					break;
				}

				case 'trust/pairingFailed': {
					giveUp(context, describeError(event.error));
					break;
				}

				case 'peer/left': {
					// An attempt that the end has cut off has ended before: the key is about to be kept.
					if (isTried) break;
					const error = event.error ?? errorInfo('connectionReset');
					if (error.code === 'keyChanged') {
						giveUp(context, describeError(error));
					} else {
						context.fail(error);
					}

					break;
				}

				default: {
					break;
				}
			}
		},
		refused(context: VerbContext, {error}: Refused) {
			const canAskAgain = !makeCode && code === undefined;
			if (error.code !== 'badCode' || !canAskAgain) return false;
			context.output.note(describeError(error));
			ask(context);
			return true;
		},
	};
}
