import type {FuzzTarget} from '../target.js';
import {engineTargets} from './engine.js';
import {fileTargets} from './files.js';
import {streamTargets} from './streams.js';
import {typedTargets} from './typed.js';
import {wireTargets} from './wire.js';

/** Every reader of what strangers send, write or say. */
export const allTargets: readonly FuzzTarget[] = [
	...wireTargets,
	...streamTargets,
	...typedTargets,
	...fileTargets,
	...engineTargets,
];
