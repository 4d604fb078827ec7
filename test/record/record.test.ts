import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { UserError } from '../../src/errors.js';
import type { Message } from '../../src/model/message.js';
import { listProcesses } from '../../src/record/processes.js';
import { type RecordOptions, type RecordResult, record } from '../../src/record/record.js';
import { isInstalled } from '../../src/record/tools.js';
import { english } from '../../src/words/en.js';

const SERVER = fileURLToPath(new URL('a-server.mjs', import.meta.url));
const LOAD = fileURLToPath(new URL('a-load.mjs', import.meta.url));
const TIME_LINE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/;
const canRecord = (await isInstalled('ss')) && (await isInstalled('ps'));
const hasNetstat = await isInstalled('netstat');

describe.skipIf(!canRecord)('report record', () => {
  let home: string;
  let port: number;
  let progress: string[];
  let abort: AbortController;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'record of runs '));
    port = await freePort();
    progress = [];
    abort = new AbortController();
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const go = (options: Partial<RecordOptions>, onProgress?: (message: Message) => void): Promise<RecordResult> =>
    record(
      { folder: join(home, 'run'), port, command: server(), everyMs: 100, ...options },
      {
        signal: abort.signal,
        onProgress: (message) => {
          progress.push(english(message));
          onProgress?.(message);
        },
      },
    );
  const server = (...ways: string[]) => [process.execPath, SERVER, String(port), ...ways];
  const load = (count: number | 'forever') => `'${process.execPath}' '${LOAD}' {port} {jtl} ${count}`;
  const text = (name: string) => readFile(join(home, 'run', name), 'utf8');
  /** A server that answers once a snapshot shows the connection, however long that takes. */
  const patient = () => server('until', join(home, 'seen'));
  const seen = async (row: RegExp) => {
    while (!row.test(await text('snapshots.txt').catch(() => '')))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await writeFile(join(home, 'seen'), '');
  };
  const failure = (run: Promise<unknown>) =>
    run.then(
      () => 'no error',
      (error) => (error instanceof UserError ? english(error.said) : error),
    );

  it('starts the server, runs the load, and leaves a run folder with everything in it', async () => {
    process.env.SECRET_OF_TEST = 'hunter2';
    const result = await go({ load: load(3), about: { title: 'Three: one by one' } }).finally(
      () => delete process.env.SECRET_OF_TEST,
    );

    expect(result.warnings.map(english)).toEqual([]);
    expect(result.interrupted).toBe(false);
    const files = (await readdir(join(home, 'run'))).sort();
    expect(files.filter((name) => !name.startsWith('counters'))).toEqual([
      'client.jtl',
      'run.yaml',
      'server.log',
      'snapshots.txt',
    ]);
    expect(result.files).toEqual(files.map((name) => join(home, 'run', name)));

    const log = await text('server.log');
    expect(log.match(/processing request id/g)).toHaveLength(3);
    expect(log.match(/done request id/g)).toHaveLength(3);
    expect(log, 'standard error is in it, and the environment came through').toContain(
      'secret in the environment: hunter2',
    );
    expect((await text('client.jtl')).match(/,200,true,/g)).toHaveLength(3);

    const yaml = await text('run.yaml');
    expect(yaml).not.toContain('hunter2');
    const stated = parse(yaml);
    expect(stated).toMatchObject({
      title: 'Three: one by one',
      port,
      recorded: { loadEnded: 'status 0', everyMs: 100 },
    });
    expect(stated.command).toContain('a-server.mjs');
    expect(stated.recorded.snapshots).toBe(result.snapshots);
    expect(stated.recorded.start).toMatch(TIME_LINE);
    expect(Date.parse(stated.recorded.end)).toBeGreaterThan(Date.parse(stated.recorded.start));
    expect(stated.limits.nofile).toBeGreaterThan(0);
    expect(stated.recorded.descriptorsAtStart).toBeGreaterThan(3);
    expect(stated.recorded.versions.node).toBe(process.version);
    expect(await isListening(port), 'the server is gone').toBe(false);
  });

  it('puts time and command before every output', async () => {
    const run = go({ command: patient(), load: load(2) });
    await seen(new RegExp(`ESTAB +\\d+ +\\d+ +127.0.0.1:${port} `));
    const { snapshots } = await run;
    const lines = (await text('snapshots.txt')).split('\n');
    expect(lines[0]).toMatch(TIME_LINE);
    expect(lines.filter((line) => TIME_LINE.test(line))).toHaveLength(snapshots);
    expect(lines.filter((line) => line === '$ ss -tanp')).toHaveLength(snapshots);
    expect(lines.filter((line) => line === '$ ss -lntp')).toHaveLength(snapshots);
    const list = lines.findIndex((line) => line.startsWith('$ ps -o pid,ppid,nlwp,'));
    expect(lines.slice(list, list + 3).join('\n')).toContain('a-server.mjs');
    expect(lines.some((line) => line.startsWith('ESTAB') && line.includes(`127.0.0.1:${port}`))).toBe(true);
  });

  it('says what it saw and what to run next', async () => {
    const run = go({ command: patient(), load: load(2) });
    await seen(new RegExp(`ESTAB +\\d+ +\\d+ +127.0.0.1:${port} `));
    const { summary } = await run;
    const said = summary.map(english);
    expect(said[1]).toMatch(/^At most 1 connection to port \d+ stood at once/);
    expect(said[2]).toBe(`Next: report build '${join(home, 'run')}'`);
    expect(progress.some((line) => line.startsWith('Load started: '))).toBe(true);
    expect(progress).toContain('load: load begins');
  });

  it('compresses snapshots as they are taken, or keeps each in a file of its own', async () => {
    const zipped = await go({ load: load(2), gzip: true });
    const unzipped = gunzipSync(await readFile(join(home, 'run', 'snapshots.txt.gz'))).toString();
    expect(unzipped.split('\n').filter((line) => TIME_LINE.test(line))).toHaveLength(zipped.snapshots);

    const apart = await go({ folder: join(home, 'apart'), load: load(2), separate: true });
    const files = await readdir(join(home, 'apart', 'snapshots'));
    expect(files).toHaveLength(apart.snapshots);
    const first = await readFile(join(home, 'apart', 'snapshots', files[0]!), 'utf8');
    expect(first.split('\n')[0]!.replaceAll(':', '-')).toBe(files[0]!.replace('.txt', ''));
    expect(apart.files).toContain(join(home, 'apart', 'snapshots'));
  });

  it.skipIf(!hasNetstat)('asks netstat where that is wished', async () => {
    const run = go({ command: patient(), load: load(2), sockets: ['netstat'] });
    await seen(new RegExp(` 127.0.0.1:${port} .* ESTABLISHED`));
    const { summary } = await run;
    const snapshots = await text('snapshots.txt');
    expect(snapshots).toContain('$ netstat -ant\nActive Internet connections (servers and established)\n');
    expect(snapshots).not.toContain('$ ss');
    expect(english(summary[1]!)).toMatch(/^At most 1 connection /);
  });

  it('records for a time without a load', async () => {
    const begun = performance.now();
    const { summary, interrupted } = await go({ forMs: 600 });
    expect(performance.now() - begun).toBeGreaterThan(600);
    expect(interrupted).toBe(false);
    expect(english(summary[1]!)).toBe(`No snapshot shows a connection to port ${port}: was there any load?`);
  });

  it('keeps the whole folder when it is interrupted, and stops load and server', async () => {
    const { interrupted } = await go({ load: load('forever') }, ({ id }) => id === 'record.loadSays' && abort.abort());
    expect(interrupted).toBe(true);
    expect(parse(await text('run.yaml')).recorded).toMatchObject({ interrupted: true, loadEnded: 'signal SIGTERM' });
    expect(await text('snapshots.txt')).toContain('$ ss -tanp');
    expect(await isListening(port)).toBe(false);
  });

  it('ends in order when it is interrupted before the server listens', async () => {
    const quiet = [process.execPath, '-e', 'setInterval(() => {}, 1000)'];
    const { interrupted } = await go({ command: quiet }, ({ id }) => id === 'record.started' && abort.abort());
    expect(interrupted).toBe(true);
    expect(parse(await text('run.yaml')).port).toBe(port);
  });

  it('stops a load that takes too long, and says so', async () => {
    const { warnings } = await go({ load: load('forever'), forMs: 500 });
    expect(warnings.map(english).join()).toContain('The load had not ended after 500 ms and was stopped');
  });

  it('stops the whole tree of a server, also what does not heed TERM', async () => {
    await go({ command: server('deaf', 'child'), forMs: 300 });
    const log = await text('server.log');
    expect(log).toContain('TERM ignored');
    const child = Number(/child (\d+)/.exec(log)?.[1]);
    expect(child).toBeGreaterThan(0);
    expect(await isAlive(child)).toBe(false);
    expect(await isListening(port)).toBe(false);
  });

  it('goes on when the server dies under load, and tells when it did', async () => {
    const { warnings } = await go({ command: server('dies'), load: load(3) });
    expect(warnings.map(english).join()).toMatch(/The server ended by itself with status 3 at \d{4}-/);
    expect(await text('client.jtl')).toContain('ECONNREFUSED');
    expect(parse(await text('run.yaml')).recorded.serverEnded).toMatch(TIME_LINE);
  });

  it('tells when the load failed, and when the log stayed empty', async () => {
    const silent = [process.execPath, '-e', `require("http").createServer().listen(${port}, "127.0.0.1")`];
    const { warnings } = await go({ command: silent, load: `'${process.execPath}' -e 'process.exit(7)'` });
    expect(warnings.map(english)).toEqual([
      'The load command ended with status 7.',
      expect.stringMatching(/^server\.log is empty: /),
    ]);
  });

  it('attaches to a server that it did not start, and leaves it alone', async () => {
    const stranger = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => stranger.once('listening', resolve));
    let seen = 0;
    stranger.on('connection', () => seen++);
    await go({ command: [], forMs: 400 });
    expect(stranger.listening).toBe(true);
    expect(seen, 'no traffic of its own').toBe(0);
    expect((await readdir(join(home, 'run'))).includes('server.log')).toBe(false);
    expect(parse(await text('run.yaml')).command).toBeUndefined();
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('says that connections were left open, and leaves them so where the server is not its own', async () => {
    const stranger = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => stranger.once('listening', resolve));
    const client = connect(port, '127.0.0.1');
    await new Promise((resolve) => client.once('connect', resolve));
    const nothing = `'${process.execPath}' -e 0`;
    const { warnings } = await go({ command: [], load: nothing, drainMs: 300 });
    expect(warnings.map(english)).toEqual([
      '1 connection was still open 300 ms after the load had ended; the recording ended all the same.',
    ]);
    expect(client.destroyed).toBe(false);
    client.destroy();
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('warns when there is nothing to attach to', async () => {
    const { warnings } = await go({ command: [], forMs: 200 });
    expect(warnings.map(english)).toEqual([`Nothing listens on port ${port} yet; recording all the same.`]);
    expect(parse(await text('run.yaml')).limits, 'the limits of a server that nobody has seen').not.toHaveProperty(
      'nofile',
    );
  });

  it('overwrites nothing', async () => {
    await mkdir(join(home, 'run'));
    await writeFile(join(home, 'run', 'server.log'), 'precious');
    expect(await failure(go({}))).toContain('the folder exists and is not empty');
    expect(await text('server.log')).toBe('precious');
    expect(await failure(go({ folder: join(home, 'run', 'server.log', 'x') }))).toContain(
      'there is a file of that name',
    );
  });

  it('takes an empty folder', async () => {
    await mkdir(join(home, 'run'));
    await go({ forMs: 100 });
    expect(await text('run.yaml')).toContain('port');
  });

  it('says who holds the port', async () => {
    const stranger = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => stranger.once('listening', resolve));
    expect(await failure(go({}))).toContain(`Port ${port} is taken already`);
    expect(await readdir(home)).toEqual([]);
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('says why a server ended before it listened, and leaves no folder behind', async () => {
    const said = await failure(
      go({ folder: join(home, 'a', 'b'), command: [process.execPath, '-e', 'throw new Error("no such table")'] }),
    );
    expect(said).toContain('The server ended with status 1 before it listened');
    expect(said).toContain('no such table');
    expect(await readdir(home)).not.toContain('b');
  });

  it('refuses what can not work before anything is started', async () => {
    expect(await failure(go({ command: ['no-such-server'] }))).toContain('no-such-server: no program of that name');
    expect(await failure(go({ load: 'no-such-load {jtl}' }))).toContain('no-such-load: no program of that name');
    expect(await failure(go({ load: 'wget -q x > y' }))).toContain('run without a shell, and > in it needs one');
    expect(await failure(go({ port: 70_000 }))).toContain('70000: not a port');
    expect(await readdir(home)).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Whether somebody listens: nobody else may then. */
async function isListening(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(true));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(false)));
  });
}

/** Ended processes whose parent does not care stay in the list, as dead. */
async function isAlive(pid: number): Promise<boolean> {
  return (await listProcesses()).some((row) => row.pid === pid && !row.dead);
}
