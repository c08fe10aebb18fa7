/**
 * `sockterm say`: one text, or a line each from stdin, to a peer, a plain server
 * or as datagrams. Done after the acknowledgement (peer) or when the system has
 * taken it (plain, UDP).
 */
import type {EngineEvent, ParsedAddress, PeerKey} from '../engine/index.js';
import {errorInfo, toErrorInfo} from '../errors.js';
import {exitCodes} from './exit-codes.js';
import type {Verb, VerbContext} from './verb.js';

export interface SayOptions {
	readonly target: ParsedAddress;
	/** The texts, in order; each is a message or a datagram. */
	readonly texts: AsyncIterable<string>;
	readonly encoding?: string;
}

/** So many may be on their way: a long input waits for its reader instead of filling a queue. */
const mostUntaken = 100;

export function createSayVerb({target, texts, encoding}: SayOptions): Verb {
	let said = 0;
	let taken = 0;
	let isAllSaid = false;
	let isStarted = false;
	let goOn: () => void = () => undefined;

	const finishWhenTaken = (context: VerbContext) => {
		if (isAllSaid && taken === said) context.finish(exitCodes.done);
	};

	const sayAll = async (context: VerbContext, say: (text: string) => void) => {
		for await (const text of texts) {
			said++;
			say(text);
			if (said - taken >= mostUntaken) {
				await new Promise<void>(resolve => {
					goOn = resolve;
				});
			}
		}

		isAllSaid = true;
		finishWhenTaken(context);
	};

	const begin = (context: VerbContext, say: (text: string) => void) => {
		if (isStarted) return;
		isStarted = true;
		sayAll(context, say).catch((error: unknown) => {
			context.fail(toErrorInfo(error));
		});
	};

	const beginChat = (context: VerbContext, peer: PeerKey) => {
		const {engine} = context;
		if (encoding && target.kind === 'raw') {
			engine.dispatch({type: 'peer/setEncoding', peer, encoding});
		}

		begin(context, text => {
			engine.dispatch({type: 'chat/send', conversation: peer, text});
		});
	};

	const take = (context: VerbContext) => {
		taken++;
		goOn();
		finishWhenTaken(context);
	};

	return {
		start({engine}) {
			const {kind, host, port} = target;
			if (kind === 'udp') {
				engine.dispatch({type: 'listener/open', kind: 'udp', port: 0});
			} else {
				engine.dispatch({type: 'peer/dial', target: {kind, host, port}});
			}
		},
		event(context, event: EngineEvent) {
			const {engine} = context;
			const {host, port} = target;
			switch (event.type) {
				case 'listener/bound': {
					begin(context, text => {
						engine.dispatch({
							type: 'datagram/send',
							host,
							port,
							text,
							...(encoding ? {encoding} : {}),
						});
					});
					break;
				}

				case 'peer/connected': {
					beginChat(context, event.peer);
					break;
				}

				case 'chat/delivered':
				case 'datagram/sent': {
					take(context);
					break;
				}

				case 'chat/failed':
				case 'datagram/failed':
				case 'listener/failed': {
					context.fail(event.error);
					break;
				}

				case 'peer/left': {
					context.fail(event.error ?? errorInfo('connectionReset'));
					break;
				}

				default: {
					break;
				}
			}
		},
	};
}
