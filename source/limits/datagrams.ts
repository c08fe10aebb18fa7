/** Limits of UDP; part of `limits.ts`. */
import {KiB, MiB} from './units.js';

export const datagramLimits = {
	// Datagrams shown a second, how much of one its row shows (all is kept), how many are said line by line.
	datagramsShownPerSecond: 200,
	datagramPreviewBytes: 2 * KiB,
	linearDatagrams: 20,
	datagramBytes: 65_507,
	udpReceiveBufferBytes: 4 * MiB,
	// Senders are cheap to forge: so many are remembered, and so many told of in one second.
	datagramSources: 4_096,
	datagramSourcesTold: 256,
	// How far behind the highest number a meter can tell a late one from a double.
	meterNumbers: 1_024,
	// While a group is joined: how soon a lost interface is noticed.
	interfaceLookMs: 2_000,
} as const;
