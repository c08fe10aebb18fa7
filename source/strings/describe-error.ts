import type {ErrorInfo} from '../errors.js';
import {errorSentences} from './en-errors.js';
import {strings} from './strings.js';

/** The sentence for an error. */
export const describeError = (error: ErrorInfo): string =>
	strings.errors[error.code](error.details);

/** For programs: what they read does not depend on whose terminal it is. */
export const describeErrorInEnglish = (error: ErrorInfo): string =>
	errorSentences[error.code](error.details);
