/** Netcat's flags as a verb and an engine: the files, names and streams that they need. */
import {closeSync, openSync, writeSync} from 'node:fs';
import {lookup} from 'node:dns/promises';
import {composePipe} from './compose.js';
import type {HostedEngine} from './engine/engine.js';
import type {ListenerOptions} from './engine/index.js';
import {SocktermError} from './errors.js';
import {createCrlf} from './headless/crlf.js';
import {createHexDump, type HexDump} from './headless/hex-dump.js';
import {createNetcatVerb} from './headless/netcat.js';
import {createNetcatUdpVerb} from './headless/netcat-udp.js';
import type {Verb} from './headless/verb.js';
import type {NetcatRequest} from './netcat-arguments.js';
import type {Settings} from './settings.js';
import {describeError} from './strings/index.js';

const failure = (path: string, error: unknown) =>
	new SocktermError(
		'exportFailed',
		{path, what: (error as NodeJS.ErrnoException).code ?? 'unknown'},
		{cause: error},
	);

/**
 * A dump into a new file; one of that name is written over. It is written at once, so that
 * it is whole whenever the program ends. Throws exportFailed {path, what}.
 */
export function openHexDump(path: string): HexDump {
	let file: number | undefined;
	try {
		file = openSync(path, 'w');
	} catch (error) {
		throw failure(path, error);
	}

	return createHexDump(text => {
		if (file === undefined) return;
		try {
			writeSync(file, text);
		} catch (error) {
			// What passes through is worth more than its dump.
			closeSync(file);
			file = undefined;
			const {info} = failure(path, error);
			process.stderr.write(`${describeError(info)}\n`);
		}
	});
}

async function* stdinPieces(isCrlf: boolean): AsyncGenerator<Uint8Array> {
	const convert = isCrlf ? createCrlf() : undefined;
	for await (const chunk of process.stdin) {
		const bytes = chunk as Uint8Array;
		yield convert ? convert(bytes) : bytes;
	}
}

/** Throws hostUnknown. */
async function numericHost(
	host: string,
	family: 4 | 6 | undefined,
): Promise<string> {
	try {
		const found = await lookup(host, family === undefined ? {} : {family});
		return found.address;
	} catch (error) {
		throw new SocktermError('hostUnknown', {host}, {cause: error});
	}
}

/** All addresses of one family; missing: of both. */
const everywhere: Readonly<Record<4 | 6, string>> = {4: '0.0.0.0', 6: '::'};

function listenerOf(request: NetcatRequest): ListenerOptions {
	const {listens, host, port, localPort = 0, udp, ssl, family} = request;
	const own = listens ? host : undefined;
	const where = own ?? (family === undefined ? undefined : everywhere[family]);
	return {
		kind: udp ? 'udp' : ssl ? 'tls' : 'tcp',
		port: listens ? port : localPort,
		...(where === undefined ? {} : {host: where}),
		...(udp ? {} : {raw: true, framing: {kind: 'chunks'}}),
	};
}

/** Throws hostUnknown, exportFailed. */
export async function makeNetcatVerb(request: NetcatRequest): Promise<Verb> {
	const {listens, host = '', port, udp, ssl, family, keep, verbose} = request;
	const {waitMs, dump, crlf} = request;
	const common = {
		input: stdinPieces(crlf),
		keep,
		verbose,
		now: () => Date.now(),
		...(waitMs === undefined ? {} : {idleMs: waitMs}),
		...(dump === undefined ? {} : {dump: openHexDump(dump)}),
	};
	const listening = {
		type: 'listener/open',
		...listenerOf(request),
	} as const;
	if (udp) {
		return createNetcatUdpVerb({
			...common,
			command: listening,
			...(listens
				? {}
				: {target: {host: await numericHost(host, family), port}}),
		});
	}

	const kind = ssl ? 'rawTls' : 'raw';
	return createNetcatVerb({
		...common,
		isTyped: process.stdin.isTTY,
		command: listens
			? listening
			: {type: 'peer/dial', target: {kind, host, port}},
	});
}

export function composeNetcat(
	settings: Settings,
	{family, localPort, listens}: NetcatRequest,
): HostedEngine {
	const from = {
		...(family === undefined ? {} : {family}),
		...(localPort === undefined || listens ? {} : {localPort}),
	};
	return composePipe(settings, {from});
}
