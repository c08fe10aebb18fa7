/** Carries out the commands that are about transfers. */
import type {HandlersOf} from '../command-handlers.js';
import type {PeerTable} from '../sessions/peer-table.js';
import type {TransferCommand} from './transfer-commands.js';
import type {Transfers} from './transfers.js';

/** They throw what the transfers throw, and noSuchPeer. */
export function createTransferHandlers(
	transfers: Transfers,
	table: PeerTable,
): HandlersOf<TransferCommand> {
	return {
		'transfer/offer': async ({peer, paths}) =>
			transfers.offer(table.find(peer), paths),
		'transfer/offerInput'({peer, name}) {
			transfers.offerInput(table.find(peer), name);
		},
		'transfer/accept': async command =>
			transfers.accept(command.transfer, command),
		'transfer/decline'({transfer}) {
			transfers.decline(transfer);
		},
		'transfer/cancel'({transfer}) {
			transfers.cancel(transfer);
		},
		'transfer/pause'({transfer}) {
			transfers.setPaused(transfer, true);
		},
		'transfer/goOn'({transfer}) {
			transfers.setPaused(transfer, false);
		},
		'transfer/retry': async ({transfer}) => transfers.retry(transfer),
		'transfer/move'({transfer, by}) {
			transfers.move(transfer, by);
		},
		'transfer/limit'({transfer, bytesPerSecond}) {
			transfers.limit(transfer, bytesPerSecond);
		},
		'transfer/setAtOnce'({count}) {
			transfers.setAtOnce(count);
		},
		'transfer/listPartials': async () => transfers.listPartials(),
		'transfer/deletePartial': async ({partial}) =>
			transfers.deletePartial(partial),
	};
}
