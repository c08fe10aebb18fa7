/** One Chinese sentence for everything that can go wrong: what happened, to what, and what to do next. */
import {formatSize} from '../util/quantities.js';
import type {ErrorDetails} from '../errors.js';
import type {errorSentences as english} from './en-errors.js';
import {fact, size, where} from './error-facts.js';
import type {Translated} from './translated.js';
import {byteErrorSentences} from './zh-byte-errors.js';
import {classicErrorSentences} from './zh-classic-errors.js';
import {datagramErrorSentences} from './zh-datagram-errors.js';
import {file, name, seconds, why} from './zh-error-facts.js';
import {framingErrorSentences} from './zh-framing-errors.js';
import {historyErrorSentences} from './zh-history.js';
import {keepErrorSentences} from './zh-keep.js';
import {listenerErrorSentences} from './zh-listener-errors.js';
import {roomErrorSentences} from './zh-rooms.js';
import {ruleErrorSentences} from './zh-rule-errors.js';
import {trustErrorSentences} from './zh-trust-errors.js';

const port = (details: ErrorDetails) =>
	details['port'] === undefined ? '该端口' : `端口 ${details['port']}`;

/** The next port, for an example that can be copied. */
function portExample(details: ErrorDetails): string {
	const {port, kind} = details;
	const next =
		typeof port === 'number' && port > 0 && port < 65_535 ? port + 1 : 9091;
	return kind === 'udp' ? `--udp ${next}` : `--tcp ${next}`;
}

const startElsewhere = (details: ErrorDetails) =>
	details['kind'] === undefined
		? '请用 --tcp 或 --udp 另选一个'
		: `请用 ${portExample(details)} 启动`;

const tooLong = (details: ErrorDetails, what: string) => {
	const limit = size(details, 'limitBytes');
	const length = size(details, 'lengthBytes') ?? size(details, 'sizeBytes');
	const is = length ? `长 ${length}` : '太长';
	return `${what}${is}${limit ? `，最多 ${limit}` : ''}。请分几次发送，或作为文件发送。`;
};

const refusedNames: Readonly<Record<string, string>> = {
	empty: '它是空的',
	dots: '它指的是文件夹',
	separator: '它指向别的文件夹',
	long: '连同文件夹太长',
	crowded: '同名的文件夹会太多',
	drive: '它指的是盘符',
	control: '它含有控制字符',
};

/** What made the other side give up, where its code has words. */
const reported = new Map(
	Object.entries({
		diskFull: '它的磁盘已满',
		receiveFolderUnwritable: '它无法写入接收文件夹',
		storageFailed: '它的磁盘出错',
		fileMissing: '文件已不存在',
		fileUnreadable: '它无法读取文件',
		sourceChanged: '文件在发送时被修改',
		digestMismatch: '文件到达时已损坏',
		outputFailed: '接收其输出的程序已结束',
		streamBroken: '连接中断，而经过管道的内容无法继续',
	}),
);

