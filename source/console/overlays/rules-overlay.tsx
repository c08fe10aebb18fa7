import type {EngineState, Rule} from '../../engine/index.js';
import {strings} from '../../strings/index.js';
import {fitCells, wrapCells} from '../../util/cells.js';
import {ruleNumber} from '../commands/rule-number.js';
import {composeLine, innerWidth} from '../format/lines.js';
import {
	describeAction,
	describeMatch,
	peerNameOf,
} from '../format/rule-text.js';
import type {Theme} from '../theme.js';
import {TextOverlay} from './text-overlay.js';

export interface RulesOverlayProps {
	readonly theme: Theme;
	readonly width: number;
	readonly height: number;
	/** Its rules, and the names of the peers in them. */
	readonly state: EngineState;
	readonly onClose: () => void;
}

const indent = 9;

/** Every rule with what it does and how often it did, and how to make one. */
export function RulesOverlay(props: RulesOverlayProps) {
	const {theme, width, state} = props;
	const {rules: words} = strings.input;
	const inner = innerWidth(width);
	const wrapped = (text: string, style: 'plain' | 'dim') =>
		wrapCells(text, inner).map(part =>
			composeLine(theme, inner, [[part, style]]),
		);
	const linesOf = (rule: Rule) => {
		const isOn = rule.enabled;
		const facts = [
			`${describeMatch(rule.match)} → ${describeAction(state, rule.action)}`,
			...(rule.peer ? [words.only(peerNameOf(state, rule.peer))] : []),
		].join(', ');
		const status = isOn ? (rule.dryRun ? words.dry : words.on) : words.off;
		return wrapCells(facts, Math.max(1, inner - indent)).map((part, index) =>
			composeLine(
				theme,
				inner,
				index === 0
					? [
							[fitCells(ruleNumber(rule), 4), 'accent'],
							[fitCells(status, indent - 4), isOn ? 'plain' : 'dim'],
							[part],
						]
					: [[' '.repeat(indent)], [part]],
				index === 0 ? [[words.hits(rule.hits), 'dim']] : [],
			),
		);
	};

	const rules = state.rules.values();
	const lines = [
		...(rules.length > 0
			? rules.flatMap(linesOf)
			: wrapped(words.none, 'plain')),
		composeLine(theme, inner, []),
		...words.howTo.flatMap(line => wrapped(line, 'dim')),
	];
	return <TextOverlay {...props} title={words.title} lines={lines} />;
}
