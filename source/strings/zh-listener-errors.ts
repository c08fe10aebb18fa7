/** What goes wrong with listeners and the connections that they accept, one Chinese sentence each. */
import type {listenerErrorSentences as english} from './en-listener-errors.js';
import {fact, where} from './error-facts.js';
import type {Translated} from './translated.js';
import {name, seconds} from './zh-error-facts.js';

export const listenerErrorSentences: Translated<typeof english> = {
	interfaceUnusable: details =>
		`网络接口 ${fact(details, 'host', '（所指定的）')} 现在没有地址。请启用它，或监听本机的某个地址。`,
	noSuchInterface: details =>
		`这里没有名为 ${fact(details, 'host', '（未注明）')} 的网络接口、主机或地址。有地址的接口：${fact(details, 'interfaces', '无')}。`,
	noSuchListener: () => '那个监听已关闭。/listen 可查看打开的。',
	badRange: details =>
		`${fact(details, 'range', '它')} 不是地址或网段。请写成 10.0.0.5、10.0.0.0/8、192.168.1.10-192.168.1.20 或 fd00::/8 这样。`,
	tooManyRanges: details =>
		`一个监听最多 ${fact(details, 'limit', '有限')} 个网段。请把一些合并成更大的，例如 10.0.0.0/8。`,
	addressDenied: details =>
		`${where(details, '某个地址')} 连来，已被拒绝：它被禁止连接。/allow ${fact(details, 'host', 'ADDRESS')} 可以放行。`,
	tooManyViolations: details =>
		`${where(details, '某个地址')} 一再违反协议，在 ${seconds(details)}内不让它连进来。如果是朋友，请核对双方的 sockterm 版本；/allow ${fact(details, 'host', 'ADDRESS')} 可立即放行。`,
	notTls: details =>
		`${name(details)} 向 TLS 端口发送明文，已关闭。请让它使用 TLS (openssl s_client, ncat --ssl)，或改用 tcp 监听。`,
	serverNotTls: details =>
		`${where(details, '该地址')} 上应答的程序不使用 TLS。普通 TCP 服务器请用 tcp://${where(details, 'host:port')}。`,
	idleTimeout: details =>
		`与 ${name(details)} 之间已 ${seconds(details)}没有数据，连接已关闭。可以重新连接，或监听时把 --idle 设长些。`,
	notForPeers: details =>
		`${name(details)} 在只用于明文连接的端口上使用 sockterm 协议，已关闭。请让它连接另一个端口。`,
};
