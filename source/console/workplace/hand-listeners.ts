/**
 * Which listeners are to come back: those that somebody opened by hand and did not close.
 * One that could not be opened again stays remembered: the next time its port may be free.
 */
import type {
	Command,
	EngineEvent,
	EngineState,
	ListenerId,
	ListenerOptions,
} from '../../engine/index.js';

export interface HandListeners {
	/** What the person, or what is remembered, asks the engine for. */
	asked(command: Command): void;
	happened(event: EngineEvent): void;
	/** As they are to be opened again: with who may reach them now. */
	options(state: Pick<EngineState, 'listeners'>): readonly ListenerOptions[];
}

interface Asked {
	readonly options: ListenerOptions;
	id: ListenerId | undefined;
	/** `given`: by flags or settings, which say so again the next time. */
	readonly by: 'given' | 'remembered' | 'hand';
}

const askedBy =
	(by: Asked['by']) =>
	(options: ListenerOptions): Asked => ({options, id: undefined, by});

/** `given` have been asked for already, `remembered` are asked for next. */
export function createHandListeners(
	given: readonly ListenerOptions[],
	remembered: readonly ListenerOptions[],
): HandListeners {
	let listeners = [
		...given.map(askedBy('given')),
		...remembered.map(askedBy('remembered')),
	];

	/** The one that waits for an answer about a port. */
	const waiting = (kind: string, port: number) =>
		listeners.find(
			({id, options}) =>
				id === undefined &&
				options.kind === kind &&
				(options.port === port || options.port === 0),
		);

	return {
		asked(command) {
			if (command.type === 'listener/open') {
				const {type: _type, ref: _ref, ...options} = command;
				listeners.push(askedBy('hand')(options));
			} else if (command.type === 'listener/close') {
				listeners = listeners.filter(({id}) => id !== command.listener);
			}
		},
		happened(event) {
			if (event.type === 'listener/bound') {
				const asked = waiting(event.kind, event.port);
				if (asked) asked.id = event.listener;
			} else if (event.type === 'listener/failed') {
				const asked = waiting(event.kind, event.port);
				if (asked && asked.by !== 'remembered') {
					listeners = listeners.filter(each => each !== asked);
				}
			}
		},
		options: state =>
			listeners
				.filter(({by}) => by !== 'given')
				.map(({options, id}) => {
					const now = id === undefined ? undefined : state.listeners.get(id);
					if (!now) return options;
					const {allow: _allow, deny: _deny, ...rest} = options;
					const {allow, deny} = now.options;
					return {
						...rest,
						...(allow ? {allow} : {}),
						...(deny ? {deny} : {}),
					};
				}),
	};
}
