import { describe, expect, it } from 'vitest';
import { curlProbes } from '../../../src/ingest/formats/curl-probes.js';
import { recognise } from '../../../src/ingest/recognise.js';
import { OUTCOMES } from '../../../src/model/samples.js';
import { readWith } from '../../support/context.js';

async function probes(...lines: string[]) {
  const { samples, source } = await readWith(curlProbes, `${lines.join('\n')}\n`);
  expect(source.used + source.ignored + source.skipped).toBe(source.lines);
  return {
    source,
    samples: samples!,
    outcomes: Array.from(samples!.outcome, (code) => OUTCOMES[code]),
    ids: [...samples!.id],
  };
}
const ask = (...lines: string[]) => recognise({ name: 'x', text: lines.join('\n'), lines, complete: true });

describe('probes by curl', () => {
  it('tell how each ended, with id and port of the command line', async () => {
    const { outcomes, ids, samples, source } = await probes(
      "$ curl 'http://127.0.0.1:8080/?id=251'",
      'done',
      '$ curl http://127.0.0.1:8080/?id=252',
      'curl: (56) Recv failure: Connection reset by peer',
      '$ curl localhost:8080/?id=253',
      'curl: (7) Failed to connect to localhost port 8080 after 75003 ms: Operation timed out',
    );
    expect(outcomes).toEqual(['succeeded', 'reset', 'connect-timeout']);
    expect(ids).toEqual([251, 252, 253]);
    expect([...samples.elapsed]).toEqual([Number.NaN, Number.NaN, 75003]);
    expect([...samples.ports.keys()]).toEqual([8080]);
    expect(source.counts).toMatchObject({ samples: 3, failed: 2 });
  });

  it('tell their end by curl’s messages alone', async () => {
    const { outcomes } = await probes(
      'curl: (7) Failed to connect to 127.0.0.1 port 8080: Connection refused',
      "curl: (7) Failed to connect to localhost port 8080 after 0 ms: Couldn't connect to server",
      'curl: (28) Connection timed out after 5001 milliseconds',
      'curl: (28) Failed to connect to h port 80 after 3000 ms: Timeout was reached',
      'curl: (28) Operation timed out after 5000 milliseconds with 0 bytes received',
      'curl: (52) Empty reply from server',
      'curl: (55) Send failure: Broken pipe',
      'curl: (22) The requested URL returned error: 503',
      'curl: (6) Could not resolve host: nowhere',
    );
    expect(outcomes).toEqual([
      'refused',
      'refused',
      'connect-timeout',
      'connect-timeout',
      'read-timeout',
      'reset',
      'reset',
      'http-503',
      'other',
    ]);
  });

  it('have times from a line before, from the command’s line, or from the message’s', async () => {
    const at = (s: number) => Date.UTC(2026, 0, 5, 10, 30, s);
    const { samples } = await probes(
      '2026-01-05T10:30:01Z',
      'curl -sS http://h:8080/?id=1',
      'curl: (52) Empty reply from server',
      '[2026-01-05T10:30:02Z] curl -sS http://h:8080/?id=2',
      'curl: (52) Empty reply from server',
      '2026-01-05T10:30:10Z id=3 curl: (28) Operation timed out after 4000 milliseconds with 0 bytes received',
    );
    expect([...samples.start]).toEqual([at(1), at(2), at(6)]);
    expect([...samples.id]).toEqual([1, 2, 3]);
  });

  it('have the timings that -w printed, by name or by the form on the command line', async () => {
    const { samples, outcomes } = await probes(
      `curl -s -o /dev/null -w '%{http_code} %{time_connect} %{time_total}\\n' http://h:8080/?id=1`,
      '200 0.002 10.25',
      `curl -s -o /dev/null -w "code=%{http_code};t=%{time_total}" http://h:8080/?id=2`,
      'code=429;t=0.5',
      'curl http://h:8080/?id=3',
      'time_connect:  0.004',
      'time_starttransfer: 1.5',
      'time_total: 2.0s',
    );
    expect([...samples.elapsed]).toEqual([10250, 500, 2000]);
    expect(Array.from(samples.connect, (ms) => Math.round(ms))).toEqual([2, Number.NaN, 4]);
    expect(outcomes).toEqual(['succeeded', 'http-429', 'succeeded']);
  });

  it('have the status of verbose output, redirections followed', async () => {
    const { samples, ids } = await probes(
      '$ curl -v http://h:8080/?id=9',
      '*   Trying 127.0.0.1:8080...',
      '> GET /?id=9 HTTP/1.1',
      '< HTTP/1.1 302 FOUND',
      '< Location: /x',
      '< HTTP/1.1 200 OK',
      'real\t0m10.021s',
    );
    expect([samples.count, samples.status[0], samples.elapsed[0], ids[0]]).toEqual([1, 200, 10021, 9]);
  });

  it('do not say whose failure it is where several ran at once', async () => {
    const { ids, source } = await probes(
      'curl http://h/?id=1 &',
      'curl http://h/?id=2 &',
      'curl: (56) Recv failure: Connection reset by peer',
      'curl: (56) Recv failure: Connection reset by peer',
    );
    expect(ids).toEqual([Number.NaN, Number.NaN]);
    expect(source.problems[0]?.message).toEqual({ id: 'client.probesUnanswered', args: { n: 2 } });
  });

  it('are known among other files', () => {
    expect(ask('curl: (56) Recv failure: Connection reset by peer').format?.id).toBe('curl-probes');
    expect(ask('$ curl http://h/?id=1', 'time_total: 1.5').format?.id).toBe('curl-probes');
    expect(ask('To try it: curl http://localhost:8080/').format).toBeUndefined();
    const flask = '127.0.0.1 - - [05/Jan/2026 11:38:48] "GET /?id=1 HTTP/1.1" 200 -';
    expect(ask(flask, flask, flask).format?.id).toBe('server-log');
  });
});

describe('times that -w printed without names', () => {
  it('are the total if one, and the longest of several', async () => {
    const { samples } = await probes(
      '2026-01-05T10:00:00.433+0000 curl http://127.0.0.1:8080/?id=1',
      '200 0.000315 2.003732',
      '2026-01-05T10:00:01.694+0000 curl http://127.0.0.1:8080/?id=2',
      '0.0002 0.0011 2.5 200',
      '2026-01-05T10:00:02.694+0000 curl http://127.0.0.1:8080/?id=3',
      '200 1.25',
    );
    expect([...samples.elapsed].map(Math.round)).toEqual([2004, 2500, 1250]);
  });
});
