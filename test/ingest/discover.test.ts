import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discover } from '../../src/ingest/discover.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'discover-'));
});
afterEach(() => rm(dir, { recursive: true }));

const put = async (name: string, content: string) => {
  await mkdir(join(dir, name, '..'), { recursive: true });
  await writeFile(join(dir, name), content);
};
const found = async () => (await discover([dir])).map((run) => run.dir.slice(dir.length + 1));

const ownLog = Array.from({ length: 8 }, (_, n) => `2026-01-05 10:30:0${n}.250 W${n} takes in ${n}`).join('\n');
const look =
  'State  Recv-Q Send-Q Local Address:Port Peer Address:Port\nLISTEN 0      128    0.0.0.0:8080       0.0.0.0:*\n';
const jtl =
  'timeStamp,elapsed,label,responseCode,success\n1767609000000,2000,a,200,true\n1767609000100,2000,a,200,true\n';

describe('a folder with a log of unknown form', () => {
  it('is one run with the looks in its subfolder', async () => {
    await put('server.log', ownLog);
    await put('snapshots/2026-01-05T10-30-00.000Z.txt', look);
    await put('snapshots/2026-01-05T10-30-01.000Z.txt', look);
    expect(await found()).toEqual(['']);
  });

  it('stands for its subfolders where these are runs', async () => {
    await put('server.log', ownLog);
    await put('a/client.jtl', jtl);
    await put('a/snapshots/1.txt', look);
    await put('b/client.jtl', jtl);
    expect(await found()).toEqual(['a', 'b']);
  });

  it('stands for them where each holds looks of its own', async () => {
    await put('server.log', ownLog);
    await put('a/1.txt', look);
    await put('b/1.txt', look);
    expect(await found()).toEqual(['a', 'b']);
  });
});
