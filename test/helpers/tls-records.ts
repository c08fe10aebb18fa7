/** TLS as somebody on the wire sees it: its records, and the handshake messages that are in the clear (RFC 8446). */

export interface TlsRecord {
	readonly type: number;
	readonly body: Buffer;
}

/** All whole records of one direction; throws where it is no TLS. */
export function readRecords(stream: Buffer): TlsRecord[] {
	const records: TlsRecord[] = [];
	for (let at = 0; at + 5 <= stream.length;) {
		const type = stream.readUInt8(at);
		if (type < 20 || type > 23 || stream.readUInt8(at + 1) !== 3)
			throw new Error(`No TLS record at ${at}`);
		const end = at + 5 + stream.readUInt16BE(at + 3);
		if (end > stream.length) break;
		records.push({type, body: stream.subarray(at + 5, end)});
		at = end;
	}

	return records;
}

/** Its message type, and the types and bodies of its extensions: of a ClientHello or a ServerHello. */
export function readHello(body: Buffer): {
	readonly type: number;
	readonly extensions: Map<number, Buffer>;
} {
	const type = body.readUInt8(0);
	// Type and length, version, random; then the session id.
	let at = 4 + 2 + 32;
	at += 1 + body.readUInt8(at);
	if (type === 1) {
		at += 2 + body.readUInt16BE(at);
		at += 1 + body.readUInt8(at);
	} else {
		at += 3;
	}

	const end = at + 2 + body.readUInt16BE(at);
	const extensions = new Map<number, Buffer>();
	for (at += 2; at < end;) {
		const size = body.readUInt16BE(at + 2);
		extensions.set(body.readUInt16BE(at), body.subarray(at + 4, at + 4 + size));
		at += 4 + size;
	}

	return {type, extensions};
}
