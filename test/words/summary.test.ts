import { describe, expect, it } from 'vitest';
import { summaryOf } from '../../src/analyse/summary.js';
import type { Bound, Findings, OverloadOutcome, ReusePattern, Where, WorkerUnit } from '../../src/model/finding.js';
import { english } from '../../src/words/en.js';
import { say } from '../../src/words/ids.js';

interface Told {
  readonly max?: readonly [Bound, number?];
  readonly waiting?: readonly [Bound, number, Where];
  readonly workers?: readonly [ReusePattern, WorkerUnit?, number?, number?];
  readonly overload?: readonly [OverloadOutcome, number?];
}

/** The summary of findings of which only what the sentence says is filled in. */
function summary({ max = ['unknown'], waiting, workers = ['unknown'], overload = ['unknown'] }: Told): string {
  const common = {
    confidence: 'high' as const,
    statement: say('note.port', { port: 1, from: '' }),
    evidence: [],
    methods: [],
    caveats: [],
    recordNext: [],
  };
  const [pattern, unit, n, recycledAfter] = workers;
  const findings: Findings = {
    maxConcurrency: { ...common, bound: max[0], ...(max[1] === undefined ? {} : { value: max[1] }) },
    backlog: waiting
      ? { ...common, bound: waiting[0], value: waiting[1], where: waiting[2] }
      : { ...common, bound: 'unknown', where: 'unknown' },
    reuse: {
      ...common,
      bound: 'exact',
      pattern,
      ...(unit ? { unit } : {}),
      ...(n === undefined ? {} : { workers: n }),
      ...(recycledAfter === undefined ? {} : { recycledAfter }),
    },
    overload: {
      ...common,
      bound: 'exact',
      outcome: overload[0],
      ...(overload[1] === undefined ? {} : { requests: overload[1] }),
    },
    causes: [],
  };
  return english(summaryOf(findings));
}

describe('the run in one sentence', () => {
  it.each<[Told, string]>([
    [
      {
        max: ['exact', 10],
        workers: ['reused', 'thread', 10],
        waiting: ['at-least', 140, 'server'],
        overload: ['queued'],
      },
      'Serves exactly 10 requests at once, on 10 threads that are used again; at least 140 more wait inside the server and none is turned away.',
    ],
    [
      {
        max: ['exact', 251],
        workers: ['per-request', 'thread', 300],
        waiting: ['exact', 129, 'kernel'],
        overload: ['connect-timeout', 39],
      },
      "Serves exactly 251 requests at once, each on a new thread; exactly 129 more wait in the kernel's accept queue, and 39 could not connect in time.",
    ],
    [
      {
        max: ['at-least', 1000],
        workers: ['event-loop', 'coroutine', 1],
        waiting: ['at-least', 0, 'none'],
        overload: ['none-observed'],
      },
      'Serves at least 1,000 requests at once with no limit seen, on one event loop; nobody was seen waiting, and the load never went beyond that.',
    ],
    [
      {
        max: ['exact', 1],
        workers: ['single', 'process', 1],
        waiting: ['at-least', 1, 'kernel'],
        overload: ['outage', 30],
      },
      "Serves one request at a time, on a single process; at least 1 more waits in the kernel's accept queue, then the server died.",
    ],
    [
      {
        max: ['exact', 3],
        workers: ['recycled', 'process', 9, 4],
        waiting: ['exact', 41, 'both'],
        overload: ['http-503', 1],
      },
      "Serves exactly 3 requests at once, on processes that are replaced after 4 requests; exactly 41 more wait in the kernel's accept queue and inside the server, and 1 was turned away with HTTP 503.",
    ],
    [
      { max: ['estimate', 12], waiting: ['estimate', 30, 'unknown'], overload: ['read-timeout', 7] },
      'Serves about 12 requests at once; about 30 more wait, and 7 got no answer in time.',
    ],
    [{ overload: ['refused', 12] }, "Can't tell how many requests it serves at once; 12 were refused."],
    [
      { workers: ['inconclusive', 'process', 8] },
      "Can't tell how many requests it serves at once, but serves them on processes whose reuse had no chance to show.",
    ],
    [{}, "Can't tell how many requests it serves at once."],
  ])('%j', (told, sentence) => {
    expect(summary(told)).toBe(sentence);
  });

  it('is one clean sentence whatever is known', () => {
    const bounds: Bound[] = ['exact', 'at-least', 'estimate', 'unknown'];
    const patterns: ReusePattern[] = [
      'per-request',
      'reused',
      'recycled',
      'single',
      'event-loop',
      'inconclusive',
      'unknown',
    ];
    const places: Where[] = ['kernel', 'server', 'both', 'none', 'unknown'];
    const outcomes: OverloadOutcome[] = [
      'refused',
      'reset',
      'connect-timeout',
      'read-timeout',
      'http-429',
      'http-503',
      'server-error',
      'queued',
      'none-observed',
      'outage',
      'unknown',
    ];
    for (const bound of bounds)
      for (const pattern of patterns)
        for (const where of places)
          for (const outcome of outcomes)
            for (const n of [1, 2]) {
              const text = summary({
                max: [bound, n],
                workers: [pattern, 'thread', n, n],
                waiting: [bound, where === 'none' ? 0 : n, where],
                overload: [outcome, n],
              });
              expect(text).toMatch(/^[A-Z][^.]*\.$/);
              expect(text).not.toMatch(
                / {2}|undefined|,,|;;|, ,|and and|\b1 (?:more wait|requests|threads)\b|\b2 (?:more waits|was)\b/,
              );
            }
  });
});
