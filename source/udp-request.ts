/** What `sockterm udp` is told on the command line; every wrong one gets a sentence. */
import {
	defaultUdpPort,
	parseMeter,
	type ByteNotation,
	type SequenceMeter,
} from './engine/index.js';
import {
	address,
	checked,
	countFlag,
	durationFlag,
	Misuse,
	portFlag,
	usage,
	type Flags,
} from './flags.js';

interface Common {
	readonly port: number;
	readonly host?: string;
	readonly encoding?: string;
	readonly hex: boolean;
}

export type UdpRequest =
	| (Common & {
			readonly name: 'udpListen';
			readonly groups: readonly string[];
			readonly meter?: SequenceMeter;
	  })
	| (Common & {
			readonly name: 'udpSend';
			readonly to: {readonly host: string; readonly port: number};
			/** Undefined: lines from stdin. */
			readonly text: string | undefined;
			readonly notation: ByteNotation;
			/** How often the text is sent. */
			readonly count: number;
			readonly everyMs: number;
			/** For answers; missing: they are not waited for. */
			readonly waitMs?: number;
	  });

/** What netcat calls these. */
export const udpShortFlags: Readonly<Record<string, string>> = {
	'-p': '--port',
	'-w': '--wait',
	'-x': '--hex',
};

function portOf(flags: Flags, operand: string | undefined, preset: number) {
	const said = [flags.port, flags.udp, operand].filter(
		value => value !== undefined,
	);
	if (said.length > 1) throw new Misuse(usage.udp.onePort);
	return portFlag('--port', said[0], preset);
}

function common(flags: Flags, port: number): Common {
	const {host, encoding, hex} = flags;
	return {
		port,
		hex,
		...(host === undefined ? {} : {host}),
		...(encoding === undefined ? {} : {encoding}),
	};
}

/** Flags that only the other one of the two takes. */
function refuse(
	flags: Flags,
	names: ReadonlyArray<
		'count' | 'every' | 'wait' | 'escapes' | 'join' | 'meter'
	>,
	verb: string,
): void {
	const found = names.find(name => {
		const value: unknown = flags[name];
		return Array.isArray(value) ? value.length > 0 : Boolean(value);
	});
	if (found) throw new Misuse(usage.udp.notForThis(`--${found}`, verb));
}

function readListen(operands: readonly string[], flags: Flags): UdpRequest {
	const [operand, other] = operands;
	if (other !== undefined) throw new Misuse(usage.udp.extra(other));
	refuse(flags, ['count', 'every', 'wait', 'escapes'], 'udp listen');
	const meter =
		flags.meter === undefined
			? undefined
			: checked(() => parseMeter(flags.meter!));
	return {
		name: 'udpListen',
		...common(flags, portOf(flags, operand, defaultUdpPort)),
		groups: flags.join ?? [],
		...(meter ? {meter} : {}),
	};
}

function readSend(operands: readonly string[], flags: Flags): UdpRequest {
	const [target, ...words] = operands;
	if (target === undefined || words.length === 0) {
		throw new Misuse(usage.udp.needsTargetAndText);
	}

	refuse(flags, ['join', 'meter'], 'udp send');
	const bare = target.replace(/^udp:\/\//i, '');
	if (!/:\d+$/.test(bare)) throw new Misuse(usage.udp.needsPort(target));
	const {host, port} = address(`udp://${bare}`);
	const isInput = words.length === 1 && words[0] === '-';
	if (isInput && flags.count !== undefined) {
		throw new Misuse(usage.udp.countIsForText);
	}

	if (flags.hex && flags.escapes) throw new Misuse(usage.udp.hexOrEscapes);
	const waitMs = durationFlag('--wait', flags.wait);
	return {
		name: 'udpSend',
		...common(flags, portOf(flags, undefined, 0)),
		to: {host, port},
		text: isInput ? undefined : words.join(' '),
		notation: flags.hex ? 'hex' : flags.escapes ? 'escapes' : 'text',
		count: countFlag('--count', flags.count) ?? 1,
		everyMs: durationFlag('--every', flags.every) ?? 0,
		...(waitMs === undefined ? {} : {waitMs}),
	};
}

export function readUdp(operands: readonly string[], flags: Flags): UdpRequest {
	const [what, ...rest] = operands;
	if (what === 'listen') return readListen(rest, flags);
	if (what === 'send') return readSend(rest, flags);
	throw new Misuse(usage.udp.listenOrSend);
}
