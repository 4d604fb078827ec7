import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inputFiles } from '../../src/ingest/discover.js';
import { readRun } from '../../src/ingest/read.js';
import { InputFile } from '../../src/ingest/text/input-file.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'read-'));
});
afterEach(() => rm(dir, { recursive: true }));

const put = (name: string, content: string | Uint8Array) => writeFile(join(dir, name), content);
async function sources(options = {}) {
  const run = { id: 'run', dir, files: await inputFiles(dir) };
  const { readings } = await readRun(run, options);
  return readings.map(({ source, samples, events }) => ({
    path: source.path,
    kind: source.kind,
    said: source.problems.map(({ message }) => message.id),
    requests: samples?.count ?? 0,
    events: events?.count ?? 0,
    adds: source.used + source.ignored + source.skipped === source.lines,
    variant: source.variant,
  }));
}

const at = (n: number) => 1767609000000 + n * 37;
const csv = (ids: readonly number[]) =>
  `timeStamp,elapsed,label,responseCode,success,URL\n${ids
    .map((n) => `${at(n)},${n + 5},GET,${n % 2 ? 200 : 503},${n % 2 === 1},http://127.0.0.1:8080/?id=${n}`)
    .join('\n')}\n`;
const xml = (ids: readonly number[]) =>
  `<testResults version="1.2">\n${ids
    .map((n) => `<httpSample t="${n + 5}" ts="${at(n)}" s="${n % 2 === 1}" lb="GET" rc="503"/>`)
    .join('\n')}\n</testResults>\n`;

describe('the files of a run', () => {
  it('count once what was saved twice: as CSV and XML, packed, or the failures apart', async () => {
    const all = [1, 2, 3, 4, 5, 6];
    await put('a.csv', csv(all));
    await put('b.csv.gz', gzipSync(csv(all)));
    await put('c.xml', xml([...all].reverse()));
    await put('errors.jtl', xml([2, 4, 6]));
    await put('other-generator.csv', csv([7, 8, 9]));
    const found = await sources();
    expect(found.map(({ requests }) => requests)).toEqual([6, 0, 0, 0, 3]);
    expect(found.map(({ said }) => said.join())).toEqual(['', ...Array(3).fill('problem.duplicate'), '']);
    expect(found.every(({ adds }) => adds)).toBe(true);
    expect((await sources({ isOneRun: false })).map(({ requests }) => requests)).toEqual([6, 6, 6, 3, 3]);
  });

  it('count a log and its packed copy once', async () => {
    const log = '127.0.0.1 - - [05/Jan/2026 11:38:48] "GET /?id=1 HTTP/1.1" 200 -\n'.repeat(3);
    await put('server.log', log);
    await put('server.log.gz', gzipSync(log));
    expect((await sources()).map(({ events }) => events)).toEqual([3, 0]);
  });

  it('count once what the application wrote to its own file and the server printed too', async () => {
    const line = (n: number, does: string) =>
      `2026-01-05 10:30:0${n}.123 - ${10 + (n % 2)}-MainThread: ${does} request id[${n}]\n`;
    const both = [1, 2, 3, 4].flatMap((n) => [
      line(n, 'processing'),
      line(n + 1, 'done').replace(`id[${n + 1}]`, `id[${n}]`),
    ]);
    await put('app.log', both.join(''));
    await put('server.log', `[2026-01-05 10:30:00 +0000] [10] [INFO] Booting worker with pid: 10\n${both.join('')}`);
    const found = await sources();
    expect(found.map(({ events, said }) => [events, said.join()])).toEqual([
      [0, 'problem.duplicate'],
      [8, ''],
    ]);
    // Both cut, at different places: what both have is told by one.
    const of = (from: number, to: number) => both.slice(from, to).join('');
    await put('app.log', of(0, 7));
    await put('server.log', of(2, 8));
    expect((await sources()).map(({ events, said, adds }) => [events, said.join(), adds])).toEqual([
      [7, '', true],
      [1, 'problem.shared', true],
    ]);
    await put('server.log', `[2026-01-05 10:30:00 +0000] [10] [INFO] Booting worker with pid: 10\n${both.join('')}`);
    // Another server's, of the same times.
    await put('app.log', both.join('').replaceAll('MainThread', 'Thread-2'));
    expect((await sources()).map(({ events }) => events)).toEqual([8, 8]);
  });

  it('may be no files at all, empty, or gone', async () => {
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    await symlink('.', join(dir, 'loop'));
    await symlink('/dev/zero', join(dir, 'zero'));
    await put('empty.log', '');
    await put('<b>\u0001\n.csv', csv([1]));
    await put('packed.xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]));
    expect((await sources()).map(({ path, kind, said }) => [path, kind, said.join()])).toEqual([
      ['<b>\u0001\n.csv', 'client-samples', ''],
      ['empty.log', 'unrecognised', 'problem.empty'],
      ['packed.xz', 'unrecognised', 'problem.refused'],
      ['pipe', 'unrecognised', 'problem.notAFile'],
    ]);
    const gone = await readRun({ id: 'x', dir, files: [new InputFile(join(dir, 'gone'), 'gone', 0)] });
    expect(gone.readings[0]?.source.problems[0]?.message).toEqual({
      id: 'problem.unreadable',
      args: { reason: 'ENOENT' },
    });
  });

  it('may lie in folders, but not in endless ones', async () => {
    const deep = Array.from({ length: 20 }, (_, n) => `d${n}`).join('/');
    await mkdir(join(dir, deep), { recursive: true });
    await put(`${deep}/a.csv`, csv([1]));
    expect((await sources()).map(({ said }) => said)).toEqual([['problem.notAFile']]);
  });

  it('may be hundreds of snapshots, with the server’s port from where it is told', async () => {
    const look = (n: number) =>
      `State Recv-Q Send-Q Local Address:Port Peer Address:Port\nESTAB 0 0 127.0.0.1:8080 127.0.0.1:${30_000 + n}\n`;
    await Promise.all(Array.from({ length: 300 }, (_, n) => put(`ss-${1767609000 + n}.txt`, look(n))));
    await put('a.csv', csv([1]));
    const found = await sources();
    expect(found.filter(({ kind }) => kind === 'socket-snapshots')).toHaveLength(300);
    expect(found.at(-1)?.variant).toMatchObject({ port: '8080 (URLs of the client samples)', time: 'file name' });
    expect((await sources({ port: 9000 })).at(-1)?.variant.port).toBe('9000 (--port)');
  });

  it('stop growing when a small file unpacks to very much', async () => {
    const member = gzipSync('1551783627191,5,GET,200,OK,T 1-1,text,true,1\n'.repeat(10));
    const zeros = gzipSync(Buffer.alloc(16 << 20, ' '));
    await put('bomb.csv.gz', Buffer.concat([member, ...Array.from({ length: 40 }, () => zeros)]));
    const [bomb] = await sources();
    expect(bomb).toMatchObject({ requests: 10, adds: true });
    expect(bomb?.said).toContain('problem.gzipBomb');
  });
});
