/** What carries out commands: one function for each type, put together from the parts of the engine. */
import type {Command} from './commands.js';

/** For each type of `Commands` the function that does it; what it throws refuses the command. */
export type HandlersOf<Commands extends {readonly type: string}> = {
	readonly [Type in Commands['type']]: (
		command: Extract<Commands, {readonly type: Type}>,
	) => void | Promise<void>;
};

/** Rejects with what the handler throws. */
export async function runCommand(
	handlers: HandlersOf<Command>,
	command: Command,
): Promise<void> {
	const handle = handlers[command.type] as (
		command: Command,
	) => void | Promise<void>;
	await handle(command);
}
