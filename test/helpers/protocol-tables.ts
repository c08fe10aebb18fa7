/** The tables of `docs/protocol.md`, so that tests hold the text to the program and the program to the text. */
import {readFileSync} from 'node:fs';

const text = readFileSync(
	new URL('../../docs/protocol.md', import.meta.url),
	'utf8',
);

/** The rows of the table whose header begins with these cells, each as its cells. */
function rowsOf(...header: readonly string[]): string[][] {
	const lines = text.split('\n').map(line => line.trim());
	const cellsOf = (line: string) =>
		line
			.split('|')
			.slice(1, -1)
			.map(cell => cell.trim());
	const at = lines.findIndex(line =>
		header.every((cell, index) => cellsOf(line)[index] === cell),
	);
	if (at === -1) throw new Error(`No table ${header.join(', ')}.`);
	const rest = lines.slice(at + 2);
	return rest
		.slice(
			0,
			rest.findIndex(line => !line.startsWith('|')),
		)
		.map(cellsOf);
}

const typeOf = (cell: string) => Number.parseInt(cell.replaceAll('`', ''), 16);

/** Type and name of every control message. */
export const documentedMessages: ReadonlyMap<number, string> = new Map(
	rowsOf('type', 'name', 'fields').map(([type = '', name = '']) => [
		typeOf(type),
		name,
	]),
);

/** Type, name and sender of every lane frame. */
export const documentedLaneFrames: ReadonlyMap<
	number,
	{readonly name: string; readonly from: 'dialler' | 'sender' | 'receiver'}
> = new Map(
	rowsOf('type', 'name', 'payload').map(
		([type = '', name = '', , direction = '']) => [
			typeOf(type),
			{name, from: direction.split(' ')[0] as 'dialler'},
		],
	),
);

export type DocumentedState = 'awaitingHello' | 'ready' | 'closing';

/** What the table of states says of one message: the next state, `error` or `ignored`. */
export function documentedStep(state: DocumentedState, name: string): string {
	const row = rowsOf('state', 'begins', 'HELLO').find(([of]) => of === state);
	if (!row) throw new Error(`No state ${state}.`);
	const [, , hello, last, others] = row;
	const cell =
		name === 'HELLO' ? hello : /^(?:ERROR|BYE)$/.test(name) ? last : others;
	return cell?.split(' ')[0] ?? '';
}
