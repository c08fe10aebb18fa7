/** Routes the commands that are about transfers. */
import type {Command} from './commands.js';
import type {PeerTable} from './peer-table.js';
import type {Transfers} from './transfers.js';

export type TransferCommand = Extract<Command, {type: `transfer/${string}`}>;

export const isTransferCommand = (
	command: Command,
): command is TransferCommand => command.type.startsWith('transfer/');

/** Throws what the transfers throw, and noSuchPeer. */
export async function runTransferCommand(
	command: TransferCommand,
	transfers: Transfers,
	table: PeerTable,
): Promise<void> {
	switch (command.type) {
		case 'transfer/offer': {
			return transfers.offer(table.find(command.peer), command.paths);
		}

		case 'transfer/offerInput': {
			transfers.offerInput(table.find(command.peer), command.name);
			return;
		}

		case 'transfer/accept': {
			return transfers.accept(command.transfer, command);
		}

		case 'transfer/decline': {
			transfers.decline(command.transfer);
			return;
		}

		case 'transfer/cancel': {
			transfers.cancel(command.transfer);
			return;
		}

		case 'transfer/pause':
		case 'transfer/goOn': {
			const isPaused = command.type === 'transfer/pause';
			transfers.setPaused(command.transfer, isPaused);
			return;
		}

		case 'transfer/retry': {
			return transfers.retry(command.transfer);
		}

		case 'transfer/move': {
			transfers.move(command.transfer, command.by);
			return;
		}

		case 'transfer/limit': {
			transfers.limit(command.transfer, command.bytesPerSecond);
			return;
		}

		case 'transfer/setAtOnce': {
			transfers.setAtOnce(command.count);
			return;
		}

		case 'transfer/listPartials': {
			return transfers.listPartials();
		}

		case 'transfer/deletePartial': {
			return transfers.deletePartial(command.partial);
		}
	}
}
