/** What goes wrong between the classic file assistant and us, one Chinese sentence each. */
import type {classicErrorSentences as english} from './en-classic-errors.js';
import {fact, size, where, type Sentence} from './error-facts.js';
import type {Translated} from './translated.js';
import {file, name} from './zh-error-facts.js';

const said = (details: Parameters<Sentence>[0]) =>
	details['said'] === undefined || details['said'] === ''
		? '它什么也没说'
		: `它说的是“${details['said']}”`;

export const classicErrorSentences: Translated<typeof english> = {
	classicHeaderMissing: details =>
		`向 ${name(details)} 要文件，它却没有给出名字和大小，所以什么也没有收到。请让它以 GBK 发送名字，以 8 字节小端发送大小。`,
	classicNameUndecodable: details =>
		`${name(details)} 发来的文件名不是 GBK 文本（${fact(details, 'hex', '字节未知')}），所以没有接收文件。请让它用 GBK 编码名字。`,
	classicSizeWrong: details =>
		`${name(details)} 声明的大小是 ${fact(details, 'size', '不合理的')} 字节，没有这样的文件，所以没有接收。请让它以 8 字节、小端、有符号发送大小。`,
	nameFlagged: details =>
		`名字“${fact(details, 'name', '')}”会被程序自动执行或读取，又没有人可以询问，所以没有接收这个文件。请让发送方改名。`,
	classicIncomplete: details =>
		`${fact(details, 'host', '对方')} 发送 ${file(details)} 时，在 ${size(details, 'movedBytes') ?? '一部分'} / ${size(details, 'sizeBytes') ?? '全部'} 处中断，没有保留任何内容。请让它重新发送。`,
	classicBeyond: details =>
		`${name(details)} 比它为 ${fact(details, 'file', '该文件')} 声明的 ${size(details, 'sizeBytes') ?? '大小'} 多发了 ${size(details, 'beyondBytes') ?? '一些'}，多出的已舍去。请与原文件核对。`,
	classicNotAsked: details =>
		`${where(details, '该地址')} 上应答的程序没有像经典文件助手那样询问文件名（${said(details)}）。什么也没有发送；请检查端口，并先在那边启动接收端。`,
	classicNotStarted: details =>
		`已把名字和大小告诉 ${where(details, '对方')}，它却没有答复开始（${said(details)}），所以没有发送文件。请重启它的接收端，再发一次。`,
	classicCutOff: details =>
		`${where(details, '对方')} 接收 ${file(details)} 时，在 ${size(details, 'movedBytes') ?? '一部分'} / ${size(details, 'sizeBytes') ?? '全部'} 处突然关闭了连接，可能没有收全。请核对那边的文件，或重新发送。`,
	classicMayLose: details =>
		`${where(details, '对方')} 不在本机：课程里的接收端按读取次数计数，经过网络时可能收得比发送的少。之后请核对大小。`,
	classicOneFile: details =>
		`${fact(details, 'path', '它')} 不是单个文件，而经典文件助手一次只收一个文件。请指定文件，或先把文件夹打包。`,
	classicNotPlain: details =>
		`经典文件助手使用普通 TCP，所以 ${fact(details, 'address', '该地址')} 不适用。请写 HOST:PORT。`,
	classicNoPort: details =>
		`经典文件助手没有固定的端口：请写上端口，例如 ${fact(details, 'address', 'HOST')}:9191。`,
	classicBusy: details =>
		`${name(details)} 连来发送文件时，已有 ${fact(details, 'limit', '很多')} 个在发送，所以关闭了它。请让它等一些结束后再试。`,
};
