/** Chinese sentences for what goes wrong with pairing, pins and blocks. */
import type {trustErrorSentences as english} from './en-trust-errors.js';
import {fact, size} from './error-facts.js';
import type {Translated} from './translated.js';
import {name} from './zh-error-facts.js';

export const trustErrorSentences: Translated<typeof english> = {
	notVerified: details =>
		`${name(details)} 未经验证，而这里只放行已验证的对端。请先不带 --require-verified 启动，配对后再带上它启动。`,
	keyChanged: details =>
		`${name(details)} 的密钥与你验证过的不同，所以没有向它发送任何内容。它可能重新安装过，也可能是别人在冒充。请问清楚；若属正常，先 /unpair ${name(details, 'NAME')}，再 /pair。`,
	peerBlocked: details => `${name(details)} 已被封锁。/unblock 可重新放行。`,
	plainRefused: () => '这里不接受明文连接。请用 sockterm 连接。',
	badCode: () => '配对码是另一个屏幕上显示的六位数字。',
	noCodeShown: details =>
		`${name(details)} 现在没有显示配对码。请对方用 /pair 显示，再在这里输入。`,
	codeUnderWay: details => `正在与 ${name(details)} 核对配对码。请等待结果。`,
	tooManyCodes: details =>
		`这个连接上已向 ${name(details)} 显示过太多配对码。请先 /reconnect，再 /pair。`,
	onlyEncrypted: details =>
		`${name(details)} 不是加密的对端：没有可验证的密钥。双方都要用 sockterm，且连接时不用 tcp://。`,
	badPetname: details =>
		`备注名是一个最多 ${fact(details, 'most', '32')} 个字符、不含空格的词，“${fact(details, 'petname', '')}”不符合。请另选。`,
	petnameTaken: details =>
		`备注名“${fact(details, 'petname', '')}”与你已认识的 ${name(details)} 太像。请另选。`,
	noSuchPin: details =>
		`没有名为“${fact(details, 'petname', '')}”的已验证对端。/peers 可查看。`,
	pinUnreached: details =>
		`还没有从这里连接过 ${name(details)}，不知道它的地址。请用 /connect host:port。`,
	tooManyPins: details =>
		`已经保存了 ${fact(details, 'most', '很多')} 个。请用 /unpair 或 /unblock 去掉一个。`,
	notBlocked: details =>
		`${name(details)} 没有被封锁。/peers 可查看哪些被封锁。`,
	badCaps: details =>
		`自动接受 ${name(details)} 的内容需要三个大于 0 的数：每个邀请的字节数和条目数（最多 ${fact(details, 'most', '20,000')}），以及每天的字节数。`,
	autoUnverified: details =>
		`没有自动接受：${name(details)} 未经验证。请先 /pair。`,
	autoFlagged: details =>
		`没有自动接受：名为“${fact(details, 'file', '')}”的文件会被程序自动执行或读取。请看过再接受或拒绝。`,
	autoRefusedName: details =>
		`没有自动接受：“${fact(details, 'file', '有个名字')}”在这里不能作文件名。请接受其余的，或拒绝。`,
	autoSizeUnknown: () => '没有自动接受：大小未知。请接受或拒绝。',
	autoTooMany: details =>
		`没有自动接受：有 ${fact(details, 'count', '太多')} 个条目，而 ${name(details)} 未经询问最多可发 ${fact(details, 'most', '较少的')} 个。请接受或拒绝。`,
	autoTooLarge: details =>
		`没有自动接受：${size(details, 'bytes') ?? '它'} 超过了 ${name(details)} 未经询问可发的 ${size(details, 'limitBytes') ?? '大小'}。请接受或拒绝。`,
	autoDayFull: details =>
		`没有自动接受：加上它，${name(details)} 一天内未经询问发送的将超过 ${size(details, 'limitBytes') ?? '限额'}。请接受或拒绝。`,
	autoNoRoom: details =>
		`没有自动接受：这里放不下 ${size(details, 'bytes') ?? '它'}。请腾出空间再接受，或拒绝。`,
	notesUnusable: details =>
		`记录未完成传输的文件 ${fact(details, 'path', '（在状态文件夹中）')} 无法使用（${fact(details, 'what', '原因未知')}）：重启后不会自动继续。请检查权限和磁盘空间。`,
	notesDamaged: details =>
		`记录未完成传输的文件已损坏，现已移到 ${fact(details, 'path', '别处')}：已开始的不会自动继续。请重新发送。`,
	resumeChanged: details =>
		`${fact(details, 'path', '有个文件')} 已不是 ${name(details)} 当初接受的样子，所以没有重新邀请。请重新发送。`,
	trustUnusable: details =>
		`记录已验证对端的文件 ${fact(details, 'path', '（在状态文件夹中）')} 无法使用（${fact(details, 'what', '原因未知')}）：所有对端都视为未验证，封锁也不起作用。请检查权限和磁盘空间。`,
	unpairedMeanwhile: details =>
		`${name(details)} 在通过验证的那一刻，被你的另一个 sockterm 取消了配对：它没有通过验证。请重新配对。`,
	trustDamaged: details =>
		`记录已验证对端的文件已损坏，现已移到 ${fact(details, 'path', '别处')}。所有对端都视为未验证，封锁也不起作用：请重新配对，或手工修复。`,
};
