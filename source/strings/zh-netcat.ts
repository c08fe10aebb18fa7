/** What netcat's flags say, in Chinese: wrong uses, and with -v what happens. */
import type {
	netcatStrings as english,
	netcatUsage as englishUsage,
} from './en-netcat.js';
import type {Translated} from './translated.js';

export const netcatUsage: Translated<typeof englishUsage> = {
	noPrograms: flag =>
		`${flag} 会让连进来的任何人在这里运行程序，所以 sockterm 不支持。请改用管道：a program | sockterm HOST PORT，或 sockterm -l PORT | a program。`,
	needsValue: flag =>
		`${flag} 后面要有值，例如 ${flag} ${flag === '-p' ? '9000' : flag === '-w' || flag === '--wait' ? '5' : 'FILE'}。`,
	badPort: text => `端口从 1 到 65535，不能是“${text}”。`,
	surplus: text =>
		`“${text}”是多余的：请写 sockterm HOST PORT，或 sockterm -l PORT。`,
	needsHostAndPort:
		'请说明连到哪里：sockterm HOST PORT。要监听请用 sockterm -l PORT。',
	needsPort: '请说明监听哪个端口：sockterm -l 9000。',
	bothFamilies: '-4 和 -6 请只选一个，或都不选。',
	sslIsTcp: '--ssl 用于 TCP 连接：请去掉 -u。',
	keepListens: '-k 会持续监听，所以需要 -l：sockterm -lk 9000。',
	noNames: host => `用了 -n 就要写地址，不能写名字“${host}”。`,
};

export const netcatStrings: Translated<typeof english> = {
	listening: (kind, address) => `正在监听 ${kind} ${address}。`,
	connected: (address, direction) =>
		direction === 'out' ? `已连接到 ${address}。` : `${address} 已连接进来。`,
	certificate: fingerprint =>
		`它的证书 SHA-256 指纹是 ${fingerprint}；没有人验证过。`,
	ended: '连接已结束。',
	idle: seconds => `已 ${seconds} 秒没有数据，到此结束。`,
	inputFailed: why => `无法读取 stdin（${why}）。请检查管道的输入。`,
};
