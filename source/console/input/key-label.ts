const labels: Readonly<Record<string, string>> = {
	enter: 'Enter',
	escape: 'Esc',
	tab: 'Tab',
	space: 'Space',
	backspace: 'Backspace',
	delete: 'Del',
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	ctrl: 'Ctrl',
	alt: 'Alt',
	shift: 'Shift',
};

const asciiArrows: Readonly<Record<string, string>> = {
	up: 'Up',
	down: 'Down',
	left: 'Left',
	right: 'Right',
};

/** A canonical key name as people write it: `Ctrl-A`, `PgUp`, `F4`, `↑` (`Up` in ASCII). */
export function keyLabel(name: string, isAscii = false): string {
	const parts = name.split('+');
	return parts
		.map(part => {
			if (isAscii && asciiArrows[part]) return asciiArrows[part];
			if (labels[part]) return labels[part];
			const isShownInCapitals = parts.length > 1 || /^f\d+$/.test(part);
			return isShownInCapitals ? part.toUpperCase() : part;
		})
		.join('-');
}
