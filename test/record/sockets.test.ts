import { describe, expect, it } from 'vitest';
import { portsHeldBy, viewPort } from '../../src/record/sockets.js';

const SS = `State    Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
LISTEN   3      128        127.0.0.1:8080       0.0.0.0:*     users:(("python3",pid=471,fd=5),("python3",pid=470,fd=3))
LISTEN   0      4096           [::]:22             [::]:*
ESTAB    0      0          127.0.0.1:8080     127.0.0.1:58410 users:(("python3",pid=471,fd=4))
ESTAB    83     0          127.0.0.1:8080     127.0.0.1:58422
ESTAB    0      0          127.0.0.1:58410    127.0.0.1:8080  users:(("curl",pid=479,fd=5))
SYN-RECV 0      0          127.0.0.1:8080     127.0.0.1:58424
TIME-WAIT 0     0          127.0.0.1:8080     127.0.0.1:58426
CLOSE-WAIT 84   0          127.0.0.1:8080     127.0.0.1:58428
SYN-SENT 0      1          127.0.0.1:58430    127.0.0.1:8080
`;
const LINUX = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State
tcp        2      0 127.0.0.1:8080          0.0.0.0:*               LISTEN
tcp       83      0 127.0.0.1:8080          127.0.0.1:58422         ESTABLISHED
tcp        0      0 127.0.0.1:58422         127.0.0.1:8080          ESTABLISHED
`;
const MACOS = `Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      0  127.0.0.1.8080         127.0.0.1.51234        ESTABLISHED
tcp4       0      0  127.0.0.1.51234        127.0.0.1.8080         ESTABLISHED
tcp4       0      0  127.0.0.1.8080         *.*                    LISTEN
Current listen queue sizes (qlen/incqlen/maxqlen)
Proto Listen         Local Address
tcp4  5/0/128        127.0.0.1.8080
`;
const WINDOWS = `
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    127.0.0.1:8080         0.0.0.0:0              LISTENING       4321
  TCP    127.0.0.1:8080         127.0.0.1:51234        ESTABLISHED     4321
  UDP    0.0.0.0:8080           *:*                                    99
`;

describe('viewPort', () => {
  it('reads ss', () => {
    expect(viewPort(SS, 8080)).toEqual({
      listening: true,
      established: 2,
      open: 4,
      queued: 3,
      limit: 128,
      pids: [470, 471],
      program: 'python3',
    });
  });

  it('reads netstat of Linux, which tells no limit and no owner', () => {
    expect(viewPort(LINUX, 8080)).toEqual({ listening: true, established: 1, open: 1, queued: 2, pids: [] });
  });

  it('reads netstat of macOS, with its listen queues', () => {
    expect(viewPort(MACOS, 8080)).toEqual({
      listening: true,
      established: 1,
      open: 1,
      queued: 5,
      limit: 128,
      pids: [],
    });
  });

  it('reads netstat of Windows', () => {
    expect(viewPort(WINDOWS, 8080)).toEqual({ listening: true, established: 1, open: 1, pids: [4321] });
  });

  it('sees nothing of a port that is only a part of another, or only the other end', () => {
    for (const port of [80, 808, 58422]) expect(viewPort(SS, port).listening).toBe(false);
    expect(viewPort(SS, 22)).toMatchObject({ listening: true, established: 0, limit: 4096 });
  });
});

describe('portsHeldBy', () => {
  it('finds the ports that given processes listen on', () => {
    expect(portsHeldBy(SS, [470])).toEqual([8080]);
    expect(portsHeldBy(SS, [1])).toEqual([]);
  });
});
