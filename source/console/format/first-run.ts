import type {EngineState, Listener} from '../../engine/index.js';
import {describeError, strings} from '../../strings/index.js';
import type {StyleName, Theme} from '../theme.js';
import {formatAddress} from '../../util/address.js';
import {cellWidth, fitCells, wrapCells} from '../../util/cells.js';
import {composeLine, type Spans} from './lines.js';

const addressesShown = 4;

/** Where others reach a listener: every address of this machine, if it listens on all. */
function hostsOf(
	{host}: Listener,
	addresses: readonly string[],
): readonly string[] {
	const isEverywhere = host === '::' || host === '0.0.0.0' || host === '';
	const hosts = isEverywhere ? addresses.slice(0, addressesShown) : [host];
	return hosts.length > 0 ? hosts : ['127.0.0.1'];
}

const reachableAt = (listener: Listener, addresses: readonly string[]) =>
	hostsOf(listener, addresses).map(host =>
		formatAddress({host, port: listener.port}),
	);

/** What stands in the conversation while nobody is there: where we listen, what failed, what to do next. */
export function firstRunLines(
	state: EngineState,
	options: {
		readonly theme: Theme;
		readonly width: number;
		readonly height: number;
		readonly addresses: readonly string[];
	},
): string[] {
	const {theme, width, height, addresses} = options;
	const words = strings.firstRun;
	const lines: string[] = [];
	const put = (spans: Spans) => lines.push(composeLine(theme, width, spans));
	const putText = (text: string, style: StyleName, indent = 0) => {
		for (const line of wrapCells(text, width - indent)) {
			put([[' '.repeat(indent)], [line, style]]);
		}
	};

	const gap = () => {
		if (height >= 20) put([]);
	};

	putText(words.nobody, 'strong');
	gap();
	const listeners = state.listeners.values();
	for (const {kind, port, error} of state.failedListeners) {
		put([
			[`${theme.glyphs.failed} `, 'bad'],
			[strings.header.notListening(kind, port), 'bad'],
		]);
		putText(describeError(error), 'plain', 2);
	}

	if (listeners.length === 0 && state.failedListeners.length > 0) {
		putText(words.notListening, 'warning');
	}

	if (listeners.length > 0) putText(words.listening, 'plain');
	for (const kind of ['tcp', 'udp'] as const) {
		const label = kind === 'tcp' ? words.tcp : words.udp;
		const at = listeners
			.filter(each => each.kind === kind)
			.flatMap(each => reachableAt(each, addresses));
		for (const [index, address] of at.entries()) {
			const head = index === 0 ? label : ' '.repeat(cellWidth(label));
			put([['  '], [head, 'dim'], ['  '], [address, 'accent']]);
		}
	}

	gap();
	putText(words.next, 'strong');
	const tcp = listeners.find(({kind}) => kind === 'tcp');
	const reachable = tcp && {
		host: hostsOf(tcp, addresses)[0]!,
		port: tcp.port,
	};
	const steps: ReadonlyArray<readonly [key: string, what: string]> = [
		words.connect,
		reachable ? words.netcat(reachable.host, reachable.port) : words.listen,
		words.practice,
		words.help,
	];
	const keyWidth = Math.max(...steps.map(([key]) => cellWidth(key)));
	const isTabular = width >= keyWidth + 30;
	for (const [key, what] of steps) {
		const indent = isTabular ? keyWidth + 4 : 4;
		const [first = '', ...rest] = wrapCells(what, Math.max(1, width - indent));
		if (isTabular) {
			put([['  '], [fitCells(key, keyWidth), 'accent'], ['  '], [first]]);
		} else {
			put([['  '], [key, 'accent']]);
			put([[' '.repeat(indent)], [first]]);
		}

		for (const line of rest) put([[' '.repeat(indent)], [line]]);
	}

	return lines;
}
