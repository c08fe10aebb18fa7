/** `sockterm send`: offers files to one peer; done only after the receiver has said that each is saved. */
import type {EngineEvent, PeerKey, TransferId} from '../engine/index.js';
import {errorInfo} from '../errors.js';
import {describeError, strings} from '../strings/index.js';
import {exitCodes} from './exit-codes.js';
import {createProgressBar} from './progress.js';
import type {Verb, VerbContext} from './verb.js';

export interface SendOptions {
	readonly paths: readonly string[];
	readonly host: string;
	readonly port: number;
}

type Finished = Extract<EngineEvent, {type: 'transfer/finished'}>;

function conclude(context: VerbContext, event: Finished, name: string): void {
	const {outcome} = event;
	switch (outcome.kind) {
		case 'saved': {
			context.finish(exitCodes.done);
			break;
		}

		case 'declined': {
			context.finish(exitCodes.declined, strings.cli.declined(name));
			break;
		}

		case 'cancelled': {
			context.finish(exitCodes.failed, strings.cli.cancelledByPeer(name));
			break;
		}

		case 'failed': {
			context.finish(
				exitCodes.failed,
				strings.cli.transferFailed(name, describeError(outcome.error)),
			);
			break;
		}
	}
}

export function createSendVerb({paths, host, port}: SendOptions): Verb {
	let peer: PeerKey | undefined;
	let transfer: TransferId | undefined;
	let name = host;
	const drawBar = createProgressBar();

	return {
		start({engine}) {
			engine.dispatch({
				type: 'peer/dial',
				target: {kind: 'peer', host, port},
			});
		},
		event(context, event) {
			const {engine, output, json} = context;
			drawBar(context, event);
			switch (event.type) {
				case 'peer/connected': {
					({peer, name} = event);
					engine.dispatch({type: 'transfer/offer', peer, paths});
					break;
				}

				case 'peer/left': {
					context.fail(event.error ?? errorInfo('connectionReset'));
					break;
				}

				case 'transfer/offered': {
					if (event.direction === 'in') {
						// A script that sends is not there to receive.
						const {transfer: id} = event;
						engine.dispatch({type: 'transfer/decline', transfer: id});
						break;
					}

					({transfer} = event);
					if (json) break;
					if (event.leftOut) output.note(strings.cli.leftOut(event.leftOut));
					output.note(strings.cli.waitingForAccept(name));
					break;
				}

				case 'transfer/entrySaved': {
					if (event.transfer !== transfer || json) break;
					const file =
						engine.getState().transfers.get(event.transfer)?.entries[
							event.entry
						]?.name ?? '';
					const {savedAs, digest} = event;
					output.line(strings.cli.delivered(file, savedAs, digest));
					break;
				}

				case 'transfer/finished': {
					if (event.transfer === transfer) conclude(context, event, name);
					break;
				}

				default: {
					break;
				}
			}
		},
	};
}
