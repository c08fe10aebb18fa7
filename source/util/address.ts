/** As it can be typed: IPv6 in brackets. */
export function formatAddress({
	host,
	port,
}: {
	readonly host: string;
	readonly port: number;
}): string {
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A listening address in short: `:9090` for all interfaces. */
export function formatListening({
	host,
	port,
}: {
	readonly host: string;
	readonly port: number;
}): string {
	return host === '::' || host === '0.0.0.0' || host === ''
		? `:${port}`
		: formatAddress({host, port});
}

/** Where this machine reaches its own listener: all interfaces are reached over loopback. */
export function ownAddress<Listening extends {readonly host: string}>(
	listening: Listening,
): Listening {
	const {host} = listening;
	if (host === '::' || host === '0.0.0.0' || host === '') {
		return {...listening, host: '127.0.0.1'};
	}

	return listening;
}

/** Whether a numeric address never leaves this machine. */
export const isLoopback = (host: string): boolean =>
	host === '::1' || host.startsWith('127.');

/** Whether a peer's name is just where it connected from. */
export const isAddressLike = (name: string): boolean => /:\d+$/.test(name);
