import {formatMeter, parseMeter} from '../../engine/index.js';
import {SocktermError} from '../../errors.js';
import {describeError, strings} from '../../strings/index.js';
import {type SlashCommand, done, failed, withCommand} from './context.js';

export const meter: SlashCommand = {
	name: 'meter',
	usage: 'meter u32be@0|off',
	summaryKey: 'meter',
	complete: index => ({
		words: index === 0 ? ['u32be@0', 'u16be@0', 'u64be@0', 'off'] : [],
	}),
	run({words}, {state, ui}) {
		const [text] = words;
		const current = state.datagrams.meter;
		if (text === undefined) {
			const {noMeter, meterIs} = strings.input.datagrams;
			ui.notify(current ? meterIs(formatMeter(current)) : noMeter);
			return done;
		}

		if (text === 'off') return withCommand({type: 'datagram/setMeter'});
		try {
			return withCommand({type: 'datagram/setMeter', meter: parseMeter(text)});
		} catch (error) {
			if (!(error instanceof SocktermError)) throw error;
			return failed(describeError(error.info));
		}
	},
};
