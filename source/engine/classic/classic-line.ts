/**
 * A machine of the classic file assistant on the clock: it is fed what comes and
 * is called when it wants to be. Decides nothing; invariant: after `stop` no step
 * is given.
 */
import type {Clock} from '../ports.js';

interface Machine<Step> {
	receive(bytes: Uint8Array, atMs: number): Step[];
	wakeAtMs(): number | undefined;
	quiet(atMs: number): Step[];
	end(): Step[];
}

export interface ClassicLine<Step> {
	receive(bytes: Uint8Array): void;
	end(): void;
	/** Steps that were asked for beside those of what came. */
	apply(steps: readonly Step[]): void;
	stop(): void;
}

export function createClassicLine<Step>(
	machine: Machine<Step>,
	clock: Clock,
	take: (step: Step) => void,
): ClassicLine<Step> {
	let cancel: (() => void) | undefined;
	let isStopped = false;

	const apply = (steps: readonly Step[]) => {
		for (const step of steps) {
			if (!isStopped) take(step);
		}

		cancel?.();
		cancel = undefined;
		const dueAtMs = machine.wakeAtMs();
		if (dueAtMs === undefined || isStopped) return;
		cancel = clock.after(Math.max(0, dueAtMs - clock.now()), () => {
			cancel = undefined;
			// A timer may be a little early.
			apply(machine.quiet(Math.max(dueAtMs, clock.now())));
		});
	};

	apply([]);
	return {
		receive(bytes) {
			apply(machine.receive(bytes, clock.now()));
		},
		end() {
			apply(machine.end());
		},
		apply,
		stop() {
			isStopped = true;
			cancel?.();
		},
	};
}
