/** Renders a part of the console on a fake terminal, behind the key pump, as the program does. */
import {Box, render} from 'ink';
import type {ReactNode} from 'react';
import {createKeyPump} from '../../source/console/input/key-pump.js';
import {type FakeTerminal, createFakeTerminal} from './fake-terminal.js';

export interface RenderedPart extends FakeTerminal {
	rerender(node: ReactNode): void;
	close(): Promise<void>;
}

export function renderPart(
	node: ReactNode,
	{columns = 80, rows = 24}: {columns?: number; rows?: number} = {},
): RenderedPart {
	const terminal = createFakeTerminal(columns, rows);
	const pump = createKeyPump(terminal.stdin);
	const whole = (part: ReactNode) => (
		<Box width={columns} height={rows} flexDirection="column">
			{part}
		</Box>
	);
	const app = render(whole(node), {
		stdin: pump.stdin,
		stdout: terminal.stdout,
		exitOnCtrlC: false,
		patchConsole: false,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		maxFps: 60,
	});
	return {
		...terminal,
		rerender(part) {
			app.rerender(whole(part));
		},
		async close() {
			app.unmount();
			await app.waitUntilExit();
			pump.close();
		},
	};
}
