/**
 * Control messages to frames and back. Decides whether a frame is a well-formed
 * message of sockterm/1: its type is known, its payload is UTF-8, JSON and an
 * object of the right shape. When a message is legal is left to
 * `session-machine.ts`, and what it means to the engine.
 *
 * Invariants: nothing of a payload gets out unchecked; fields that the schema
 * does not name are dropped; no text of the peer stands in an error.
 */
import * as v from 'valibot';
import {SocktermError} from '../errors.js';
import {limits} from '../limits.js';
import {criticalBit, encodeFrame} from './frame.js';
import type {Frame} from './frame.js';
import {controlMessages} from './messages.js';
import type {ControlMessage, ControlName} from './messages.js';

const names = new Map(
	(Object.keys(controlMessages) as ControlName[]).map(name => [
		controlMessages[name].type as number,
		name,
	]),
);
const encoder = new TextEncoder();
// A byte order mark is no white space of JSON (RFC 8259 §8.1): it is kept here and refused there.
const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/**
 * The message as one whole frame. Throws frameTooLong {lengthBytes, limitBytes} where
 * it does not fit: escapes make JSON up to six times as long as the text in it.
 */
export function encodeMessage(message: ControlMessage): Uint8Array {
	const {name, ...fields} = message;
	const payload = encoder.encode(JSON.stringify(fields));
	if (1 + payload.length > limits.frameBytes) {
		throw new SocktermError('frameTooLong', {
			lengthBytes: 1 + payload.length,
			limitBytes: limits.frameBytes,
		});
	}

	return encodeFrame(controlMessages[name].type, payload);
}

/**
 * The message in a frame, or undefined for an unknown type that may be skipped. Throws
 * protocolViolation {what: 'unknownType' | 'badUtf8' | 'badJson' | 'badFields'}.
 */
export function decodeMessage(frame: Frame): ControlMessage | undefined {
	const name = names.get(frame.type);
	if (name === undefined) {
		if ((frame.type & criticalBit) === 0) return undefined;
		throw violation('unknownType', {type: frame.type});
	}

	const fields = parseJson(decodeUtf8(frame.payload, name), name);
	const result = v.safeParse(controlMessages[name].schema, fields, {
		abortEarly: true,
		abortPipeEarly: true,
	});
	// Valibot takes arrays for objects without required fields.
	if (!result.success || Array.isArray(fields)) {
		throw violation('badFields', {message: name});
	}

	// The pair of name and checked fields is one member of the union, which the compiler cannot see.
	return {name, ...result.output} as ControlMessage;
}

function decodeUtf8(payload: Uint8Array, message: ControlName): string {
	try {
		return decoder.decode(payload);
	} catch {
		throw violation('badUtf8', {message});
	}
}

function parseJson(text: string, message: ControlName): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw violation('badJson', {message});
	}
}

function violation(
	what: string,
	details: Readonly<Record<string, string | number>>,
): SocktermError {
	return new SocktermError('protocolViolation', {what, ...details});
}
