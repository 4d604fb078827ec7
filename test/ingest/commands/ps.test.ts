import { describe, expect, it } from 'vitest';
import { ps } from '../../../src/ingest/commands/ps.js';

const rowsOf = (...lines: readonly string[]) => {
  const reader = ps.open(lines, undefined);
  return lines.map((line) => reader.row(line));
};

describe('rows of ps whose header a filter took away', () => {
  it('are known where threads are listed one by one', () => {
    const line = 'www-data      10       7      14  0   27 01:46 ?        00:00:00 apache2 -DFOREGROUND -f /etc/a.conf';
    expect(ps.recognise([line], undefined)).toBe('likely');
    expect(rowsOf(line)).toEqual([
      {
        kind: 'process',
        process: { pid: 10, ppid: 7, threads: 27, command: 'apache2 -DFOREGROUND -f /etc/a.conf' },
        thread: true,
      },
    ]);
  });

  it('are known where they are not, and the filter itself is left out', () => {
    const rows = rowsOf(
      'root      1234     1  0 10:30 pts/0    00:00:00 python3 app.py',
      'root      1240  1200  0 10:30 pts/0    00:00:00 grep app.py',
    );
    expect(rows).toEqual([
      { kind: 'process', process: { pid: 1234, ppid: 1, command: 'python3 app.py' } },
      { kind: 'ignored' },
    ]);
  });
});
