import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/ingest/commands/index.js';
import { probeLine } from '../../../src/ingest/formats/curl/probe-lines.js';
import { markOf, prefixStamp } from '../../../src/ingest/formats/snapshots/marks.js';
import { logPatterns } from '../../../src/ingest/logs/index.js';
import { unwrap } from '../../../src/ingest/logs/parts/wrappers.js';
import { findStamp } from '../../../src/ingest/text/timestamps.js';

/** An expression that goes back over such a line again and again would need minutes for it. */
const LENGTH = 100_000;
const PIECES = [
  'a',
  ' ',
  '"',
  '[',
  '] "',
  '1',
  '1.',
  '-',
  '/',
  ': ',
  'a=1 ',
  'a.b.',
  '" 200 ',
  ' | ',
  '2026-01-05 10:30:16 ',
  'GET / ',
  '(',
  ':::',
];

const lines = PIECES.map((piece) => piece.repeat(LENGTH / piece.length));
const behind = (start: string) => lines.map((line) => start + line);

describe('lines made to take long', () => {
  it.each(logPatterns.map((pattern) => [pattern.id, pattern] as const))('pass %s', (_, pattern) => {
    const matcher = pattern.open?.() ?? pattern;
    const [first = ''] = pattern.specimens;
    for (const start of ['', first.slice(0, 24), first.slice(0, first.length >> 1), first]) {
      for (const line of behind(start)) matcher.match(line);
    }
    expect(matcher.match('')).toBeUndefined();
  });

  it.each(commands.map((command) => [command.id, command] as const))('pass %s', (_, command) => {
    for (const line of lines) {
      expect(command.recognise([line, line])).not.toBe('certain');
      const [specimen = ''] = command.specimens;
      const reader = command.open(specimen.split('\n'));
      for (const row of specimen.split('\n')) reader.row(row);
      reader.row(line);
    }
  });

  it('pass wrappers, marks, probes and stamps', () => {
    for (const line of [
      ...lines,
      ...behind('Jan  5 11:38:48 host x[1]: '),
      ...behind('$ curl -w "'),
      ...behind('curl: (7) '),
    ]) {
      for (const read of [unwrap, markOf, prefixStamp, probeLine, findStamp]) read(line);
    }
    expect(findStamp(lines[0]!)).toBeUndefined();
  });
});
