import {expect, test} from 'vitest';
import {visibleControls} from '../../source/util/visible-controls.js';

test('what a terminal obeys or does not draw becomes visible, and the rest stays', () => {
	expect(
		visibleControls('Unexpected \u001B[2J\u009B\u202E\u2028\uD800 in 文件.txt'),
	).toBe('Unexpected \\u{1b}[2J\\u{9b}\\u{202e}\\u{2028}\\u{d800} in 文件.txt');
});
