import { describe, expect, it } from 'vitest';
import { listeningLine } from '../../../src/ingest/logs/listening-line.js';

describe('a server of one’s own says where it listens', () => {
  it.each([
    ['Listening on 8080', 8080],
    ['Server is running on port 3000', 3000],
    ['Server running at http://127.0.0.1:3000/', 3000],
    ['2026-01-05T10:15:30.125Z INFO app: listening on [::]:8080', 8080],
    ['Listening on :8080...', 8080],
  ])('%s', (line, port) => {
    expect(listeningLine.match(line)).toMatchObject({ kind: 'notice', notice: { kind: 'listening', port } });
  });

  it.each([
    'Server started at 12:30',
    'listening on the street',
    'Server started on 2026-01-05 10:15:30',
    'Application started at 10.5 s',
    'Listening on 0',
    'request 8080 started on worker 3',
  ])('not: %s', (line) => {
    expect(listeningLine.match(line)).toBeUndefined();
  });
});
