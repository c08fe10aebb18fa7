/** The facts of an error as parts of a sentence, for every table of error sentences. */
import {formatAddress} from '../util/address.js';
import {formatSize} from '../util/quantities.js';
import type {ErrorDetails} from '../errors.js';

export type Sentence = (details: ErrorDetails) => string;

/** A fact as text, or what stands for it where it is not known. */
export function fact(
	details: ErrorDetails,
	key: string,
	otherwise: string,
): string {
	const value = details[key];
	return value === undefined || value === '' ? otherwise : String(value);
}

export function size(details: ErrorDetails, key: string): string | undefined {
	const value = details[key];
	return typeof value === 'number' ? formatSize(value) : undefined;
}

/** `host:port`, as much of it as is known. */
export function where(details: ErrorDetails, otherwise: string): string {
	const {host, port, address} = details;
	if (typeof host === 'string' && host !== '') {
		return typeof port === 'number' ? formatAddress({host, port}) : host;
	}

	return typeof address === 'string' && address !== '' ? address : otherwise;
}

export const file = (details: ErrorDetails) =>
	fact(details, 'path', fact(details, 'name', 'The file'));

export const name = (details: ErrorDetails, otherwise = 'the other side') =>
	fact(details, 'name', where(details, otherwise));

/** With a capital, for the beginning of a sentence. */
export const Name = (details: ErrorDetails) => name(details, 'The other side');

export const why = (details: ErrorDetails) =>
	details['what'] === undefined ? '' : ` (${details['what']})`;

export const seconds = (details: ErrorDetails) =>
	details['seconds'] === undefined
		? 'too long'
		: `${details['seconds']} seconds`;
