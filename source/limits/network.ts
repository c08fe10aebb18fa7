/** Limits of connections: how many, from whom, how long they take to begin and to end; part of `limits.ts`. */
export const networkLimits = {
	// TCP: a flood of connections must leave room for the person at the console.
	connections: 10_000,
	connectionsPerSource: 1_000,
	backlog: 511,

	// Classification and TLS: half-open handshakes hold memory and nothing else.
	handshakes: 64,
	handshakesPerSource: 8,
	handshakeMs: 10_000,
	// Many behind one address that come together must not push each other out.
	handshakeYoungMs: 1_000,
	// Most connections say at once what they are: only those that do not are shown as silent.
	silentMs: 250,
	dialMs: 10_000,
	// Who may connect: each new connection is compared with every range of its listener.
	rangesPerListener: 256,
	// Sent away by hand: for so long unless told otherwise, and as many as are remembered.
	kickMs: 10 * 60 * 1_000,
	bannedAddresses: 1_000,
	// Who breaks the protocol so often in that time is kept out as long: one line, not one each.
	violationsPerSource: 10,
	violationsMs: 60_000,
	// Refusals of one kind are told together: at once, then after 1, 2, 4, 8, 10 s while they go on.
	refusalsMs: 1_000,
	refusalsMostMs: 10_000,
	// An input that gives nothing for so long has nothing more for somebody who has ended already.
	inputQuietMs: 2_000,

	// After our end of a connection was closed: how long the other side may take over its own.
	lingerMs: 5_000,
	// On quitting: how long goodbyes may take.
	goodbyeMs: 500,
	// A silent connection is held for ever, but not one whose other end has vanished.
	keepAliveMs: 60_000,
} as const;
