/** What the verbs are told on the command line; every wrong one gets a sentence. */
import {
	address,
	durationFlag,
	framingFlag,
	Misuse,
	rangeFlag,
	usage,
	type Flags,
} from './flags.js';
import type {ListenRequest, VerbRequest} from './request.js';
import {
	parseAutoAccept,
	type AutoAccept,
	type ParsedAddress,
} from './engine/index.js';

type VerbOf<Name extends VerbRequest['verb']['name']> = Extract<
	VerbRequest['verb'],
	{name: Name}
>;

function addressees(flags: Flags, verb: string): readonly ParsedAddress[] {
	const said = flags.to ?? [];
	if (said.length === 0) throw new Misuse(usage.needsTo(verb));
	return said.map(address);
}

/** Whether only verified peers are to be taken files from, and nobody is asked. */
export const isVerifiedOnly = (verb: VerbRequest['verb']): boolean =>
	(verb.name === 'listen' && verb.accept === 'verified') ||
	(verb.name === 'receive' && verb.verifiedOnly);

/** Whether it takes files into a folder, so that what was begun can go on. */
export const takesFiles = (verb: VerbRequest['verb']): boolean =>
	(verb.name === 'listen' && verb.accept !== 'none') ||
	(verb.name === 'receive' && !verb.stdout);

/** How much of them. */
export function readAutoAccept({atMost}: Flags): {readonly caps: AutoAccept} {
	const caps = parseAutoAccept(atMost?.trim().split(/[\s,]+/) ?? []);
	if (!caps) throw new Misuse(usage.atMost(atMost ?? ''));
	return {caps};
}

function needsVerified({accept, atMost}: Flags): void {
	if (atMost === undefined || accept === 'verified') return;
	throw new Misuse(usage.atMostOfVerified);
}

export function readListen(
	flags: Flags,
	listen: ListenRequest,
): VerbOf<'listen'> {
	const {accept} = flags;
	if (accept !== 'none' && accept !== 'all' && accept !== 'verified') {
		throw new Misuse(usage.accept(accept));
	}

	needsVerified(flags);

	const framing = framingFlag(flags.framing);
	const idleMs = durationFlag('--idle', flags.idle);
	const allow = rangeFlag('--allow', flags.allow);
	const deny = rangeFlag('--deny', flags.deny);
	const {encoding, raw, hex, hexDump} = flags;
	return {
		name: 'listen',
		accept,
		hex,
		...(hexDump === undefined ? {} : {dump: hexDump}),
		listen: {
			...listen,
			...(flags.join && flags.join.length > 0 ? {rooms: flags.join} : {}),
			access: {
				...(allow.length > 0 ? {allow} : {}),
				...(deny.length > 0 ? {deny} : {}),
			},
			stream: {
				...(raw ? {raw} : {}),
				...(framing ? {framing} : {}),
				...(encoding === undefined ? {} : {encoding}),
				...(idleMs === undefined ? {} : {idleMs}),
			},
		},
	};
}

export function readReceive(
	verb: string,
	operands: readonly string[],
	flags: Flags,
	listen: ListenRequest,
): VerbOf<'receive'> {
	const [operand] = operands;
	if (operand !== undefined) {
		throw new Misuse(usage.noOperands(verb, operand));
	}

	const {udp: _, ...withoutUdp} = listen;
	if (withoutUdp.tcp === undefined && withoutUdp.connect.length === 0) {
		throw new Misuse(usage.nothingToListenOn);
	}

	const {keep, yes, stdout, accept} = flags;
	const verifiedOnly = accept === 'verified';
	if (!verifiedOnly && accept !== 'none') {
		throw new Misuse(usage.receiveAccept(accept));
	}

	needsVerified(flags);
	if (verifiedOnly && (yes || stdout)) {
		throw new Misuse(usage.verifiedAlone(yes ? '--yes' : '--stdout'));
	}

	const other = flags.json
		? '--json'
		: keep
			? '--keep'
			: flags.dir === undefined
				? undefined
				: '--dir';
	if (stdout && other) throw new Misuse(usage.stdoutAlone(other));
	return {
		name: 'receive',
		listen: withoutUdp,
		keep,
		yes,
		stdout,
		verifiedOnly,
	};
}

/** Whether a name can be that of one file: the other side decides what it makes of it. */
const isFileName = (name: string): boolean =>
	name !== '' && name !== '.' && name !== '..' && !/[/\\]/.test(name);

export function readSend(
	operands: readonly string[],
	flags: Flags,
): VerbOf<'send'> {
	if (operands.length === 0) throw new Misuse(usage.needsFiles);
	const to = addressees(flags, 'send');
	const said = flags.to ?? [];
	for (const [index, {kind, host, port}] of to.entries()) {
		const text = said[index]!;
		if (kind !== 'peer') throw new Misuse(usage.onlyPeersTakeFiles(text));
		const isTwice = to
			.slice(0, index)
			.some(other => other.host === host && other.port === port);
		if (isTwice) throw new Misuse(usage.sameAddressee(text));
	}

	const isInput = operands.includes('-');
	const {as} = flags;
	if (!isInput) {
		if (as !== undefined) throw new Misuse(usage.asWithoutInput);
		return {name: 'send', paths: operands, to};
	}

	if (operands.length > 1) throw new Misuse(usage.inputAlone);
	if (as === undefined) throw new Misuse(usage.inputNeedsName);
	if (!isFileName(as)) throw new Misuse(usage.badInputName(as));
	if (to.length > 1) throw new Misuse(usage.inputToOne);
	return {name: 'send', paths: [], input: as, to};
}

export function readPair(
	operands: readonly string[],
	flags: Flags,
): VerbOf<'pair'> {
	const [operand] = operands;
	if (operand !== undefined) throw new Misuse(usage.pairing.operand(operand));
	const [to, ...others] = addressees(flags, 'pair');
	if (!to || others.length > 0) throw new Misuse(usage.pairing.toOne);
	if (to.kind !== 'peer') {
		throw new Misuse(usage.pairing.onlyPeers(flags.to?.[0] ?? ''));
	}

	const {show, as} = flags;
	return {name: 'pair', to, show, ...(as === undefined ? {} : {petname: as})};
}

export function readId(operands: readonly string[]): VerbOf<'id'> {
	const [operand] = operands;
	if (operand === undefined) return {name: 'id'};
	throw new Misuse(usage.pairing.idOperand(operand));
}

export function readSay(
	operands: readonly string[],
	flags: Flags,
): VerbOf<'say'> {
	const [said] = operands;
	if (said === undefined) throw new Misuse(usage.needsText);
	const [to, ...others] = addressees(flags, 'say');
	if (!to || others.length > 0) throw new Misuse(usage.sayToOne);
	return {
		name: 'say',
		text: said === '-' ? undefined : operands.join(' '),
		to,
		...(flags.encoding === undefined ? {} : {encoding: flags.encoding}),
	};
}
