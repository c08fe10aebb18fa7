/**
 * The colours of the themes, and which of them a terminal can show. Decides no background:
 * the terminal keeps its own, so every palette says on which one it is to be read.
 */

/** What has a colour of its own. */
export type Hue = 'frame' | 'accent' | 'good' | 'warning' | 'bad';

/** `#rrggbb`, and the nearest of the terminal's sixteen as an SGR code. */
type Colour = readonly [rgb: string, sixteen: number];

export type ColourDepth = 'sixteen' | 'cube' | 'rgb';

export interface Palette {
	readonly colours: Readonly<Record<Hue, Colour>>;
	/** Always as the terminal's own sixteen. */
	readonly isOfTerminal?: true;
	/** Less important text is faint. */
	readonly hasFaint: boolean;
}

export const palettes = {
	sixteen: {
		colours: {
			frame: ['#808080', 90],
			accent: ['#00cdcd', 36],
			good: ['#00cd00', 32],
			warning: ['#cdcd00', 33],
			bad: ['#cd0000', 31],
		},
		isOfTerminal: true,
		hasFaint: true,
	},
	// So that they can be read on a light background too, where a terminal does not say which it has.
	dark: {
		colours: {
			frame: ['#808890', 90],
			accent: ['#1fa3b8', 36],
			good: ['#3d9f50', 32],
			warning: ['#b58900', 33],
			bad: ['#e5534b', 31],
		},
		hasFaint: true,
	},
	light: {
		colours: {
			frame: ['#6b7178', 90],
			accent: ['#00687a', 36],
			good: ['#1a6b2d', 32],
			warning: ['#7a5200', 33],
			bad: ['#b3261e', 31],
		},
		hasFaint: true,
	},
	contrastDark: {
		colours: {
			frame: ['#ffffff', 97],
			accent: ['#5fffff', 96],
			good: ['#5fff5f', 92],
			warning: ['#ffff5f', 93],
			bad: ['#ff9f9f', 91],
		},
		hasFaint: false,
	},
	contrastLight: {
		colours: {
			frame: ['#000000', 30],
			accent: ['#00405f', 34],
			good: ['#004d0f', 32],
			warning: ['#5c3d00', 35],
			bad: ['#8a0000', 31],
		},
		hasFaint: false,
	},
} as const satisfies Readonly<Record<string, Palette>>;

type Environment = Readonly<Record<string, string | undefined>>;

/** `COLORFGBG` is `foreground;background` in the terminal's own sixteen: rxvt, Konsole and others set it. */
export function isLightBackground(env: Environment): boolean {
	const background = /;(\d{1,2})$/.exec(env['COLORFGBG'] ?? '')?.[1];
	// White and the bright ones but the bright black.
	return background !== undefined && /^(?:7|9|1[0-5])$/.test(background);
}

export function colourDepth(env: Environment): ColourDepth {
	if (/^(?:truecolor|24bit)$/i.test(env['COLORTERM'] ?? '')) return 'rgb';
	const term = env['TERM'] ?? '';
	if (/-direct\b/.test(term)) return 'rgb';
	return term.includes('256color') ? 'cube' : 'sixteen';
}

export function paletteFor(theme: string, isLight: boolean): Palette {
	switch (theme) {
		case '16':
		case 'none': {
			return palettes.sixteen;
		}

		case 'light': {
			return palettes.light;
		}

		case 'dark': {
			return palettes.dark;
		}

		case 'contrast': {
			return isLight ? palettes.contrastLight : palettes.contrastDark;
		}

		default: {
			return isLight ? palettes.light : palettes.dark;
		}
	}
}

export function channels(rgb: string): readonly [number, number, number] {
	const number = Number.parseInt(rgb.slice(1), 16);
	return [number >> 16, (number >> 8) & 0xff, number & 0xff];
}

const steps = [0, 95, 135, 175, 215, 255];

const nearestStep = (value: number) => {
	const distances = steps.map(step => Math.abs(step - value));
	return distances.indexOf(Math.min(...distances));
};

/** The colour of the 6×6×6 cube that is nearest. */
function cubeIndex(rgb: string): number {
	const [red, green, blue] = channels(rgb).map(nearestStep);
	return 16 + 36 * red! + 6 * green! + blue!;
}

/** What sets the colour of letters, as the parameters of SGR. */
export function colourCode(
	palette: Palette,
	hue: Hue,
	depth: ColourDepth,
): string {
	const [rgb, sixteen] = palette.colours[hue];
	if (palette.isOfTerminal || depth === 'sixteen') return String(sixteen);
	return depth === 'rgb'
		? `38;2;${channels(rgb).join(';')}`
		: `38;5;${cubeIndex(rgb)}`;
}
