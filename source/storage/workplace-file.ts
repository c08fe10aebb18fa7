/**
 * The file that keeps what comes back after a restart: `workplace.json` in the state
 * folder. Decides what may stand in it. Leaves what it means to the console, and that it
 * is whole to `state-file.ts`.
 */
import * as v from 'valibot';
import {limits} from '../limits.js';
import {createStateFile, type StateFile} from './state-file.js';

const text = (most: number) =>
	v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const whole = (least: number, most: number) =>
	v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const list = <Item extends v.GenericSchema>(item: Item, most: number) =>
	v.pipe(v.array(item), v.maxLength(most));

const address = text(300);
const encoding = text(40);
/** As `/framing` reads it. */
const framingText = text(300);
const ranges = list(text(100), limits.rangesPerListener);

const framing = v.variant('kind', [
	v.object({kind: v.literal('chunks')}),
	v.object({
		kind: v.literal('lines'),
		ending: v.picklist(['any', 'lf', 'crlf', 'cr']),
	}),
	v.object({kind: v.literal('delimiter'), delimiter: list(whole(0, 255), 64)}),
	v.object({
		kind: v.literal('length'),
		bytes: v.picklist([1, 2, 4, 8]),
		endian: v.picklist(['big', 'little']),
		signed: v.boolean(),
		countsItself: v.boolean(),
		offset: whole(0, 65_535),
	}),
	v.object({kind: v.literal('fixed'), bytes: whole(1, limits.rawFrameBytes)}),
	v.object({kind: v.literal('idle'), gapMs: whole(1, 86_400_000)}),
]);

const target = v.object({
	kind: v.picklist(['peer', 'raw', 'rawTls']),
	host: text(255),
	port: whole(1, 65_535),
});

const purpose = v.variant('kind', [
	v.object({kind: v.literal('conversation')}),
	v.object({kind: v.literal('classic')}),
	v.object({kind: v.literal('relay'), target}),
]);

const listener = v.object({
	kind: v.picklist(['tcp', 'tls', 'udp']),
	port: whole(0, 65_535),
	host: v.exactOptional(text(255)),
	backlog: v.exactOptional(whole(1, 65_535)),
	raw: v.exactOptional(v.boolean()),
	framing: v.exactOptional(framing),
	encoding: v.exactOptional(encoding),
	idleMs: v.exactOptional(whole(1, 2_147_483_647)),
	allow: v.exactOptional(ranges),
	deny: v.exactOptional(ranges),
	purpose: v.exactOptional(purpose),
});

const schema = v.object({
	listeners: list(listener, limits.workplaceListeners),
	peers: list(
		v.object({
			address,
			framing: v.exactOptional(framingText),
			sending: v.exactOptional(framingText),
			paceMs: v.exactOptional(whole(1, 86_400_000)),
			encoding: v.exactOptional(encoding),
			lens: v.exactOptional(v.object({hex: v.boolean(), reads: v.boolean()})),
			notation: v.exactOptional(v.picklist(['text', 'escapes', 'hex'])),
		}),
		limits.workplacePeers,
	),
	pane: v.picklist(['peers', 'conversation', 'transfers', 'datagrams']),
	conversation: v.exactOptional(address),
	datagrams: v.object({
		inHex: v.boolean(),
		bySender: v.boolean(),
		encoding: v.exactOptional(encoding),
	}),
});

export type KeptWorkplace = v.InferOutput<typeof schema>;

/** Throws workplaceUnusable; workplaceDamaged once it has been set aside. */
export const createWorkplaceFile = (
	stateFolder: string,
): StateFile<KeptWorkplace> =>
	createStateFile({
		folder: stateFolder,
		name: 'workplace.json',
		version: 1,
		schema,
		maxBytes: limits.workplaceFileBytes,
		unusable: 'workplaceUnusable',
		damaged: 'workplaceDamaged',
	});
