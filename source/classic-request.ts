/** What the verbs are told about the classic file assistant; every wrong one gets a sentence. */
import {parseClassicTarget} from './engine/index.js';
import {checked, Misuse, usage, type Flags} from './flags.js';
import type {ListenRequest} from './request.js';

export type ClassicRequest =
	| {readonly name: 'classicReceive'; readonly listen: ListenRequest}
	| {
			readonly name: 'classicSend';
			readonly path: string;
			readonly to: {readonly host: string; readonly port: number};
	  };

type Receive = Extract<ClassicRequest, {name: 'classicReceive'}>;
type Send = Extract<ClassicRequest, {name: 'classicSend'}>;

/** `listen` as it was asked for without `--classic-receive`. */
export function readClassicReceive(
	flags: Flags,
	listen: ListenRequest,
): Receive {
	const others: ReadonlyArray<readonly [string, boolean]> = [
		['--framing', flags.framing !== undefined],
		['--hex', flags.hex],
		['-x', flags.hexDump !== undefined],
		['--raw', flags.raw],
		['--idle', flags.idle !== undefined],
		['--udp', flags.udp !== undefined],
		['--connect', (flags.connect ?? []).length > 0],
		['--accept', flags.accept !== 'none'],
	];
	const other = others.find(([, isThere]) => isThere);
	if (other) throw new Misuse(usage.classic.receiveAlone(other[0]));
	const {udp: _udp, ...withoutUdp} = listen;
	if (withoutUdp.tcp === undefined) throw new Misuse(usage.classic.needsTcp);
	return {
		name: 'classicReceive',
		listen: {
			...withoutUdp,
			connect: [],
			stream: {purpose: {kind: 'classic'}},
		},
	};
}

export function readClassicSend(
	operands: readonly string[],
	flags: Flags,
): Send {
	const words = usage.classic;
	const [path, ...others] = operands;
	if (path === undefined || path === '-') throw new Misuse(words.needsFile);
	if (others.length > 0) throw new Misuse(words.oneFile);
	const [to, ...more] = flags.to ?? [];
	if (to === undefined) throw new Misuse(usage.needsTo('send --classic'));
	if (more.length > 0) throw new Misuse(words.oneReceiver);
	return {
		name: 'classicSend',
		path,
		to: checked(() => parseClassicTarget(to)),
	};
}