export const errorSentences: Translated<typeof english> = {
	...listenerErrorSentences,
	...roomErrorSentences,
	portTaken: details =>
		`${port(details)} 已被其他程序占用。${startElsewhere(details)}，或关闭那个程序。`,
	portForbidden: details =>
		`系统不允许监听${port(details)}。请选择 1023 以上的，例如 --tcp 9090。`,
	addressUnavailable: details =>
		`本机没有地址 ${where(details, '（未注明）')}。去掉 --host 即监听所有地址。`,
	badAddress: details =>
		`${where(details, '输入的内容')} 不是地址。请写 host:port，例如 192.168.1.5:9090 或 [fe80::1]:9090。`,
	hostUnknown: details =>
		`找不到主机 ${fact(details, 'host', '（未注明）')}。请检查拼写，或使用它的 IP 地址。`,
	connectionRefused: details =>
		`${where(details, '该端口')} 上没有程序在监听。请先在那边启动程序，或换一个端口。`,
	connectTimedOut: details =>
		`${where(details, '该主机')} 没有应答。它可能已关机，或防火墙丢弃了发出的内容：请检查地址和防火墙。`,
	unreachable: details =>
		`从这里到不了 ${where(details, '该主机')}。请检查地址和网络连接。`,
	tooManyOpenFiles: () =>
		'系统不再给 sockterm 更多连接（打开的文件太多）。请关闭一些，或用 ulimit -n 提高上限。',
	networkFailed: details =>
		`与 ${where(details, '对方')} 之间的网络出错${why(details)}。请重试；若仍如此，请检查连接。`,

	connectionReset: details =>
		`${name(details)} 突然关闭了连接。用 /reconnect 重试。`,
	peerSilent: details =>
		`${name(details)} 已 ${seconds(details)}没有响应，连接已放弃。请检查网络，再用 /reconnect。`,
	notSockterm: details =>
		`${where(details, '该地址')} 上应答的不是 sockterm。普通 TCP 服务器请用 tcp://${where(details, 'host:port')}。`,
	callerNotSockterm: details =>
		`${where(details, '有人')} 发起了 sockterm 不支持的加密连接（需要 TLS 1.3），已关闭。可能是别的程序用错了端口。`,
	handshakeTimedOut: details =>
		`${name(details)} 发起了加密连接却一直没有完成，已关闭。请让对方重新连接。`,
	helloTimedOut: details =>
		`${name(details)} 连接后没有表明身份，已关闭。请让对方重新连接。`,
	tlsFailed: details =>
		`与 ${name(details)} 的加密连接没有建立${why(details)}。请检查双方都在运行最新的 sockterm。`,
	connectedToSelf: details =>
		`${where(details, '该地址')} 就是这个控制台自己。请连接另一个，或试试 /practice。`,
	alreadyConnected: details =>
		`${name(details)} 已经连接，位于 ${details['address'] ?? '该地址'}。请在它的对话里发消息。`,
	protocolViolation: details =>
		`${name(details)} 发来了 sockterm 协议之外的内容${why(details)}，连接已关闭。请检查双方版本是否相同。`,
	frameTooLong: details =>
		`${name(details)} 声明一次要发 ${size(details, 'lengthBytes') ?? '过多的内容'}，连接已关闭${
			size(details, 'limitBytes')
				? `（最多 ${size(details, 'limitBytes')}）`
				: ''
		}。请检查那边运行的是什么。`,
	versionMismatch: details =>
		`${name(details)} 使用的是另一个协议版本（${fact(details, 'theirs', '未知')}）。请更新较旧的一方。`,
	slowReader: details =>
		`${name(details)} 不读取发给它的内容，连接已关闭。等它恢复读取后再连接。`,
	tooManyConnections: details =>
		`${'host' in details ? `来自 ${where(details, '')} 的` : ''}连接太多，已关闭。请检查是否有程序在循环连接；/deny 可禁止某个地址。`,
	peerReported: details =>
		`${name(details)} 放弃了：${reported.get(fact(details, 'code', '')) ?? `它报告了 ${fact(details, 'code', '未知错误')}`}。详情请看它的屏幕。`,

	notConnected: details =>
		`${name(details)} 现在没有连接。请等它回来，或用 /reconnect。`,
	nobodyThere: () =>
		'没有人连接，所以没有人收到。请先用 /connect host:port 连接，或试试 /practice。',
	tcpNotListening: () =>
		'这里没有打开 TCP 端口，而练习对端需要连接一个。请用 /listen tcp 9090 打开；若已占用，换一个端口。',
	noSuchPeer: details =>
		`没有名为 ${fact(details, 'name', '（未注明）')} 的对端。/peers 可查看在线的对端。`,
	messageTooLong: details => tooLong(details, '消息'),
	messageNotTaken: details =>
		`${name(details)} 每条消息最多接收你的 ${size(details, 'limitBytes') ?? '一小段文本'}，因为你在那边未经验证。请分几次发送，作为文件发送，或先 /pair 再发。`,
	messageDeclined: details =>
		`${name(details)} 发来的消息对未验证的对端来说太长（最多 ${size(details, 'limitBytes') ?? '一小段文本'}），已告知对方。消息没有显示；/pair 之后可接收更长的。`,
	encodingUnknown: details =>
		`没有名为 ${fact(details, 'encoding', '（未注明）')} 的编码。常用的有 utf-8、gb18030、big5、shift_jis、latin1。`,
	notEncodable: details =>
		`${fact(details, 'character', '有一个字符')} 无法用 ${fact(details, 'encoding', '该对端的编码')} 表示。请去掉它，或用 /encoding utf-8 更改编码。`,
	datagramTooLong: details => {
		const limit = size(details, 'limitBytes') ?? formatSize(65_507);
		const length = size(details, 'lengthBytes') ?? size(details, 'sizeBytes');
		return `数据报${length ? `长 ${length}` : '太长'}，一个最多 ${limit}。请分几次发送。`;
	},
	udpNotListening: () =>
		'这里没有打开 UDP 端口，而发送数据报需要一个。请用 /listen udp 10000 打开。',
	queueFull: details =>
		`${name(details)} 现在不接收消息，等待发送的已经太多。请等它恢复读取。`,

	...byteErrorSentences,
	...classicErrorSentences,
	...datagramErrorSentences,
	...framingErrorSentences,
	...historyErrorSentences,
	...keepErrorSentences,
	...ruleErrorSentences,
	...trustErrorSentences,

	fileMissing: details => `${file(details)} 不存在。请检查拼写和所在文件夹。`,
	fileUnreadable: details =>
		`无法读取 ${file(details)}${why(details)}。请检查是否有权限打开它。`,
	notAFile: details =>
		`${file(details)} 既不是文件也不是文件夹（是设备、管道或套接字），无法发送。请另选。`,
	offerTooLarge: details =>
		`${fact(details, 'path', '它')} 的内容对一个邀请来说太多：最多 ${fact(details, 'entries', '一定数量')} 个条目、${fact(details, 'levels', '若干')} 层文件夹和 ${size(details, 'limitBytes') ?? '几 MB'} 的名字。请分几次发送，或先打包。`,
	sourceChanged: details =>
		`${file(details)} 在发送时被修改。请等没有程序写入它时再发。`,
	rawPeerTakesNoFiles: details =>
		`${name(details)} 是明文连接，不能接收文件。文件只在两个 sockterm 之间传送：请让对方用 /connect 连接。`,

	nameRefused: details =>
		`一个文件因名字被拒：${refusedNames[fact(details, 'reason', '')] ?? '无法安全写入'}。请让发送方改名。`,
	receiveFolderUnwritable: details =>
		`无法写入 ${fact(details, 'path', '接收文件夹')}。请检查它是否为你的文件夹，或用 --dir 另选。`,
	diskFull: details => {
		const needed = size(details, 'neededBytes');
		const free = size(details, 'freeBytes');
		const facts = needed && free ? `（需要 ${needed}，剩余 ${free}）` : '';
		return `${fact(details, 'path', '接收文件夹')} 所在的磁盘已满${facts}。请腾出空间，或用 --dir 另选。`;
	},
	storageFailed: details =>
		`写入文件时磁盘出错${why(details)}，没有保留任何内容。请检查磁盘，再让对方重发。`,
	digestMismatch: details =>
		`${fact(details, 'name', '该文件')} 到达时已损坏，没有保留。请让对方重发。`,
	outputFailed: details =>
		`收到的内容无法写到 stdout${why(details)}：读取它的程序可能已结束。请把两边重新启动。`,
	tooManyOffers: details =>
		`${name(details)} 同时邀请的文件太多，最后一个已拒绝。请先答复等待中的。`,
	laneLost: details =>
		`传送${details['name'] === undefined ? '' : ` ${name(details)} 的`}文件的数据通道中断了。连接恢复后请重新发送。`,
	declined: details =>
		`${name(details)} 拒绝了这些文件。请问明原因，或重新邀请。`,
	cancelled: () => '已取消。',
	noSuchTransfer: () =>
		'这个传输已经结束，或从未有过。/transfers 可查看现有的。',
	arrivedBefore: () => '它已经到达。',
	noSuchPartial: () =>
		'中断传输的那一部分已经没有了，或正在被写入。/transfers partial 可查看现有的。',
	nothingToRetry: () =>
		'没有可重发的：全部已到达，或不是从这里发送的。发送方可以重试。',
	notInQueue: () => '它不在这个控制台的队列里：只有排队等待的才能移动。',
	peerDidNotReturn: details =>
		`${name(details)} 在 ${fact(details, 'minutes', '规定的')} 分钟内没有回来。已到达的部分会保留：重新发送即可接着传。`,
	streamBroken: () =>
		'连接中断，而经过管道的内容无法再次发送或写入。请重新运行命令。',

	stateFolderUnusable: details =>
		`存放设置和密钥的文件夹 ${fact(details, 'path', '（所指定的）')} 无法使用${why(details)}。请检查权限，或用 --state-dir 另选。`,
	identityUnusable: details =>
		`${fact(details, 'path', '状态文件夹')} 中的密钥无法使用${why(details)}。移走它会生成新的，或用 --state-dir 另选文件夹。`,
	unexpected: details =>
		`sockterm 内部出错${why(details)}。请连同之前的操作一起报告。`,
};
