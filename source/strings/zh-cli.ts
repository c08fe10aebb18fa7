/** What the command line says, in Chinese: the sentences of the verbs. */
import type {cliStrings as english} from './en-cli.js';
import type {Translated} from './translated.js';
import {classicStrings, classicUsageStrings} from './zh-classic.js';
import {cliHelp} from './zh-cli-help.js';
import {netcatStrings, netcatUsage} from './zh-netcat.js';
import {pairingStrings, pairingUsage} from './zh-pairing.js';
import {relayVerbStrings} from './zh-relay.js';
import {udpStrings, udpUsageStrings} from './zh-udp.js';

export const cliStrings: Translated<typeof english> = {
	description:
		'连接一切套接字的终端控制台：人、脚本、设备、文件和数据报，都在一个屏幕上。',
	help: cliHelp,
	usage: {
		unknownVerb: verb =>
			`没有动词“${verb}”。可用 listen、send、receive、say、udp、relay、pair 或 id；不带动词则打开控制台。请看 sockterm --help。`,
		unknownFlag: flag => `没有选项 ${flag}。请看 sockterm --help。`,
		repeatedFlag: flag =>
			`${flag} 写了两次。请只写一次；只有 --connect、--to、--allow、--deny 和 --join 可以重复。`,
		port: (flag, value) => `${flag} 要 0 到 65535 的端口，不能是“${value}”。`,
		count: (flag, value) => `${flag} 要从 1 起的整数，不能是“${value}”。`,
		setting: (where, given, allowed) =>
			`${where} 的值应为：${allowed}；不能是“${given}”。`,
		duration: (flag, value) =>
			`${flag} 要时间，例如 5s、500ms 或 2m，不能是“${value}”。`,
		range: (flag, value) =>
			`${flag} 要地址或网段，例如 10.0.0.0/8，不能是“${value}”。`,
		netcat: netcatUsage,
		connectUdp: address =>
			`UDP 没有连接，所以 --connect 不能用 ${address}。请用 sockterm say --to ${address} TEXT 发送。`,
		accept: value =>
			`--accept 只能是 none、all 或 verified，不能是“${value}”。`,
		receiveAccept: value =>
			`sockterm receive 会询问，所以这里 --accept 只能是 verified，不能是“${value}”。加 --yes 则全部接受。`,
		verifiedAlone: flag => `--accept verified 已说明接受什么：请去掉 ${flag}。`,
		atMost: value =>
			`--at-most 要每个邀请的大小和条目数，以及每天的字节数，例如 "2GB 100 20GB"；不能是“${value}”。`,
		atMostOfVerified:
			'--at-most 限定已验证的对端可以发送多少：请加上 --accept verified。',
		needsTo: verb => `sockterm ${verb} 需要知道发给谁：请加上 --to HOST:PORT。`,
		needsFiles:
			'sockterm send 至少需要一个文件或文件夹：sockterm send PATH --to HOST:PORT。',
		sameAddressee: address => `${address} 写了两次。每个对端只写一次。`,
		sayToOne: 'sockterm say 只发给一个地址。每个 --to 请分别运行一次。',
		inputNeedsName:
			'管道输入的内容需要保存用的名字：请加上 --as NAME，例如 --as backup.tar。',
		badInputName: name =>
			`--as 要文件名，不能是“${name}”：文件夹由接收方决定。`,
		asWithoutInput:
			'--as 给管道输入的内容命名：请与 - 一起用，例如 sockterm send - --as NAME --to HOST:PORT。',
		inputAlone: '管道输入 (-) 要单独发送：其他路径请另用命令。',
		inputToOne:
			'管道输入只能读一次，所以只能发给一个对端。要发给多个，请先存成文件。',
		inputIsTerminal:
			'没有管道输入：- 发送另一个程序写出的内容，例如 tar c . | sockterm send - --as backup.tar --to HOST:PORT。',
		stdoutAlone: flag => `--stdout 只把一个文件写到 stdout：请去掉 ${flag}。`,
		stdoutIsTerminal:
			'--stdout 会把陌生人发来的内容写到你的终端。请接到程序，例如 sockterm receive --stdout | tar x，或写入文件。',
		needsText:
			'sockterm say 需要文本：sockterm say --to HOST:PORT TEXT，或用 - 从 stdin 逐行读取。',
		onlyPeersTakeFiles: address =>
			`文件只发给加密的对端；${address} 是明文。请去掉 tcp:// 或 udp://。`,
		noOperands: (verb, operand) =>
			`sockterm ${verb} 不接受“${operand}”：文件存到哪里用 --dir 指定。`,
		nothingToListenOn:
			'sockterm receive 这样等不到任何人：请去掉 --no-tcp，或加上 --connect HOST。',
		nobodyToAsk: '没有可以询问的终端。加上 --yes 则不询问就接受。',
		udp: udpUsageStrings,
		classic: classicUsageStrings,
		pairing: pairingUsage,
		noTerminal:
			'控制台需要终端。脚本请用 sockterm listen、send、receive、say 或 udp (sockterm --help)。',
	},
	pairing: pairingStrings,
	netcat: netcatStrings,
	listening: (kind, address) => `正在监听 ${kind} ${address}。`,
	connected: (name, address, trust) =>
		`${name} 已从 ${address} 连接 (${trust})。`,
	left: (name, why) =>
		why === undefined ? `${name} 已离开。` : `${name} 已离开：${why}`,
	said: (name, text) => `${name} > ${text}`,
	saidIn: (room, name, text) => `${room} ${name} > ${text}`,
	datagram: (from, sizeBytes, text) =>
		`${from} (UDP, ${sizeBytes} B) > ${text}`,
	offered: (name, files, size) => `${name} 想发送 ${files} (${size})。`,
	notAccepted: '已拒绝：要接收文件，请加 --accept all 启动。',
	notTaken: name => `${name} 的邀请已拒绝：没有人可以询问。`,
	notTakenOf: (name, trust) =>
		`${name} 的邀请已拒绝：它是 ${trust}，而这里只接收已验证对端的内容。`,
	flaggedDeclined: file =>
		`有个邀请已自动拒绝：“${file}”会被程序自动执行或读取。想自己决定，请用控制台，或不带 --yes 运行 sockterm receive。`,
	saved: (file, path, digest) =>
		`已把 ${file} 保存到 ${path} (BLAKE3 ${digest})。`,
	transferFailed: (name, reason) => `与 ${name} 的传输失败：${reason}`,
	leftOut: count => `略去 ${count} 个条目：链接、设备和管道不发送。`,
	waitingForAccept: name => `等待 ${name} 接受。`,
	delivered: (file, savedAs, digest) =>
		file === savedAs
			? `${file} 已送达 (BLAKE3 ${digest})。`
			: `${file} 已送达，在那边存为 ${savedAs} (BLAKE3 ${digest})。`,
	/** Where there are several peers. */
	forPeer: (name, line) => `${name}：${line}`,
	samePeer: address => `${address} 指向已经写过的对端：它只会收到一份。`,
	declined: name => `${name} 拒绝了。`,
	cancelledByPeer: name => `${name} 取消了传输。`,
	tookSome: (name, count, all) =>
		`${name} 接收了 ${all} 个中的 ${count} 个；其余的不想要，或在那边无法保存。`,
	interrupted: '已中断。',
	interruptedKept:
		'已中断。已到达的部分保留一周：重新发送同样的内容即可接着传。',
	/** Lines on stderr, where nobody sees a bar. */
	goesOn: (file, held) => `${file} 从那边已有的 ${held} 处接着传。`,
	isThere: (file, digest) => `${file} 那边已有，内容相同 (BLAKE3 ${digest})。`,
	connectionGone: name => `与 ${name} 的连接已断开，恢复后会自动继续。`,
	/** What held a transfer up, beside its bar. */
	heldUp: {
		queued: '排队等待',
		queuedThere: name => `在 ${name} 那边排队`,
		pausedByUs: '已暂停',
		pausedByPeer: name => `已由 ${name} 暂停`,
		ownDiskFull: (free, needed) => `磁盘已满：剩余 ${free}，需要 ${needed}`,
		ownDiskFullNow: '磁盘已满：有空间后继续',
		peerDiskFull: name => `${name} 的磁盘已满`,
		tryingAgain: seconds =>
			seconds > 0 ? `连接已断开，${seconds} 秒后重试` : '连接已断开，正在重试',
		askedAgain: name => `${name} 已回来：等待答复`,
		waitingForPeer: name => `连接已断开，等待 ${name}`,
		still: (seconds, why) => `已 ${seconds} 秒没有数据：${why}`,
		ownDisk: '本机磁盘太慢',
		receiver: name => `${name} 不再接收`,
		sender: name => `${name} 没有发来内容`,
	},
	udp: udpStrings,
	classic: classicStrings,
	relay: relayVerbStrings,
	question: {
		/** Under the list of files. */
		from: (name, address, trust) =>
			`来自 ${name}${address === undefined ? '' : `，地址 ${address}`}，${trust}。`,
		into: folder => `接受的内容存到 ${folder}。`,
		intoStdout: '接受的内容原样写到 stdout。',
		ask: '接受吗？[y/N] ',
		askWhich: '接受吗？[y/N，或编号，例如 1-3,5] ',
		noSuchEntry: count =>
			`条目编号为 1 至 ${count}：请写成 1-3,5 这样，或用 y 表示全部。`,
		partial: percent => `这里已有 ${percent}，接着传`,
		similar: '与这里的一个文件同名同大小：若内容相同则跳过',
		taken: '名字在这里已占用，将加编号',
		stream: '大小还不知道',
		folder: '空文件夹',
		refused: reason => `略去：${reason}`,
		leftOut: name => `没有全部保存：“${name}”在这里不能作文件名。`,
		declined: name => `已拒绝 ${name} 的邀请。`,
		withdrawn: name => `${name} 收回了邀请。`,
		busy: name =>
			`${name} 的另一个邀请已拒绝：这里只接收一个。加 --keep 可接收多个。`,
		sentAnew: name => `${name} 重新发送中断的内容：改为接收它。`,
		notForStdout: name =>
			`${name} 的一个邀请已拒绝：用 --stdout 只能接收一个文件，不能是多个或文件夹。继续等待。`,
		damaged: '写到 stdout 的内容已损坏或不完整：请不要使用。',
	},
	progress: {
		several: count => `${count} 个传输`,
		entryOf: (index, count, name) => `${index}/${count} ${name}`,
		eta: time => `剩余 ${time}`,
	},
};
