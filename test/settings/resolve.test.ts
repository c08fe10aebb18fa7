/** Flag over environment over file over default. */
import {describe, expect, it} from 'vitest';
import {
	createLiveSettings,
	presetSettings,
	resolveSetting,
	settings,
	type SettingName,
	type Sources,
} from '../../source/settings/index.js';
import {defaultTcpPort, defaultUdpPort} from '../../source/engine/index.js';

const resolved = (name: SettingName, sources: Partial<Sources>) =>
	resolveSetting(
		{
			flags: {},
			env: {},
			config: new Map(),
			wrong(where, given) {
				throw new Error(`${where} ${given}`);
			},
			...sources,
		},
		name,
	);

const config = new Map([['tcp', '3']] as const);
const env = {SOCKTERM_TCP: '2'};

describe('who is heard', () => {
	it.each([
		[{flags: {tcp: '1'}, env, config}, '1', 'flag'],
		[{flags: {noTcp: true}, env, config}, 'off', 'flag'],
		[{env, config}, '2', 'environment'],
		[{env: {SOCKTERM_TCP: ''}, config}, '3', 'config'],
		[{}, '9090', 'default'],
	] as const)('%j', (sources, value, from) => {
		expect(resolved('tcp', sources)).toEqual({value, from});
	});

	it('says which flag or variable is wrong', () => {
		expect(() => resolved('at-once', {flags: {atOnce: 'x'}})).toThrow(
			'--at-once x',
		);
		expect(() => resolved('tcp', {env: {SOCKTERM_TCP: '99999'}})).toThrow(
			'SOCKTERM_TCP 99999',
		);
	});

	it('knows the older word for no history', () => {
		expect(resolved('history', {env: {SOCKTERM_NO_HISTORY: '1'}}).value).toBe(
			'off',
		);
	});
});

it('has the defaults that the engine has', () => {
	const preset = (name: SettingName) => presetSettings().get(name).value;
	expect(preset('tcp')).toBe(String(defaultTcpPort));
	expect(preset('udp')).toBe(String(defaultUdpPort));
});

it('every setting has a preset of its kind, or a sentence', () => {
	for (const {name, preset} of settings) {
		if (preset.startsWith('default-')) continue;
		expect(resolved(name, {config: new Map([[name, preset]])}).value).toBe(
			preset,
		);
	}
});

describe('the settings of a run', () => {
	it('tells changes, and goes back to what was at the start', () => {
		const live = createLiveSettings({
			path: '',
			problems: [],
			initial: name => resolved(name, {config: new Map([['theme', 'light']])}),
			save: async () => undefined,
		});
		const told: unknown[] = [];
		live.onChange(({name, now}) => told.push([name, now.value]));
		live.set('theme', 'dark');
		live.set('theme', 'dark');
		expect(live.get('theme')).toEqual({value: 'dark', from: 'set'});
		expect(live.unset('theme')).toBe(true);
		expect(live.unset('theme')).toBe(false);
		expect(live.get('theme')).toEqual({value: 'light', from: 'config'});
		expect(told).toEqual([
			['theme', 'dark'],
			['theme', 'light'],
		]);
	});
});
