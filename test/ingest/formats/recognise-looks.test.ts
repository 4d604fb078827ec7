import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/ingest/recognise.js';

const head = (lines: readonly string[]) => ({ name: 'looks.txt', lines, text: lines.join('\n'), complete: true });
const repeated = (...lines: string[]) => Array.from({ length: 5 }, () => lines).flat();

describe('looks without a header, a line with the time before each', () => {
  it('are process lists where ps went through grep', () => {
    const lines = repeated(
      'Tue Nov 24 15:12:13 UTC 2026',
      'root     16949 16795  3 15:12 ?        00:00:00 /usr/bin/uwsgi --http-socket 127.0.0.1:8080 --processes 4',
      'root     16950 16949  0 15:12 ?        00:00:00 /usr/bin/uwsgi --http-socket 127.0.0.1:8080 --processes 4',
    );
    expect(recognise(head(lines)).format?.id).toBe('process-snapshots');
  });

  it('are totals where netstat went through wc', () => {
    expect(recognise(head(repeated('2026-11-24T14:58:13.694+00:00', '52'))).format?.id).toBe('socket-snapshots');
  });
});

it('looks stay looks where rows of a program that nobody knows are more, even such as look like a log', () => {
  const other = Array.from({ length: 8 }, (_, i) => `10:30:0${i}.123 GET /x?id=${i} 200 1201.000 ms`);
  const lines = repeated(
    'Tue Nov 24 15:12:13 UTC 2026',
    'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess',
    'LISTEN 0      511        127.0.0.1:8080      0.0.0.0:*    users:(("httpd",pid=45,fd=3))',
    'ESTAB  0      0          127.0.0.1:8080      127.0.0.1:38640 users:(("httpd",pid=45,fd=9))',
    ...other,
  );
  expect(recognise(head(lines)).format?.id).toBe('socket-snapshots');
});

it('a log that no pattern knows stays a log', () => {
  const lines = Array.from({ length: 9 }, (_, i) => `24.11.2026 15:12:1${i}.123 | 7095 | order ${i} is on the stove`);
  expect(recognise(head(lines)).format?.id).toBe('server-log');
});
