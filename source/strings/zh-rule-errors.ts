/** What goes wrong with rules and relays, one Chinese sentence each. */
import type {ruleErrorSentences as english} from './en-rule-errors.js';
import {fact} from './error-facts.js';
import type {Translated} from './translated.js';
import {name} from './zh-error-facts.js';

const expressionProblems: Readonly<Record<string, string>> = {
	nothingToRepeat: '重复符号前面没有内容',
	badRepeat: '重复次数的上限小于下限',
	badRange: '字符范围前后颠倒',
	badEscape: '没有这样的转义',
	openEscape: '以反斜杠结尾',
	openClass: '[ 没有闭合',
	openGroup: '( 没有闭合',
	unopened: ') 没有对应的开头',
	tooDeep: '分组嵌套太深',
	tooLong: '太长，包括 {100} 这样的次数展开之后',
	reference: '不支持引用分组',
	looksAround: '以 (? 开头的写法只支持 (?:…)、(?i:…) 和 (?<name>…)',
};

export const ruleErrorSentences: Translated<typeof english> = {
	badExpression: details => {
		const {position} = details;
		const place =
			typeof position === 'number' && position > 0
				? `，在第 ${position + 1} 个字符`
				: '';
		return `这个表达式不能用：${expressionProblems[fact(details, 'what', '')] ?? '无法理解'}${place}。请写成 /T=(\\d+)/ 这样，表示符号本身时前面加反斜杠。`;
	},
	ruleEmpty: () =>
		'规则需要查找的内容。请写在 contains 之后，例如 /rule when contains PING answer PONG。',
	noSuchRule: () => '这条规则已经没有了。/rule list 可查看。',
	tooManyRules: details =>
		`规则最多 ${fact(details, 'most', '有限')} 条。请用 /rule delete N 删除一条。`,
	ruleTooOften: details =>
		`规则 ${fact(details, 'rule', 'N')} 一秒内遇到 ${fact(details, 'name', '这个对端')} 的消息超过 ${fact(details, 'most', '上限')} 条，其余不再处理：可能是两个程序在互相回复。可用 /rule off ${fact(details, 'rule', 'N')} 关闭它。`,
	notRelayed: details =>
		`${name(details)} 不是中继的连接。/relay 9001 HOST:PORT 会为每个客户端建立一个。`,
};
