/** What `sockterm --help` shows, in Chinese. */
export const cliHelp = `
  用法
    $ sockterm [选项]                            打开控制台
    $ sockterm listen [选项]                     不开屏幕，只监听
    $ sockterm send PATH... --to HOST[:PORT]     向对端发送文件和文件夹
    $ sockterm receive [选项]                    等待对端发来文件
    $ sockterm relay PORT HOST:PORT [选项]       在这里监听，连到那里，查看双方内容
    $ sockterm say --to ADDRESS TEXT|-           说一句话；- 从 stdin 逐行读取
    $ sockterm udp listen [PORT] [选项]          显示数据报
    $ sockterm udp send HOST:PORT TEXT|-         发送数据报
    $ sockterm pair --to HOST[:PORT] [选项]      用六位数字验证对端
    $ sockterm id                                显示自己的 ID
    $ sockterm HOST PORT, sockterm -l PORT       与 netcat 相同，选项也相同（见下）

  地址
    HOST[:PORT], tls://HOST[:PORT]   加密的对端（省略端口则为 9090）
    tcp://HOST:PORT                  普通 TCP，不加密 (say, /connect)
    ssl://HOST:PORT                  任意 TLS 服务器，不论是谁：PLAIN (say, /connect)
    udp://HOST:PORT                  每行一个数据报 (say)

  选项
    --tcp PORT        监听的 TCP 端口（9090；0 取空闲的；--no-tcp 不监听）
    --udp PORT        监听的 UDP 端口（10000；0 取空闲的；--no-udp 不监听）
    --host ADDR       只监听这个地址或网络接口（默认全部，IPv4 和 IPv6）
    --wait TIME       连接最多等多久（10s）
    --backlog N       等待接受的连接数（511）
    --connections N   同时打开的 TCP 连接数上限（10000）
    --connect ADDR    启动时连接；可重复
    --name NICK       别人看到的名字（默认登录名）
    --dir DIR         收到的文件存到哪里（~/Downloads/sockterm）
    --state-dir DIR   身份和状态（~/.local/state/sockterm）
    --encoding NAME   不用 UTF-8 的明文对端的编码（gb18030）
    --log FILE        把一切同时写入文件；写满的留作 FILE.1 … FILE.5
    --limit RATE      每秒最多发送多少，全部合计：20MB、500kB、64KiB
    --at-once N       同时发送几个传输，其余的排队（2）
    --require-verified  拒绝未验证的对端
    --no-plain        拒绝明文连接，并回复一行说明
    --no-history      不保留任何内容（控制台默认会保留）
    --no-rooms        不用聊天室（控制台默认可用）
    --no-backfill     聊天室里不互相补上来之前说过的话
    --history         用动词代替控制台时也保留
    --history-days N  保留多少天（365）
    --history-size S  最多保留多少（512MB）
    --theme NAME      auto、dark、light、contrast、16（终端自己的颜色）、none
    --borders NAME    auto、unicode、ascii
    --lang NAME       句子的语言：auto（随 locale）、en、zh
    --times NAME      消息前的时间：seconds、minutes、off
    --key-preset NAME 像 weechat、irssi 或 vim 那样的按键
    --linear          逐行显示，不用分栏：适合读屏软件和串口线
    --fresh           启动时不恢复上次的监听、分帧和外观
    --mouse           滚轮滚动，单击选择（按住 Shift 由终端选择）
    --bell WHAT       别处提到你（mention）或有人说话（all）时响铃：off
    --config FILE     设置（~/.config/sockterm/config.toml，首次启动时写入）
    --practice        启动时带上本程序里的练习对端
    --version, --help

  listen
    --json            在 stdout 上每行一个 JSON 对象
    --accept WHAT     怎样处理发来的文件：none（默认）、all 或 verified；
                      verified 在 --at-most 之内接收已验证对端的文件
    --at-most "CAPS"  每个邀请的大小和条目数，每天的字节数 ("1GB 100 10GB")，
                      控制台已另行指定的除外 (/trust NAME accept)
    --raw             每个连接从第一个字节起都是明文，不论内容
    --framing F       明文对端怎样切成消息：lines、"fixed 16"、"length u16be"
    --encoding NAME   明文对端使用的编码
    --join ROOM       进入已验证对端的聊天室："#lab"；可重复
    --hex             以十六进制显示明文对端的内容
    -x FILE           把双向的全部字节以十六进制写入文件
    --idle TIME       明文连接多久没有数据就关闭
    --allow RANGE     只允许这些连接：10.0.0.5、10.0.0.0/8、fd00::/8；可重复
    --deny RANGE      禁止这些连接
    --classic-receive 接收经典文件助手发来的文件 (PLAIN)，存到 --dir；不询问

  receive（或 recv）：在终端上询问，接收一个邀请后结束
    --yes             不询问就接受；会被程序自动执行或读取的名字
                      (.bashrc, *.desktop) 仍然拒绝
    --accept verified 在 --at-most "1GB 100 10GB" 之内接收已验证对端的内容，
                      其余拒绝；若连到的是别人，以 4 结束
    --keep            第一个邀请之后继续
    --stdout          把文件写到 stdout 而不是文件夹；多个文件的邀请会被拒绝
    --json            在 stdout 上每行一个 JSON 对象
    回答可以写条目编号：y 全部接收，1-3,5 接收这些，其他都不接收。
    中断的传输会在对方回来后，或重新发送同样内容时自动继续。

  relay：普通 TCP；服务器需要 TLS 时写 ssl://HOST:PORT
    --framing F       双方的内容怎样切成消息（lines）
    --hex             以字节代替消息：< 来自客户端，> 来自服务器
    -x FILE           把全部字节这样写入文件
    --impair "WHAT"   delay=50ms jitter=20ms drop=1% corrupt=0.1% split=3 join=100ms
                      rate=10KB，任选其中几个，作用于双向
    --json            在 stdout 上每行一个 JSON 对象

  udp listen：不写端口则用 10000
    --join GROUP      同时加入组播组，GROUP%nic 指定网络接口；可重复
    --meter WHERE     按每个数据报里的序号找出缺失，例如 u32be@0
    --hex             以十六进制显示每个数据报
    --json            在 stdout 上每行一个 JSON 对象

  udp send：HOST 可以是广播地址或 GROUP%nic
    --port PORT       从哪个端口发出（默认空闲的）
    --hex, --escapes  文本是十六进制，或带转义：\\r \\n \\x00 $seq:u32be $crc32
    --encoding NAME   文本的编码（utf-8）
    --count N         发送几次；--every TIME 为间隔，例如 100ms
    --wait TIME       最后一次之后显示应答多久；没有应答则为失败
    --json            在 stdout 上每行一个 JSON 对象

  send, say
    --to ADDRESS      发给谁；send 可以写多个
    --json            在 stdout 上每行一个 JSON 对象

  send
    - --as NAME       以这个名字发送管道输入
    --classic         把一个文件发给 --to HOST:PORT 上的经典文件助手 (PLAIN)

  pair：输入另一个屏幕显示的配对码（在那边按 v 或用 /pair）
    --show            改为在这里显示配对码，由那边输入
    --as NAME         以后怎样称呼这个对端（默认它自称的名字）
    配对码在终端上询问、从 stdin 读取，或取自 SOCKTERM_PAIRING_CODE；
    三次机会，两分钟。

  代替 netcat：stdin 发出，收到的写到 stdout，逐字节不变
    -l [ADDR] PORT    监听，只接一个连接；-k 接多个；-p PORT 相同
    -u                数据报           --ssl   TLS，任何证书
    -v                说明发生了什么   -n      不解析名字，只用地址
    -4, -6            只用 IPv4、IPv6  -C      行尾以 CR LF 发出
    -w SECONDS        连接的时限，也是多久没有数据就结束
    -x FILE, -o FILE  双向以十六进制写入文件
    stdin 结束即结束我方，与 nc -N 相同。-e 和 -c 会让连进来的任何人运行程序，
    所以不支持。

  环境变量
    SOCKTERM_NAME 代替 --name，SOCKTERM_STATE_DIR 代替 --state-dir，凡是设置的选项都如此
    （/set 可列出）；开关用 1 打开：SOCKTERM_NO_PLAIN=1。
    SOCKTERM_CONFIG 指定设置文件，SOCKTERM_NO_HISTORY=1 不保留历史。
    选项优先于环境变量，环境变量优先于文件，文件优先于默认值。

  退出码
    0 完成   1 失败   2 用法错误   3 被拒绝   4 未验证   130 中断
    发给多个对端时：全部送达为 0，任何一个失败为 1，否则为 3。

  例子
    $ sockterm --connect 192.168.1.20
    $ sockterm send report.pdf photos/ --to 192.168.1.20 --to 192.168.1.21
    $ sockterm receive --yes --dir incoming
    $ tar c . | sockterm send - --as backup.tar --to 192.168.1.20
    $ sockterm receive --stdout --yes | tar x
    $ echo ready | sockterm say --to tcp://10.0.0.5:7000 --encoding gbk -
    $ sockterm listen --json --tcp 0 --udp 0
    $ sockterm -l 9000 > backup.tar
    $ printf 'GET / HTTP/1.0\\r\\n\\r\\n' | sockterm --ssl example.org 443
    $ sockterm listen --classic-receive --tcp 9191 --dir incoming
    $ sockterm send --classic report.pdf --to 127.0.0.1:9191
    $ sockterm udp listen 5353 --join 224.0.0.251%eth0
    $ sockterm udp send 10.0.0.9:5000 --hex "01 02 ff" --wait 500ms
`;
