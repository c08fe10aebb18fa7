/**
 * The classic file assistant as the engine has it: what people ask of a transfer
 * or a connection goes to it where it is one of its own, and else to those who
 * had it before.
 */
import {createClassicJobs} from './classic-jobs.js';
import type {ClassicCommand} from './classic-commands.js';
import {createClassicReceiving} from './classic-receiver.js';
import {createClassicSending} from './classic-sender.js';
import type {HandlersOf} from '../command-handlers.js';
import type {Command} from '../commands.js';
import type {EngineContext} from '../context.js';
import type {TransferId} from '../ids.js';
import type {Purposes} from '../sessions/purposes.js';
import type {CountRefusal} from '../sessions/refusals.js';
import type {TransferLimits} from '../transfers/transfer-limits.js';

type SharedCommand = Extract<
	Command,
	{
		readonly type:
			| 'transfer/cancel'
			| 'transfer/pause'
			| 'transfer/goOn'
			| 'transfer/retry'
			| 'transfer/limit'
			| 'peer/disconnect'
			| 'peer/kick'
			| 'peer/forget';
	}
>;

export interface Classic {
	readonly take: NonNullable<Purposes['classic']>;
	/** `others` do what is about transfers and peers of another kind; `ban` keeps an address out for so long. */
	handlers(
		others: HandlersOf<SharedCommand>,
		ban: (host: string, forMs: number) => void,
	): HandlersOf<ClassicCommand | SharedCommand>;
	/** Cancels all; resolves when the disk is at rest. */
	closeAll(): Promise<void>;
}

export function createClassic(
	context: EngineContext,
	rates: TransferLimits,
	refuse: CountRefusal,
): Classic {
	const jobs = createClassicJobs();
	const sending = createClassicSending(context, jobs, rates);

	/** False where it is none of ours, or has not begun. */
	const pause = (id: TransferId, isPaused: boolean): boolean => {
		const record = jobs.byTransfer(id)?.record();
		if (record?.isAccepted() !== true || record.isFinished()) return false;
		record.setPaused('us', isPaused);
		return true;
	};

	const pauseAll = (isPaused: boolean) => {
		for (const {id} of jobs.records()) pause(id, isPaused);
	};

	return {
		take: createClassicReceiving(context, jobs, rates, refuse),
		handlers: (others, ban) => ({
			'classic/send': async command => sending.send(command),
			'transfer/cancel'(command) {
				const job = jobs.byTransfer(command.transfer);
				if (job?.record()?.isFinished() === false) job.stop();
				else return others['transfer/cancel'](command);
			},
			'transfer/pause'(command) {
				const {transfer} = command;
				if (transfer === undefined) pauseAll(true);
				else if (pause(transfer, true)) return;
				return others['transfer/pause'](command);
			},
			'transfer/goOn'(command) {
				const {transfer} = command;
				if (transfer === undefined) pauseAll(false);
				else if (pause(transfer, false)) return;
				return others['transfer/goOn'](command);
			},
			async 'transfer/retry'(command) {
				const {transfer} = command;
				if (sending.canRetry(transfer)) await sending.retry(transfer);
				else await others['transfer/retry'](command);
			},
			'transfer/limit'(command) {
				const {transfer, bytesPerSecond} = command;
				const record = jobs.byTransfer(transfer)?.record();
				if (record?.isFinished() !== false) {
					return others['transfer/limit'](command);
				}

				rates.set(transfer, bytesPerSecond);
			},
			'peer/disconnect'(command) {
				const job = jobs.byPeer(command.peer);
				if (!job) return others['peer/disconnect'](command);
				job.stop();
			},
			'peer/kick'(command) {
				const job = jobs.byPeer(command.peer);
				if (!job) return others['peer/kick'](command);
				ban(job.remote.host, command.forMs);
				job.stop();
			},
			'peer/forget'(command) {
				jobs.byPeer(command.peer)?.stop();
				return others['peer/forget'](command);
			},
		}),
		closeAll: jobs.stopAll,
	};
}
