import {afterEach, expect, test} from 'vitest';
import type {EventBody, PeerId} from '../../../source/engine/index.js';
import {PinsOverlay} from '../../../source/console/overlays/pins-overlay.js';
import {createTheme} from '../../../source/console/theme.js';
import {connected, stateOf} from '../../helpers/engine-state.js';
import {createDialogStage, expectWhole} from '../../helpers/shown-dialog.js';

const width = 70;
const stage = createDialogStage(width);
afterEach(async () => stage.close());

const key = (digits: string) => digits.repeat(32) as PeerId;

test('shows who is verified, there or not, and who is kept out', async () => {
	const bob = {...connected('bob'), peerId: key('0b')} as EventBody;
	const state = stateOf([
		bob,
		{
			type: 'trust/changed',
			book: {
				pins: [
					{
						peerId: key('0b'),
						petname: 'bob',
						addedAt: Date.UTC(2026, 0, 5, 12),
						autoAccept: {bytes: 2e9, entries: 100, dayBytes: 2e10},
					},
					{
						peerId: key('ca'),
						petname: 'carol',
						addedAt: Date.UTC(2026, 1, 6, 12),
						target: {host: 'carol.example', port: 9090},
					},
				],
				blockedKeys: [key('ff')],
				blockedAddresses: ['10.0.0.9'],
			},
		},
	]);
	const part = await stage.show(
		<PinsOverlay
			theme={createTheme({colour: false, ascii: false})}
			width={width}
			height={30}
			state={state}
			onClose={stage.note('close')}
		/>,
		'BLOCKED',
	);
	const screen = part.text();
	expectWhole(screen);
	expect(screen).toMatch(/✓ bob VERIFIED +(?:\w{4} ){2} since 2026-01-05/);
	expect(screen).toContain('connected; up to 2 GB and 100 entries');
	expect(screen).toMatch(/✓ carol VERIFIED .* since 2026-02-06/);
	expect(screen).toContain('not connected, was at carol.example:9090');
	expect(screen).toMatch(/⊘ BLOCKED[^]*9999 9999[^]*10\.0\.0\.9/);
});
