import {useMemo} from 'react';
import {strings} from '../../strings/index.js';
import {useConsole, useEngine} from '../console-context.js';
import {innerWidth} from '../format/lines.js';
import {settingLines} from '../format/setting-lines.js';
import type {Theme} from '../theme.js';
import {TextOverlay} from './text-overlay.js';

export interface SettingsOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
}

/** Every setting, what it is and where that was said. */
export function SettingsOverlay(props: SettingsOverlayProps) {
	const {theme, width} = props;
	const {settings} = useConsole();
	const self = useEngine(state => state.self);
	const rateLimit = useEngine(state => state.rateLimit);
	const history = useEngine(state => state.history);
	const lines = useMemo(
		() =>
			settingLines(theme, innerWidth(width), {
				settings,
				state: {self, rateLimit, history},
			}),
		[theme, width, settings, self, rateLimit, history],
	);
	return (
		<TextOverlay {...props} title={strings.settings.title} lines={lines} />
	);
}
