import type { Outcome } from '../../../src/model/samples.js';
import { clientTime } from './clock.js';
import type { Setup } from './setup.js';
import type { SimRequest, World } from './world.js';

export const PORT = 8080;

/** As JMeter writes what became of a request: code, message. */
const ENDINGS: Readonly<Record<Outcome, readonly [string, string]>> = {
  succeeded: ['200', 'OK'],
  refused: [
    'Non HTTP response code: org.apache.http.conn.HttpHostConnectException',
    'Non HTTP response message: Connect to localhost:8080 [localhost/127.0.0.1] failed: Connection refused (Connection refused)',
  ],
  reset: ['Non HTTP response code: java.net.SocketException', 'Non HTTP response message: Connection reset'],
  'connect-timeout': [
    'Non HTTP response code: org.apache.http.conn.ConnectTimeoutException',
    'Non HTTP response message: Connect to localhost:8080 [localhost/127.0.0.1] failed: connect timed out',
  ],
  'read-timeout': [
    'Non HTTP response code: java.net.SocketTimeoutException',
    'Non HTTP response message: Read timed out',
  ],
  'http-429': ['429', 'Too Many Requests'],
  'http-503': ['503', 'Service Unavailable'],
  'server-error': ['500', 'INTERNAL SERVER ERROR'],
  other: ['404', 'NOT FOUND'],
  abandoned: ['Non HTTP response code: java.net.SocketException', 'Non HTTP response message: Socket closed'],
};

/** The client's samples in order of completion, as JMeter's CSV or XML. */
export function jtlOf(setup: Setup, { requests }: World): string {
  const done = requests.filter(({ overAt }) => !Number.isNaN(overAt)).sort((a, b) => a.overAt - b.overAt);
  const endStamped = setup.recording.endStamped && orderTells(done);
  const samples = done.map((request) => sampleOf(setup, request, endStamped));
  if (setup.recording.jtl === 'xml') return xmlOf(samples, setup.load.stopAt !== undefined);
  return csvOf(samples, setup.recording.jtl === 'csv-old');
}

interface Sample {
  readonly stamp: number;
  readonly elapsed: number;
  readonly latency: number;
  readonly connect: number;
  readonly code: string;
  readonly message: string;
  readonly thread: string;
  readonly ok: boolean;
  readonly url: string;
}

function sampleOf({ clock, load }: Setup, request: SimRequest, endStamped: boolean): Sample {
  const start = Math.floor(clientTime(clock, request.stampedAt));
  const end = Math.floor(clientTime(clock, request.overAt));
  const elapsed = end - start;
  const [code, message] = ENDINGS[request.outcome];
  const ok = request.outcome === 'succeeded';
  const each = load.keepAlive > 0 ? Math.ceil(load.requests / load.keepAlive) : 1;
  return {
    stamp: endStamped ? end : start,
    elapsed,
    latency: ok || request.outcome.startsWith('http') ? elapsed : 0,
    connect: connectOf(request, start, clock.startsAt, elapsed),
    code,
    message,
    thread: `Thread Group 1-${Math.floor((request.id - 1) / each) + 1}`,
    ok,
    url: `http://localhost:${PORT}/?id=${request.id}`,
  };
}

function csvOf(samples: readonly Sample[], old: boolean): string {
  const header = old
    ? 'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,bytes,URL,Latency'
    : 'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect';
  const rows = samples.map(({ stamp, elapsed, code, message, thread, ok, url, latency, connect }, k) => {
    const common = [stamp, elapsed, 'sleep', code, message, thread, 'text', ok];
    return (
      old ? [...common, 180, url, latency] : [...common, '', 180, 130, k % 7, k % 9, url, latency, 0, connect]
    ).join(',');
  });
  return `${[header, ...rows].join('\n')}\n`;
}

/** A test that was stopped leaves its root element open. */
function xmlOf(samples: readonly Sample[], open: boolean): string {
  const rows = samples.map(
    ({ stamp, elapsed, code, message, thread, ok, url, latency, connect }) =>
      `<httpSample t="${elapsed}" it="0" lt="${latency}" ct="${connect}" ts="${stamp}" s="${ok}" lb="sleep" rc="${code}" rm="${message}" tn="${thread}" dt="text" by="180" sby="130" ng="1" na="1">\n  <java.net.URL>${url}</java.net.URL>\n</httpSample>`,
  );
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">';
  return `${[head, ...rows, ...(open ? [] : ['</testResults>'])].join('\n')}\n`;
}

/** Read as starts, stamps of ends would give ends that run backwards: without that nobody can tell them apart. */
const orderTells = (done: readonly SimRequest[]): boolean =>
  done.filter((request, k) => {
    const before = done[k - 1];
    return before && 2 * (request.overAt - before.overAt) < request.stampedAt - before.stampedAt - 5;
  }).length > 2;

/** JMeter's connect time; a connect that failed counts to its end, a kept connection 0. */
function connectOf(request: SimRequest, start: number, startsAt: number, elapsed: number): number {
  if (request.reused) return 0;
  if (Number.isNaN(request.clientConnectedAt)) return request.outcome === 'connect-timeout' ? elapsed : 0;
  return Math.max(0, Math.floor(startsAt + request.clientConnectedAt) - start);
}
