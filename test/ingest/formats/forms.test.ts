import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/ingest/recognise.js';
import { readWith } from '../../support/context.js';

/** Forms that recordings have, one of each, with what is counted in it; `null` where it is refused or not known. */
const FORMS: readonly (readonly [string, string, Readonly<Record<string, unknown>> | null])[] = [
  [
    'netstat -v of macOS to 13',
    'Active Internet connections (including servers)\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)     rhiwat shiwat    pid   epid  state    options\ntcp46      0      0  *.8082                 *.*                    LISTEN      131072 131072  70902      0 0x0100 0x00000006\ntcp4       0      0  127.0.0.1.8082         127.0.0.1.50001        ESTABLISHED 131072 131072  70902      0 0x0100 0x00000006\n',
    { states: { LISTEN: 1, ESTABLISHED: 1 } },
  ],
  [
    'netstat -v of macOS from 14, names with blanks',
    'Active Internet connections (including servers)\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)      rxbytes txbytes rhiwat shiwat process:pid state options gencnt flags flags1 usecnt rtncnt fltrs\ntcp4       0      0  127.0.0.1.8082         127.0.0.1.50001        ESTABLISHED  0 0 131072 131072  Brave Browser He:855  00102 00000008 00000000000b1 00000080 04000900 1 0 000001\nudp4 0 0 *.5353 *.* 258 99 786896 9216 adb:21865 00100\n',
    { states: { ESTABLISHED: 1 } },
  ],
  [
    'netstat -A of macOS',
    'Active Internet connections (including servers)\nSocket           Flowhash Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)\n7fb03cb94d505aed cedd0cbf tcp4       0      0  192.168.1.221.5486 140.82.113.26.443  ESTABLISHED\n',
    { states: { ESTABLISHED: 1 } },
  ],
  [
    'netstat -T of FreeBSD',
    'Active Internet connections\nProto Rexmit OOORcv 0-win  Local Address          Foreign Address\ntcp4 0 0 0 1.2.3.4.22 1.2.3.5.55\n',
    null,
  ],
  [
    'German Windows',
    '\r\nAktive Verbindungen\r\n\r\n  Proto  Lokale Adresse         Remoteadresse          Status           PID\r\n  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN         1712\r\n  TCP    127.0.0.1:8080         127.0.0.1:50000        HERGESTELLT     1712\r\n  TCP    [::]:8080              [::]:0                 ABHÖREN         1712\r\n  UDP    [fe80::1%9]:1900       *:*                                    900\r\n',
    { states: { LISTEN: 2, ESTABLISHED: 1 } },
  ],
  [
    'French Windows',
    '\r\nConnexions actives\r\n\r\n  Proto  Adresse locale         Adresse distante       État\r\n  TCP    0.0.0.0:135            PC:0              LISTENING\r\n  TCP    127.0.0.1:8080         127.0.0.1:50000        ESTABLISHED\r\n',
    { states: { LISTEN: 1, ESTABLISHED: 1 } },
  ],
  [
    'Chinese Windows',
    '\r\n活动连接\r\n\r\n  协议  本地地址          外部地址        状态           PID\r\n  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r\n  TCP    127.0.0.1:8080         127.0.0.1:50000        ESTABLISHED     1712\r\n',
    { states: { LISTEN: 1, ESTABLISHED: 1 } },
  ],
  [
    'ss with glued header words, UDP and mapped addresses',
    'Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\ntcp   LISTEN 129 128 *:80 *:* users:(("a",pid=1,fd=3))\nudp   UNCONN 0 0 0.0.0.0%virbr0:67 0.0.0.0:*\ntcp   SYN-RECV 0 0 [::ffff:127.0.0.1]:80 [::ffff:127.0.0.1]:4000\n',
    { states: { LISTEN: 1, SYN_RECV: 1 } },
  ],
  [
    'ss -i and -m',
    'State Recv-Q Send-Q Local Address:Port Peer Address:Port\nESTAB 0 0 10.0.0.1:80 10.0.0.2:4000\n\t cubic wscale:7,7 rto:204 rtt:0.5/0.2 ato:40 mss:1448 cwnd:10\nESTAB 0 0 10.0.0.1:80 10.0.0.2:4001\n\t skmem:(r0,rb131072,t0,tb87040,f0,w0,o0,bl0,d0)\n',
    { states: { ESTABLISHED: 2 } },
  ],
  [
    'ss of one state that no column names, told by owners',
    'State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\nLISTEN 6 128 10.0.0.1:80 0.0.0.0:*\nRecv-Q Send-Q Local Address:Port Peer Address:Port Process\n0 0 10.0.0.1:80 10.0.0.2:4000\n0 0 10.0.0.1:80 10.0.0.2:4001 users:(("a",pid=1,fd=3))\n',
    { states: { LISTEN: 1, ESTABLISHED: 2 } },
  ],
  [
    'ss of a socket file',
    'u_str  LISTEN     129    128    /path/to/unicorn.sock 60996                 * 0\n',
    { states: {} },
  ],
  ['a line of ss', 'LISTEN     129    128     *:80     *:*\n', { states: { LISTEN: 1 } }],
  [
    '/proc/net/tcp6',
    '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000005 00:00000000 00000000  1000        0 34000 1 0000000000000000 100 0 0 10 5\n   1: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 34001 1 0000000000000000 100 0 0 10 5\n',
    { states: { LISTEN: 1, ESTABLISHED: 1 } },
  ],
  [
    'netstat -eop, program names with blanks',
    'Active Internet connections (servers and established)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer\ntcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      0          20000      600/sshd: /usr/sbin  off (0.00/0/0)\ntcp        0      0 127.0.0.1:8080          127.0.0.1:50000         ESTABLISHED 0          20000      -                    keepalive (7000.00/0/0)\ntcp6       0      0 :::8080                 :::*                    LISTEN      0          1 7/python3   off (0.00/0/0)\n',
    { states: { LISTEN: 2, ESTABLISHED: 1 } },
  ],
  [
    'nstat',
    '#kernel\nTcpExtListenOverflows           12178939              0.0\nTcpExtListenDrops 5 0.0\n',
    { counters: { ListenOverflows: 12178939, ListenDrops: 5 } },
  ],
  [
    'netstat -s behind an error message',
    'error parsing /proc/net/netstat: Success\nIp:\n    100 total packets received\nTcp:\n    12 active connection openings\n    5 segments retransmitted\nTcpExt:\n    9107 times the listen queue of a socket overflowed\n    9107 SYNs to LISTEN sockets ignored\n',
    { counters: { ListenOverflows: 9107, ListenDrops: 9107 } },
  ],
  [
    'ps -L',
    'UID        PID  PPID   LWP  C NLWP STIME TTY          TIME CMD\nroot         7     1     7  0    3 10:00 ?        00:00:00 python3 app.py\nroot         7     1     8  0    3 10:00 ?        00:00:00 python3 app.py\nroot         7     1     9  0    3 10:00 ?        00:00:00 python3 app.py\n',
    { processLists: 1, processes: 1 },
  ],
  [
    'ps -ef without its header, time after time',
    ['00.883', '01.895', '02.883']
      .map(
        (at) =>
          `2026-11-28T19:09:${at}+00:00\nroot 8 1 7 19:09 ? 00:00:00 /usr/bin/python3 app.py 80 plain\nroot 28 8 0 19:09 ? 00:00:00 /usr/bin/python3 app.py 80 plain\n`,
      )
      .join(''),
    { processLists: 3, processes: 6 },
  ],
  [
    'ps alx',
    'F   UID   PID  PPID PRI  NI    VSZ   RSS WCHAN  STAT TTY        TIME COMMAND\n4     0     1     0  20   0 128068  6676 ep_pol Ss   ?          0:03 /usr/lib/systemd/systemd\n',
    { processLists: 1, processes: 1 },
  ],
  [
    'watch with a bare number',
    'Every 1.0s: netstat -ant | grep 8080 | wc -l      host: Fri Feb 10 10:30:16 2023\n\n251\n',
    { snapshots: 1, states: {} },
  ],
  [
    'a loop of times and numbers',
    '2023-02-10T10:30:16Z\n251\n2023-02-10T10:30:17Z\n252\n2023-02-10T10:30:18Z\n253\n',
    { snapshots: 3, states: {} },
  ],
  [
    'a loop of date and netstat without header',
    'Fri Feb 10 10:30:16 UTC 2023\ntcp        0      0 127.0.0.1:8080          127.0.0.1:50000         ESTABLISHED\nFri Feb 10 10:30:17 UTC 2023\ntcp        0      0 127.0.0.1:8080          127.0.0.1:50000         ESTABLISHED\ntcp        0      0 127.0.0.1:8080          127.0.0.1:50001         ESTABLISHED\n',
    { snapshots: 2, states: { ESTABLISHED: 3 } },
  ],
  [
    'results with pipes, dates and no header',
    '02/06/03 08:21:42|1187|Home|200|Thread Group-1|text|true|\n02/06/03 08:21:43|87|Home|200|Thread Group-1|text|true|\n',
    { samples: 2 },
  ],
  [
    'results with tabs and few columns',
    'timeStamp\telapsed\tURL\tresponseCode\tsuccess\n1488473413202\t1008\thttp://localhost:8080\t200\ttrue\n',
    { samples: 1 },
  ],
  [
    'results that do not say success',
    'timeStamp\telapsed\tlabel\tresponseCode\n1488473413202\t1008\thttp://localhost:8080\t200\n',
    null,
  ],
  [
    'results of ten columns without header',
    '1431837337144,2955,JiniSampler,200,OK,Thread Group 1-1,bin,true,2,20\n1431837337145,2955,JiniSampler,200,OK,Thread Group 1-1,bin,true,2,20\n',
    { samples: 2 },
  ],
  [
    'results without times and header',
    'ComputeIPAddr,200,OK,TG2 1-1,text,true\nComputeIPAddr,200,OK,TG2 1-1,text,false\n',
    { samples: 2, failed: 1 },
  ],
  [
    'PerfMon with header',
    'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,bytes,grpThreads,allThreads,Latency\n1455366135623,9128,192.168.0.12 CPU,,,,true,0,0,0,0\n',
    null,
  ],
  ["Locust's statistics", 'Type,Name,Request Count,Failure Count,Median Response Time\nGET,/,1,0,5\n', null],
  [
    "Locust's results",
    'timeStamp,label,method,elapsed,bytes,responseCode,responseMessage,success,allThreads,Latency\n1551783627191,/,GET,5,1,200,OK,true,1,5\n',
    { samples: 1 },
  ],
  [
    "JMeter's log",
    '2014/05/22 14:50:15 INFO  - jmeter.reporters.Summariser: Generate Summary Results +    186 in    43s =    4.3/s Avg:   536 Min: 1 Max: 2 Err: 0 (0.00%)\n',
    null,
  ],
  [
    "Taurus' aggregates",
    'label,avg_ct,avg_lt,avg_rt,bytes,concurrency,fail,succ,throughput\n,0.1,0.2,0.3,4,1,0,10,10\n',
    null,
  ],
  [
    'results with zoned dates',
    'timeStamp,elapsed,label,success\n2014-02-24T07:42:21.256+01:00,1300,a,true\n',
    { samples: 1 },
  ],
  [
    'results with German dates',
    'timeStamp;elapsed;label;success\n28.04.2014 16:49:28.068;288478;a;true\n',
    { samples: 1 },
  ],
  [
    'a load balancer of AWS',
    '2015-05-13T23:39:43.945958Z my-loadbalancer 1.2.3.4:2817 10.0.0.1:80 0.000086 0.001048 0.001337 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/7.38.0" - -\n',
    { requests: 1, begins: 1, ends: 1 },
  ],
  ['php-fpm', '- -  05/Feb/2016:15:36:00 +0300 "GET /index.php" 200\n', { requests: 1, begins: 0, ends: 1 }],
  [
    'HAProxy in syslog',
    'Sep 25 06:05:27 h haproxy[6801]: 4.3.2.1:55008 [25/Sep/2018:06:05:27.584] ft_https~ bk_https/abc 0/0/0/72/72 200 7456 - - ---- 5/4/0/1/0 0/0 "POST /user/ HTTP/1.1"\n',
    { requests: 1, begins: 1, ends: 1 },
  ],
  [
    'HAProxy, or one like it, in whole seconds',
    '4.3.2.1:55008 [25/Sep/2018:06:05:27] web apps/a1 0/900/0/72/972 200 121 - - ---- 5/4/0/1/0 0/1 "GET /?id=7 HTTP/1.1"\n',
    { requests: 1, begins: 1, ends: 1 },
  ],
  [
    'Rack',
    '127.0.0.1 - - [07/Dec/2016:21:17:41 +0100] "GET / HTTP/1.0" 200 25 0.0959\n',
    { requests: 1, begins: 1, ends: 1 },
  ],
  [
    'pino without requests',
    '{"level":"info","time":1745532517537,"pid":17,"hostname":"x","msg":"hi"}\n{"level":"info","time":1745532517538,"pid":17,"hostname":"x","msg":"hi"}\n{"level":"info","time":1745532517539,"pid":17,"hostname":"x","msg":"hi"}\n',
    { requests: 0, ends: 0 },
  ],
  [
    'the host second',
    '1.2.3.4 www.example.com - [10/Feb/2012:16:42:07 -0500] "GET / HTTP/1.0" 301 368 "-" "x"\n',
    { requests: 1, begins: 0, ends: 1 },
  ],
  [
    "gin's other form",
    '192.168.32.1 -[Sun, 01 Oct 2023 12:12:43 IST] POST /vedios 401 4.817µs \n',
    { requests: 1, begins: 1, ends: 1 },
  ],
  [
    'sockstat',
    'sockets: used 1000\nTCP: inuse 1365 orphan 17 tw 2030 alloc 2788 mem 4109\nUDP: inuse 2 mem 1\n',
    { snapshots: 1, states: {} },
  ],
  [
    'ss -s of old',
    'Total: 1500 (kernel 1732)\nTCP:   75700 (estab 123, closed 75524, orphaned 0, synrecv 0, timewait 173/0), ports 104\n',
    { snapshots: 1, states: {} },
  ],
  [
    'netstat -L of FreeBSD',
    'Current listen queue sizes (qlen/incqlen/maxqlen)\nProto Listen         Local Address\ntcp4  192/0/128      *.80\n',
    { snapshots: 1, states: {} },
  ],
  ['sysctl', 'net.core.somaxconn = 4096\nnet.ipv4.tcp_abort_on_overflow = 0\n', null],
];

describe('forms of recordings', () => {
  it.each(FORMS)('%s', async (_, text, counts) => {
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    const { format } = recognise({ name: 'file', text, lines, complete: true });
    if (counts === null) {
      expect(format).toBeUndefined();
      return;
    }
    const { source } = await readWith(format!, text);
    expect(source.counts).toMatchObject(counts);
    if (counts.states) expect(source.counts.states).toEqual(counts.states);
    expect([source.used + source.ignored, source.skipped]).toEqual([source.lines, 0]);
  });

  it('keeps the listeners of a file whose connections are of a state that nothing names', async () => {
    const rows = Array.from({ length: 12 }, (_, k) => `0 0 10.0.0.1:80 10.0.0.2:${4000 + k}\n`).join('');
    const text = `State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\nLISTEN 6 128 10.0.0.1:80 0.0.0.0:*\nRecv-Q Send-Q Local Address:Port Peer Address:Port Process\n${rows}`;
    const { format } = recognise({ name: 'file', text, lines: text.trimEnd().split('\n'), complete: true });
    const { source } = await readWith(format!, text);
    expect([source.counts.states, source.skipped]).toEqual([{ LISTEN: 1 }, 12]);
  });
});
