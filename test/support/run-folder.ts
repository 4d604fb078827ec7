import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** First request of the run that `poolRun` simulates: 2026-03-01 09:00:00 UTC. */
const START_MS = Date.UTC(2026, 2, 1, 9);
const SERVICE_MS = 1_000;
const SPACING_MS = 50;
/** The server writes local time of this zone: an awkward one on purpose. */
const ZONE_MINUTES = 330;
const CONNECT_MS = 2;

export interface PoolRun {
  readonly requests?: number;
  readonly workers?: number;
  /** Requests beyond this many waiting are refused with 503. */
  readonly queue?: number;
}

/** Files of one run of a server with a fixed pool of threads: what JMeter, the server and `ss` would have written. */
export function poolRun({ requests = 40, workers = 4, queue = 1_000 }: PoolRun = {}): Record<string, string> {
  const free = new Array<number>(workers).fill(0);
  const rows: [end: number, row: string][] = [];
  const log: [at: number, line: string][] = [];
  for (let id = 1; id <= requests; id++) {
    const sent = (id - 1) * SPACING_MS;
    const worker = free.indexOf(Math.min(...free));
    const begin = Math.max(sent + CONNECT_MS, free[worker]!);
    const waiting = Math.round((begin - sent) / SERVICE_MS) * workers;
    const served = waiting <= queue;
    const end = served ? begin + SERVICE_MS : sent + CONNECT_MS;
    if (served) {
      free[worker] = end;
      log.push([begin, `${local(begin)} - worker-${worker + 1}: #${id} processing request id[${id}], sleeping...`]);
      log.push([end, `${local(end)} - worker-${worker + 1}: done request id[${id}]`]);
    }
    rows.push([end + 1, jtlRow(id, sent, end + 1 - sent, served)]);
  }
  const inOrder = (list: [number, string][]) => list.sort((a, b) => a[0] - b[0]).map(([, text]) => text);
  return {
    'client.jtl': `${JTL_HEADER}\n${inOrder(rows).join('\n')}\n`,
    'server.log': `${inOrder(log).join('\n')}\n`,
    'run.yaml': `title: A pool of ${workers}\nserver: threads\nport: 8080\n`,
  };
}

const JTL_HEADER =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect';

function jtlRow(id: number, sent: number, elapsed: number, ok: boolean): string {
  const [code, message] = ok ? ['200', 'OK'] : ['503', 'Service Unavailable'];
  return `${START_MS + sent},${elapsed},GET,${code},${message},Threads 1-${id},text,${ok},,150,120,1,1,http://10.0.0.7:8080/?id=${id}&token=s3cret,${elapsed},0,${CONNECT_MS}`;
}

function local(ms: number): string {
  return new Date(START_MS + ms + ZONE_MINUTES * 60_000).toISOString().replace('T', ' ').replace('Z', '000');
}

/** Writes files, paths relative to `dir`. */
export async function writeFiles(dir: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
  return dir;
}

/** Hands a folder of its own to `use`, and removes it afterwards. */
export async function inFolder<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'report-'));
  try {
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
