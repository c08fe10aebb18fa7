import {strings} from '../../strings/index.js';

/** `on`, `off`, or nothing for the other way. */
export function readOnOff(
	word: string | undefined,
):
	| {readonly ok: true; readonly to: boolean | undefined}
	| {readonly ok: false; readonly message: string} {
	const wanted = word?.toLowerCase();
	if (wanted === undefined) return {ok: true, to: undefined};
	if (wanted === 'on' || wanted === 'off') {
		return {ok: true, to: wanted === 'on'};
	}

	return {ok: false, message: strings.stream.sayOnOff(word ?? '')};
}

export const onOff = ['on', 'off'] as const;
