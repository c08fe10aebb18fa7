/** Limits of a session: control frames, pairing, and how fast a peer is listened to; part of `limits.ts`. */
import {KiB} from './units.js';

export const sessionLimits = {
	// Control frames: rare and small; before HELLO a stranger gets less.
	firstFrameBytes: 8 * KiB,
	frameBytes: 64 * KiB,
	helloMs: 5_000,
	pingMs: 15_000,
	deadMs: 45_000,

	// Pairing: six digits allow so few guesses, and a person types them in this time. Who asks
	// for ever more codes on one connection only wants more guesses.
	pairingAttempts: 3,
	pairingMs: 120_000,
	pairingAnswerMs: 10_000,
	pairingCodes: 10,

	// What a peer says is looked at no faster than this, a large frame counting as several; so
	// much of it waits in memory, and then it is not read on: its own side has to wait.
	framesPerSecond: 1_000,
	countedFrameBytes: 4 * KiB,
	heldBytes: 256 * KiB,
	heldFrameBytes: 256,
} as const;
