import {networkInterfaces} from 'node:os';

/** This machine's addresses that others can type: IPv4 first; no loopback, nothing that needs a zone. */
export function localAddresses(): string[] {
	const found: Array<{readonly address: string; readonly isV4: boolean}> = [];
	for (const addresses of Object.values(networkInterfaces())) {
		for (const {address, internal, family} of addresses ?? []) {
			if (!internal && !address.toLowerCase().startsWith('fe80:')) {
				found.push({address, isV4: family === 'IPv4'});
			}
		}
	}

	return [
		...found.filter(({isV4}) => isV4),
		...found.filter(({isV4}) => !isV4),
	].map(({address}) => address);
}
