/** What `sockterm relay` says, in Chinese. Part of the one table, `strings.cli`. */
import type {relayVerbStrings as english} from './en-relay.js';
import type {Translated} from './translated.js';

export const relayVerbStrings: Translated<typeof english> = {
	listening: (here, there) => `正在监听 ${here}；每个连接都转到 ${there}。`,
	joined: (client, server) => `${client} 已连接，接到 ${server}。`,
	left: client => `${client} 已离开。`,
	said: (client, arrow, text) => `${client} ${arrow} ${text}`,
	needsPlaces:
		'sockterm relay 需要监听的端口和目的地：sockterm relay 9001 HOST:PORT。',
	badListen: text =>
		`“${text}”不是可监听的端口。请写端口，例如 9001，或 address:port。`,
	notForPeers: text =>
		`中继原样传递字节，所以“${text}”不适用：请写 HOST:PORT；服务器需要 TLS 时写 ssl://HOST:PORT。`,
	tooMuch: text =>
		`“${text}”在这里是多余的。多个干扰请写在一对引号里：--impair "delay=50ms drop=1%"。`,
	unknownImpairment: text =>
		`--impair 不认识“${text}”：可用 delay、jitter、drop、corrupt、split、join 和 rate，例如 "delay=50ms drop=1%"。`,
	badImpairment: (word, value) =>
		`--impair：${word}=${value} 不行。请写成 "delay=50ms jitter=20ms drop=1% corrupt=0.1% split=3 join=100ms rate=10KB" 这样。`,
};
