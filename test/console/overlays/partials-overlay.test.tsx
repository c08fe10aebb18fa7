import {afterEach, expect, test} from 'vitest';
import {
	namePartials,
	PartialsOverlay,
} from '../../../source/console/overlays/partials-overlay.js';
import {createTheme} from '../../../source/console/theme.js';
import type {
	PartialId,
	PartialOffer,
	PeerId,
} from '../../../source/engine/index.js';
import {safe, stateOf} from '../../helpers/engine-state.js';
import {aPeerId, peerConnected} from '../../helpers/fake-engine.js';
import {createDialogStage, expectWhole} from '../../helpers/shown-dialog.js';

const theme = createTheme({colour: false, ascii: false});
const stage = createDialogStage();
const {note, called} = stage;
afterEach(async () => stage.close());

const now = 1_700_000_000_000;
const hour = 3_600_000;

const partial = (
	id: string,
	change: Partial<PartialOffer> = {},
): PartialOffer => ({
	id: id as PartialId,
	peerId: aPeerId,
	name: safe(`${id}.iso`),
	sizeBytes: 2_000_000_000,
	heldBytes: 500_000_000,
	writtenAt: now,
	expiresAt: now + 150 * hour,
	...change,
});

const {peers} = stateOf([peerConnected('bob')]);

const show = async (
	partials: readonly PartialOffer[],
	first = 'Left of broken transfers',
	height = 20,
) =>
	stage.show(
		<PartialsOverlay
			theme={theme}
			width={stage.width}
			height={height}
			partials={namePartials(partials, peers)}
			now={now}
			onDelete={note('delete')}
			onClose={note('close')}
		/>,
		first,
	);

test('says what, how much of it, from whom, and until when', async () => {
	const terminal = await show([
		partial('文件'),
		partial('other', {
			peerId: 'cd'.repeat(32) as PeerId,
			expiresAt: now + 5 * hour,
		}),
		partial('late', {expiresAt: now}),
	]);
	const screen = terminal.text();
	expectWhole(screen);
	expect(screen).toContain('▸ 文件.iso');
	expect(screen).toContain('500 MB of 2 GB, 25%  from bob  deleted in 6 days');
	expect(screen).toMatch(/key cdcdcdcd  deleted in 5 /);
	expect(screen).toContain('deleted soon');
});

test('x deletes the one under the cursor, Esc closes', async () => {
	const terminal = await show([partial('one'), partial('two')]);
	terminal.write('j');
	await terminal.waitFor('▸ two.iso');
	terminal.write('x');
	expect(await called('delete')).toBe('delete "two"');
	terminal.write('\u001B');
	await called('close');
});

test('many scroll; of none that is said, and there is nothing to delete', async () => {
	const many = Array.from({length: 30}, (_, index) => partial(`p${index}`));
	const terminal = await show(many, 'Left of', 12);
	terminal.write('G');
	expectWhole(await terminal.waitFor('▸ p29.iso'));
	const empty = await show([], 'Nothing is left');
	expect(empty.text()).not.toContain('delete');
	expectWhole(empty.text());
});
