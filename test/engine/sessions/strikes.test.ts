import {expect, test} from 'vitest';
import {createStrikes} from '../../../source/engine/sessions/strikes.js';
import {limits} from '../../../source/limits.js';
import {createFakeClock} from '../../helpers/fake-clock.js';

test('bannedAddresses: of more than that the least recent is forgotten, so that forged ones fill no memory', () => {
	const kept: string[] = [];
	const strike = createStrikes(createFakeClock(), host => kept.push(host));
	const almost = limits.violationsPerSource - 1;
	for (let count = 0; count < almost; count++) {
		strike('10.0.0.1');
		strike('10.0.0.2');
	}

	for (let number = 0; number < limits.bannedAddresses - 1; number++) {
		strike(`10.1.${number >> 8}.${number & 255}`);
	}

	expect(kept).toEqual([]);
	strike('10.0.0.2');
	strike('10.0.0.1');
	expect(kept).toEqual(['10.0.0.2']);
});
