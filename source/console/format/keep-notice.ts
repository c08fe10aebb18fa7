import type {EngineEvent} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import type {Notice} from '../store.js';

type KeepEvent = Extract<EngineEvent, {type: 'export/written' | 'log/changed'}>;

/** That something is kept now, or is not any more. */
export function keepNotice(event: KeepEvent): Notice {
	if (event.type === 'export/written') {
		const {path, items, sizeBytes, format} = event;
		const {written, captured} = strings.keep.export;
		const say = format === 'pcapng' ? captured : written;
		return {tone: 'good', text: say(path, items, sizeBytes)};
	}

	const {path, error} = event;
	if (error) return {tone: 'bad', text: describeError(error)};
	const {started, ended} = strings.keep.log;
	return {tone: 'good', text: path === undefined ? ended : started(path)};
}
