/** 聊天室: what happens in rooms, their commands, and what goes wrong, in Chinese. */
import type {
	roomErrorSentences as englishErrors,
	roomStrings as english,
} from './en-rooms.js';
import {fact} from './error-facts.js';
import type {Translated} from './translated.js';
import {why} from './zh-error-facts.js';

export const roomStrings: Translated<typeof english> = {
	here: count => `${count} 人在场`,
	by: name => `（经 ${name}）`,
	came: name => `${name} 来了`,
	went: name => `${name} 走了`,
	topic: (name, topic) => `${name} 设置了话题：${topic}`,
	noTopic: name => `${name} 去掉了话题`,
	missed: (count, name) => `缺少 ${name} 的 ${count} 条消息：在场的人都已没有`,
	invited: (name, room) => `${name} 在 ${room} 里：/join ${room}`,
	lastSeen: when => `最后见于 ${when}`,
	isHere: '在场',
	members: room => `${room}：谁在场，谁来过`,
	you: name => `${name}（你）`,
	noTopicYet: room => `${room} 还没有话题。用 /topic 内容 设置。`,
	topicIs: (room, topic, name) => `${room}：${topic}（${name} 设置）`,
	openRoom: '请先打开一个聊天室，或加入一个：/join #lab。',
	sayRoom: '请注明聊天室：/join #lab。组播组则为：/join 239.1.2.3。',
};

export const roomErrorSentences: Translated<typeof englishErrors> = {
	badRoomName: details =>
		`聊天室不能叫 “${fact(details, 'room', '')}”。可用字母、数字和 . _ -，最多 ${fact(details, 'most', '32')} 个字符，例如 #lab。`,
	badTopic: details =>
		`话题最多 ${fact(details, 'most', '256')} 个字符。请缩短。`,
	notInRoom: details =>
		`你不在 ${fact(details, 'room', '该聊天室')} 里。/join ${fact(details, 'room', '#lab')}。`,
	roomLooksAlike: details =>
		`${fact(details, 'room', '该聊天室')} 看起来像你已在其中的 ${fact(details, 'like', '聊天室')}。请先离开那个，或换一个名字。`,
	tooManyRooms: details =>
		`你已在 ${fact(details, 'most', '32')} 个聊天室里，这是上限。请先 /leave 一个。`,
	roomsOff: () =>
		'聊天室已关闭。启动时请去掉 --no-rooms（以及 SOCKTERM_NO_ROOMS）。',
	roomsUnusable: details =>
		`聊天室里说的话无法保存在 ${fact(details, 'path', '状态文件夹')}${why(details)}：重启后只能从其他成员取得。请检查权限，以及磁盘是否有空间。`,
	roomDamaged: details =>
		`一个聊天室的文件已损坏，现为 ${fact(details, 'path', '另存的文件')}。请再次 /join：其他成员有最近的消息。`,
};
