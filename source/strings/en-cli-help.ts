/** What `sockterm --help` shows, in English. */
export const cliHelp = `
  Usage
    $ sockterm [options]                         open the console
    $ sockterm listen [options]                  listen without a screen
    $ sockterm send PATH... --to HOST[:PORT]     send files and folders to peers
    $ sockterm receive [options]                 wait for files from a peer
    $ sockterm say --to ADDRESS TEXT|-           say something; - reads lines from stdin

  Addresses
    HOST[:PORT], tls://HOST[:PORT]   an encrypted peer (port 9090 if none is given)
    tcp://HOST:PORT                  plain TCP, nothing encrypted (say, /connect)
    udp://HOST:PORT                  one datagram a line (say)

  Options
    --tcp PORT        TCP port to listen on (9090; 0 takes a free one; --no-tcp for none)
    --udp PORT        UDP port to listen on (10000; 0 takes a free one; --no-udp for none)
    --host ADDR       listen on this address only (all interfaces, IPv4 and IPv6)
    --backlog N       connections that may wait to be accepted (511)
    --connect ADDR    connect at the start; may be repeated
    --name NICK       what others see you as (your login name)
    --dir DIR         where received files go (~/Downloads/sockterm)
    --state-dir DIR   identity and state (~/.local/state/sockterm)
    --encoding NAME   of plain peers that do not speak UTF-8 (gb18030)
    --limit RATE      send at most so much a second, all together: 20MB, 500kB, 64KiB
    --at-once N       send so many transfers at the same time, the others after them (2)
    --practice        start with a practice peer inside the program
    --version, --help

  listen
    --json            one JSON object a line on stdout
    --accept WHAT     none (default) or all: what to do with offered files

  receive (or recv): asks on the terminal, takes one offer and ends
    --yes             take what is offered without asking; names that programs obey
                      (.bashrc, *.desktop) are still declined
    --keep            go on after the first offer
    --stdout          write the file to stdout instead of a folder; offers of several
                      files are declined
    --json            one JSON object a line on stdout
    The answer may name entries: y takes all, 1-3,5 takes those, anything else none.
    A broken transfer goes on by itself when the other side is back, or when the same
    is sent again.

  send, say
    --to ADDRESS      whom to; send takes several
    --json            one JSON object a line on stdout

  send
    - --as NAME       send what is piped in, under this name

  Environment
    SOCKTERM_TCP, _UDP, _NAME, _DIR, _STATE_DIR, _ENCODING, _LIMIT and _AT_ONCE stand for
    the options of those names.

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
`;
