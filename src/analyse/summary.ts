import type { Findings } from '../model/finding.js';
import type { Message } from '../model/message.js';
import { say } from '../words/ids.js';

/** The run in one sentence; how sure each part is stands in its words. */
export function summaryOf({ maxConcurrency, backlog, reuse, overload }: Findings): Message {
  return say('summary.served', {
    max: maxOf(maxConcurrency),
    workers:
      reuse.pattern === 'unknown'
        ? undefined
        : say('summary.workers', {
            pattern: reuse.pattern,
            unit: reuse.unit,
            workers: reuse.workers,
            recycledAfter: reuse.recycledAfter,
          }),
    waiting:
      backlog.value === undefined
        ? undefined
        : say('summary.waiting', { n: backlog.value, where: backlog.where, bound: backlog.bound }),
    overload:
      overload.outcome === 'unknown'
        ? undefined
        : say('summary.overload', { outcome: overload.outcome, requests: overload.requests }),
  });
}

function maxOf({ bound, value, statement }: Findings['maxConcurrency']): Message {
  if (value === undefined || bound === 'unknown') return say('summary.max.unknown', { why: statement });
  if (bound === 'exact') return say('summary.max.exact', { n: value });
  return bound === 'at-least' ? say('summary.max.atLeast', { n: value }) : say('summary.max.estimate', { n: value });
}
