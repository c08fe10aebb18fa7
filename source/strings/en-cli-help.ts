/** What `sockterm --help` shows, in English. */
export const cliHelp = `
  Usage
    $ sockterm [options]                         open the console
    $ sockterm listen [options]                  listen without a screen
    $ sockterm send PATH... --to HOST[:PORT]     send files and folders to peers
    $ sockterm receive [options]                 wait for files from a peer
    $ sockterm relay PORT HOST:PORT [options]    listen here, dial there, show both sides
    $ sockterm say --to ADDRESS TEXT|-           say something; - reads lines from stdin
    $ sockterm udp listen [PORT] [options]       show datagrams
    $ sockterm udp send HOST:PORT TEXT|-         send datagrams
    $ sockterm pair --to HOST[:PORT] [options]   verify a peer by six digits
    $ sockterm id                                show your own id
    $ sockterm HOST PORT, sockterm -l PORT       what netcat does, with its flags (below)

  Addresses
    HOST[:PORT], tls://HOST[:PORT]   an encrypted peer (port 9090 if none is given)
    tcp://HOST:PORT                  plain TCP, nothing encrypted (say, /connect)
    ssl://HOST:PORT                  any TLS server, whoever it is: PLAIN (say, /connect)
    udp://HOST:PORT                  one datagram a line (say)

  Options
    --tcp PORT        TCP port to listen on (9090; 0 takes a free one; --no-tcp for none)
    --udp PORT        UDP port to listen on (10000; 0 takes a free one; --no-udp for none)
    --host ADDR       listen on this address or interface only (all, IPv4 and IPv6)
    --wait TIME       how long connecting may take (10s)
    --backlog N       connections that may wait to be accepted (511)
    --connections N   TCP connections that may be open at once (10000)
    --connect ADDR    connect at the start; may be repeated
    --name NICK       what others see you as (your login name)
    --dir DIR         where received files go (~/Downloads/sockterm)
    --state-dir DIR   identity and state (~/.local/state/sockterm)
    --encoding NAME   of plain peers that do not speak UTF-8 (gb18030)
    --log FILE        write everything to a file too; a full one is kept as FILE.1 … FILE.5
    --limit RATE      send at most so much a second, all together: 20MB, 500kB, 64KiB
    --at-once N       send so many transfers at the same time, the others after them (2)
    --require-verified  send away peers that are not verified
    --no-plain        send away plain connections, with a line of text
    --no-history      keep nothing of what is said (the console keeps it otherwise)
    --no-rooms        no rooms among verified peers (the console has them otherwise)
    --no-backfill     in rooms neither give nor take what was said before somebody came
    --history         keep it, where a verb is used instead of the console
    --history-days N  keep it so long (365)
    --history-size S  keep so much of it at most (512MB)
    --theme NAME      auto, dark, light, contrast, 16 (the terminal's own colours), none
    --borders NAME    auto, unicode, ascii
    --lang NAME       language of sentences: auto (that of the locale), en, zh
    --times NAME      in front of messages: seconds, minutes, off
    --key-preset NAME keys as weechat, irssi or vim has them
    --linear          line by line instead of panes: for screen readers and serial lines
    --fresh           start without the listeners, framings and looks of the last time
    --mouse           the wheel scrolls, a click chooses (Shift: the terminal selects)
    --bell WHAT       ring for mentions (mention) or all that is said elsewhere: off
    --config FILE     settings (~/.config/sockterm/config.toml, written at the first start)
    --practice        start with a practice peer inside the program
    --version, --help

  listen
    --json            one JSON object a line on stdout
    --accept WHAT     none (default), all, or verified: what to do with offered files;
                      verified takes them from verified peers within --at-most
    --at-most "CAPS"  size and entries of an offer, bytes a day ("1GB 100 10GB"), where
                      the console has not said another (/trust NAME accept)
    --raw             every connection is plain from its first byte, whatever that is
    --framing F       how plain peers are cut into messages: lines, "fixed 16", "length u16be"
    --encoding NAME   what plain peers write in
    --join ROOM       take part in a room of verified peers: "#lab"; may be repeated
    --hex             what plain peers say as hex
    -x FILE           all their bytes, both directions, as hex into a file
    --idle TIME       close a plain connection on which nothing moves for so long
    --allow RANGE     only they may connect: 10.0.0.5, 10.0.0.0/8, fd00::/8; may be repeated
    --deny RANGE      they may not
    --classic-receive take files from classic senders (PLAIN), into --dir; nobody is asked

  receive (or recv): asks on the terminal, takes one offer and ends
    --yes             take what is offered without asking; names that programs obey
                      (.bashrc, *.desktop) are still declined
    --accept verified take what verified peers send within --at-most "1GB 100 10GB", and
                      decline all else; ends with 4 where it connected to somebody else
    --keep            go on after the first offer
    --stdout          write the file to stdout instead of a folder; offers of several
                      files are declined
    --json            one JSON object a line on stdout
    The answer may name entries: y takes all, 1-3,5 takes those, anything else none.
    A broken transfer goes on by itself when the other side is back, or when the same
    is sent again.

  relay: plain TCP; ssl://HOST:PORT where the server wants TLS
    --framing F       how both sides are cut into messages (lines)
    --hex             bytes instead of messages: < of the client, > of the server
    -x FILE           all bytes like that into a file
    --impair "WHAT"   delay=50ms jitter=20ms drop=1% corrupt=0.1% split=3 join=100ms
                      rate=10KB, any of them, in both directions
    --json            one JSON object a line on stdout

  udp listen: to port 10000 if none is given
    --join GROUP      a multicast group too, GROUP%nic on one interface; may be repeated
    --meter WHERE     look for gaps by a number in each datagram, such as u32be@0
    --hex             every datagram as hex
    --json            one JSON object a line on stdout

  udp send: HOST may be a broadcast address or GROUP%nic
    --port PORT       the port it leaves from (a free one)
    --hex, --escapes  the text is hex digits, or has escapes: \\r \\n \\x00 $seq:u32be $crc32
    --encoding NAME   of the text (utf-8)
    --count N         send it so often; --every TIME from one to the next, such as 100ms
    --wait TIME       show what is answered so long after the last; failed if nothing is
    --json            one JSON object a line on stdout

  send, say
    --to ADDRESS      whom to; send takes several
    --json            one JSON object a line on stdout

  send
    - --as NAME       send what is piped in, under this name
    --classic         send one file to a classic receiver at --to HOST:PORT (PLAIN)

  pair: type the code that the other screen shows (v or /pair over there)
    --show            show a code here instead, to be typed over there
    --as NAME         what the peer is called from now on (as it calls itself)
    The code is asked for on the terminal, read from stdin, or taken from
    SOCKTERM_PAIRING_CODE; three attempts, two minutes.

  in the place of netcat: stdin goes out, what comes in goes to stdout, byte for byte
    -l [ADDR] PORT    listen, for one connection; -k: for many; -p PORT is the same
    -u                datagrams        --ssl   TLS, with any certificate
    -v                say what happens -n      no names, only addresses
    -4, -6            only IPv4, IPv6  -C      line ends go out as CR LF
    -w SECONDS        for connecting, and end where nothing moves for so long
    -x FILE, -o FILE  both directions as hex into a file
    The end of stdin ends our side, as nc -N does. -e and -c, which let whoever connects
    run a program, are refused.

  Environment
    SOCKTERM_NAME stands for --name, SOCKTERM_STATE_DIR for --state-dir, and so on for every
    option that is a setting (/set lists them); switches are on with 1: SOCKTERM_NO_PLAIN=1.
    SOCKTERM_CONFIG names the file of settings, SOCKTERM_NO_HISTORY=1 keeps no history.
    A flag stands over the environment, that over the file, the file over the default.

  Exit codes
    0 done   1 failed   2 usage   3 declined   4 not verified   130 interrupted
    To several peers: 0 if all of them have everything, 1 if it failed with any, else 3.

  Examples
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
