/** The only place where adapters meet the engine. */
import {randomBytes} from 'node:crypto';
import type {Readable, Writable} from 'node:stream';
import {createEngine, type HostedEngine} from './engine/engine.js';
import type {Clock, Ports, Practice} from './engine/ports.js';
import {startFileWorker, startHistoryWorker} from './file-worker-start.js';
import {limits} from './limits.js';
import {createPractice} from './practice.js';
import {controlProtocol, laneProtocol} from './protocol/messages.js';
import {normalizeEncoding} from './protocol/text-decoding.js';
import type {Settings} from './settings.js';
import {createHistory} from './storage/history/history-thread.js';
import {createExportFiles} from './storage/export-file.js';
import {createFileSource} from './storage/file-source.js';
import {createFileThread} from './storage/file-thread.js';
import {
	createIdentity,
	loadIdentity,
	type Identity,
} from './storage/identity.js';
import {createPins} from './storage/pins.js';
import {createNotebook} from './storage/notebook.js';
import {createRoomFiles} from './storage/room-files.js';
import {createSigning} from './storage/signing.js';
import {createReceiveFolder} from './storage/receive-folder.js';
import {createTransferNotes} from './storage/transfer-notes.js';
import {createLogFiles} from './storage/rotating-log.js';
import {nodeFiles} from './storage/storage-files.js';
import {createStdoutFolder} from './storage/stdout-folder.js';
import {createStreamEntry} from './storage/stream-source.js';
import {describeError, describeErrorInEnglish} from './strings/index.js';
import {createNetwork} from './transport/network.js';
import type {DialFrom} from './transport/tcp.js';

export const systemClock: Clock = {
	now: () => Date.now(),
	precise: () => performance.now(),
	after(delayMs, callback) {
		const timer = setTimeout(callback, delayMs);
		return () => {
			clearTimeout(timer);
		};
	},
};

/** What stands in for the usual adapters. */
export interface EngineParts {
	/** Takes the one file that is received, instead of the folder that the settings name. */
	readonly output?: Writable;
	/** What can be sent as a stream. */
	readonly input?: Readable;
	/** Somebody is at the screen: snippets and addresses of the state folder are theirs. */
	readonly keepsNotebook?: boolean;
}

/** For bytes that only pass through. */
export interface PipeOptions {
	readonly from?: DialFrom;
}

// Of its own: reading must not wait for a disk that takes its time to write.
const savingThread = createFileThread(startFileWorker);

const openReceiveFolder = (path: string) =>
	createReceiveFolder(path, nodeFiles, limits, savingThread);

const openHistory = (stateFolder: string) =>
	createHistory(() => startHistoryWorker(stateFolder), stateFolder);

function assemble(
	settings: Settings,
	identity: Identity,
	parts: Pick<Ports, 'receiveFolder'> &
		Partial<
			Pick<
				Ports,
				'input' | 'notebook' | 'trust' | 'notes' | 'history' | 'rooms'
			>
		>,
	practice?: Practice,
	pipe?: PipeOptions,
): HostedEngine {
	const {transfersAtOnce, rateLimit, dialMs, autoAccept} = settings;
	const {rooms, backfill = true} = settings;
	const {requireVerified, noPlain, resumes, history, connections} = settings;
	return createEngine(
		{
			clock: systemClock,
			random: length => new Uint8Array(randomBytes(length)),
			network: createNetwork({
				identity,
				protocols: {control: controlProtocol, lane: laneProtocol},
				limits: {
					...(dialMs === undefined ? {} : {dialMs}),
					...(connections === undefined ? {} : {connections}),
				},
				...(pipe?.from ? {from: pipe.from} : {}),
			}),
			files: createFileSource(nodeFiles, createFileThread(startFileWorker)),
			openFolder: openReceiveFolder,
			exports: createExportFiles(),
			logs: createLogFiles(limits),
			describe: describeError,
			describeToProgram: describeErrorInEnglish,
			...(rooms ? {signing: createSigning(identity)} : {}),
			...parts,
			...(practice ? {practice} : {}),
		},
		{
			nick: settings.nick,
			peerId: identity.peerId,
			role: settings.role,
			fallbackEncoding: normalizeEncoding(settings.fallbackEncoding),
			...(transfersAtOnce === undefined ? {} : {transfersAtOnce}),
			...(rateLimit === undefined ? {} : {rateLimit}),
			...(pipe ? {pipe: true} : {}),
			...(requireVerified ? {requireVerified} : {}),
			...(noPlain ? {noPlain} : {}),
			...(autoAccept ? {autoAccept} : {}),
			...(resumes === 'both' ? {resumes: true} : {}),
			...(history ? {retention: history} : {}),
			...(rooms ? {rooms, backfill} : {}),
		},
	);
}

/** An engine with the identity of the state folder. Throws stateFolderUnusable, identityUnusable, encodingUnknown. */
export async function composeEngine(
	settings: Settings,
	parts: EngineParts = {},
): Promise<HostedEngine> {
	const practice = createPractice(async folder =>
		assemble(
			{
				...settings,
				nick: 'practice',
				receiveFolder: folder,
				rooms: false,
			},
			createIdentity(),
			{receiveFolder: openReceiveFolder(folder)},
		),
	);
	const identity = await loadIdentity(settings.stateFolder);
	const {input, output} = parts;
	const receiveFolder = output
		? createStdoutFolder(output)
		: openReceiveFolder(settings.receiveFolder);
	const engine = assemble(
		settings,
		identity,
		{
			receiveFolder,
			trust: createPins(settings.stateFolder),
			...(settings.history ? {history: openHistory(settings.stateFolder)} : {}),
			...(settings.rooms ? {rooms: createRoomFiles(settings.stateFolder)} : {}),
			...(input ? {input: name => createStreamEntry(name, input)} : {}),
			...(settings.resumes
				? {notes: createTransferNotes(settings.stateFolder)}
				: {}),
			...(parts.keepsNotebook
				? {notebook: createNotebook(settings.stateFolder)}
				: {}),
		},
		practice,
	);
	// What nobody will come back for; a script that sends receives nothing.
	if (settings.role === 'console') void receiveFolder.sweep();
	return engine;
}

/** An engine through which bytes pass as they are. It is nobody: it reads and leaves no state. Throws encodingUnknown. */
export const composePipe = (
	settings: Settings,
	options: PipeOptions,
): HostedEngine =>
	assemble(
		settings,
		createIdentity(),
		{receiveFolder: openReceiveFolder(settings.receiveFolder)},
		undefined,
		options,
	);
