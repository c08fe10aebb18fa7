/** The facts of an error as parts of a Chinese sentence; what is the same in any language is in `error-facts.ts`. */
import type {ErrorDetails} from '../errors.js';
import {fact, where} from './error-facts.js';

export const file = (details: ErrorDetails) =>
	fact(details, 'path', fact(details, 'name', '该文件'));

export const name = (details: ErrorDetails, otherwise = '对方') =>
	fact(details, 'name', where(details, otherwise));

export const why = (details: ErrorDetails) =>
	details['what'] === undefined ? '' : `（${details['what']}）`;

export const seconds = (details: ErrorDetails) =>
	details['seconds'] === undefined ? '太久' : `${details['seconds']} 秒`;
