/** What `sockterm relay` is told on the command line; every wrong one gets a sentence. */
import {
	defaultFraming,
	parseImpairment,
	parsePort,
	type DialTarget,
	type Framing,
	type Impairment,
} from './engine/index.js';
import {address, framingFlag, Misuse, type Flags} from './flags.js';
import {strings} from './strings/index.js';

/** Checked: plain data. */
export interface RelayRequest {
	readonly name: 'relay';
	readonly port: number;
	readonly host?: string;
	readonly target: DialTarget;
	readonly framing: Framing;
	readonly encoding?: string;
	readonly hex: boolean;
	readonly impairment?: Impairment;
	/** A file for all bytes as hex. */
	readonly dump?: string;
}

const words = strings.cli.relay;

/** `[addr:]port`; port 0 takes a free one. */
function readHere(text: string): {
	readonly port: number;
	readonly host?: string;
} {
	const [, host, portText = text] =
		/^(\[[^\]]+\]|[^:[\]]+):(\d+)$/.exec(text) ?? [];
	const port = portText === '0' ? 0 : parsePort(portText);
	if (port === undefined) throw new Misuse(words.badListen(text));
	const name = host?.replace(/^\[|\]$/g, '');
	return {port, ...(name && name !== '*' ? {host: name} : {})};
}

function readThere(text: string): DialTarget {
	const {kind, host, port} = address(
		text.includes('://') ? text : `tcp://${text}`,
	);
	if (kind === 'peer' || kind === 'udp') {
		throw new Misuse(words.notForPeers(text));
	}

	return {kind, host, port};
}

function impairFlag(text: string | undefined): Impairment | undefined {
	if (text === undefined) return undefined;
	const read = parseImpairment(text.split(/[\s,]+/).filter(Boolean));
	if (read.ok) return read.impairment;
	const {problem} = read;
	throw new Misuse(
		problem.kind === 'unknown'
			? words.unknownImpairment(problem.text)
			: words.badImpairment(problem.word, problem.text),
	);
}

export function readRelay(
	operands: readonly string[],
	flags: Flags,
): RelayRequest {
	const [here, there, tooMuch] = operands;
	if (here === undefined || there === undefined) {
		throw new Misuse(words.needsPlaces);
	}

	if (tooMuch !== undefined) throw new Misuse(words.tooMuch(tooMuch));
	const {encoding, hexDump} = flags;
	const impairment = impairFlag(flags.impair);
	return {
		name: 'relay',
		...(flags.host === undefined ? {} : {host: flags.host}),
		...readHere(here),
		target: readThere(there),
		framing: framingFlag(flags.framing) ?? defaultFraming,
		hex: flags.hex,
		...(encoding === undefined ? {} : {encoding}),
		...(impairment ? {impairment} : {}),
		...(hexDump === undefined ? {} : {dump: hexDump}),
	};
}
