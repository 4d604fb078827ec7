import { describe, expect, it } from 'vitest';
import { jsonLog } from '../../../src/ingest/logs/json-log.js';

const LOOP = { kind: 'worker-unit', unit: 'coroutine' };

describe('lines of JSON', () => {
  it("say once that one thread serves all, where they begin with pino's fields", () => {
    const line = (id: number) =>
      `{"level":30,"time":1767609000123,"pid":4711,"hostname":"h","reqId":"${id}","req":{"method":"GET","url":"/?id=${id}"},"msg":"incoming request"}`;
    const { match } = jsonLog.open();
    expect(match(line(1))).toMatchObject({ kind: 'begin', pid: 4711, notices: [LOOP] });
    expect(match(line(2))?.notices).toBeUndefined();
  });

  it("do not say so in bunyan's order, which other languages write as well", () => {
    const { match } = jsonLog.open();
    const line =
      '{"name":"shop","hostname":"h","pid":3309,"level":30,"msg":"start","req_id":"3afa","url":"/?id=8","time":"2026-01-05T10:30:00.351Z","v":0}';
    expect(match(line)).toMatchObject({ kind: 'begin', pid: 3309 });
    expect(match(line)?.notices).toBeUndefined();
  });

  it("are access lines where gunicorn's atoms stand in them", () => {
    const { match } = jsonLog.open();
    const line =
      '{"time":"[05/Jan/2026:10:30:00 +0000]","pid":"<13>","method":"GET","path":"/","query":"id=1","status":"200","duration_us":1303718}';
    expect(match(line)).toMatchObject({
      kind: 'span',
      stampIs: 'end',
      stamp: { ms: Date.UTC(2026, 0, 5, 10, 30), offsetMinutes: 0 },
      pid: 13,
      target: '/?id=1',
      status: 200,
      durationMs: 1303.718,
    });
  });
});
