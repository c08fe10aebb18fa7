import * as fc from 'fast-check';

/** What the sanitiser lets through: wide, composed, combining and joined characters; no controls. */
export const anyText = fc
	.array(
		fc.oneof(
			fc.string({unit: 'grapheme', maxLength: 8}),
			fc.constantFrom(
				'你好',
				'👨‍👩‍👧',
				'👍🏽',
				'🇩🇪',
				'❤️',
				'1️⃣',
				'e\u0301',
				'ｱﾞ',
				'한',
				'नमस्ते',
				' ',
				'a',
			),
		),
		{maxLength: 20},
	)
	.map(parts => parts.join('').replaceAll(/\p{Control}/gu, '.'));
