import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { joinCommand, splitCommand } from '../../src/record/split-command.js';

/** What `sh` makes of it, without its patterns being expanded. */
function asShellDoes(line: string): readonly string[] {
  const script = `set -f; for word in ${line}; do printf '%s\\n' "[$word]"; done`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' })
    .split(']\n')
    .slice(0, -1)
    .map((word) => word.slice(1));
}

const LINES = [
  'jmeter -n -t plan.jmx -l {jtl}',
  'jmeter  -Jhost=127.0.0.1\t-Jport={port} ',
  `wrk -d 30s 'http://127.0.0.1:{port}/?id=1&x=2'`,
  `say "two words" 'it'"'"'s' one\\ word`,
  `a""b '' "" x''`,
  `"a\\"b" "a\\\\b" "a\\xb" 'a\\"b' a\\'b`,
  `"5 \\$ and \\\`" '$HOME' \\$HOME "a$" 5$`,
  'find . -name *.jmx -o -name ?[ab]',
  '--header="Accept: text/html; q=0.9"',
  `'line\nbreak'`,
];

describe('splitCommand', () => {
  it.skipIf(process.platform === 'win32').each(LINES)('splits %j as sh does', (line) => {
    expect(splitCommand(line)).toEqual(asShellDoes(line));
  });

  it('takes apart what joinCommand has put together', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
        expect(splitCommand(joinCommand(words))).toEqual(words);
      }),
    );
  });

  it('refuses what only a shell can do', () => {
    for (const line of [
      'a | b',
      'a > b',
      'a && b',
      'a; b',
      'a $HOME',
      'a "$(b)"',
      'a `b`',
      'a "`b`"',
      '(a)',
      'a\nb',
      'a "$@"',
    ]) {
      expect(() => splitCommand(line), line).toThrow(UserError);
    }
  });

  it('refuses open quotes and empty commands', () => {
    for (const line of [`a 'b`, 'a "b', 'a "b\\"', '', '  ']) expect(() => splitCommand(line), line).toThrow(UserError);
  });
});
