import { describe, expect, it } from 'vitest';
import { chooseTools, isInstalled, titleOf } from '../../src/record/tools.js';

const having =
  (...programs: string[]) =>
  async (program: string) =>
    programs.includes(program);

async function titles(
  platform: NodeJS.Platform,
  has: (program: string) => Promise<boolean>,
  wished?: readonly ('ss' | 'netstat')[],
) {
  const tools = await chooseTools(wished, platform, has);
  return (
    tools && {
      sockets: tools.sockets.map(titleOf),
      listeners: titleOf(tools.listeners),
      processes: tools.processes && titleOf(tools.processes([7, 8])),
      counters: tools.counters && titleOf(tools.counters),
    }
  );
}

describe('chooseTools', () => {
  it('takes ss on Linux', async () => {
    expect(await titles('linux', having('ss', 'netstat', 'ps', 'nstat'))).toEqual({
      sockets: ['$ ss -tanp', '$ ss -lntp'],
      listeners: '$ ss -lntp',
      processes: '$ ps -o pid,ppid,nlwp,stat,etime,args -p 7,8',
      counters: '$ nstat -asz TcpExtListenOverflows TcpExtListenDrops',
    });
  });

  it('falls back to netstat, and does without what is not there', async () => {
    expect(await titles('linux', having('netstat'))).toEqual({
      sockets: ['$ netstat -ant'],
      listeners: '$ netstat -ant',
      processes: undefined,
      counters: '$ netstat -s -t',
    });
  });

  it('knows macOS and Windows', async () => {
    expect(await titles('darwin', having('netstat', 'ps'))).toEqual({
      sockets: ['$ netstat -anp tcp', '$ netstat -Lan'],
      listeners: '$ netstat -Lan',
      processes: '$ ps -o pid,ppid,stat,etime,args -p 7,8',
      counters: '$ netstat -s -p tcp',
    });
    expect(await titles('win32', having('netstat'))).toMatchObject({
      sockets: ['$ netstat -ano'],
      listeners: '$ netstat -ano',
    });
  });

  it('takes both if that is wished, and nothing less than what is wished', async () => {
    expect((await titles('linux', having('ss', 'netstat'), ['ss', 'netstat']))?.sockets).toHaveLength(3);
    expect(await titles('linux', having('netstat'), ['ss'])).toBeUndefined();
    expect(await titles('linux', having())).toBeUndefined();
  });
});

describe('isInstalled', () => {
  it('finds programs by path and by name', async () => {
    expect(await isInstalled(process.execPath)).toBe(true);
    expect(await isInstalled('no-such-program-anywhere')).toBe(false);
    expect(await isInstalled('./no-such-program')).toBe(false);
  });
});
