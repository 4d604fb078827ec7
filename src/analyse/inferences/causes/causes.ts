import type { Cause, Findings } from '../../../model/finding.js';
import type { Timeline } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import type { Facts, Inference } from '../inference.js';
import { LIMIT_RULES, type LimitRule } from './rules.js';
import { flagged, type Settings, statedSettings } from './settings.js';

/** Descriptors that a server has open before its first request, at most; more is no longer a coincidence worth naming. */
const MOST_OPEN_AT_START = 32;
/** Descriptors that a request may cost. */
const MOST_PER_REQUEST = 4;
/** A stated number of threads fits if the count is that or one or two less: limits are off by some. */
const OFF_BY = 2;

/** Known limits that fit the numbers that were seen. */
export const causes = {
  id: 'causes',
  infer: (facts) => unique([...fromMaxConcurrency(facts), ...fromBacklog(facts), ...fromExceptions(facts)]),
  failed: () => [],
} satisfies Inference<'causes'>;

const ruleOf = (id: string): LimitRule => LIMIT_RULES.find((rule) => rule.id === id)!;

function fromMaxConcurrency({ view, found }: Facts): readonly Cause[] {
  const max = found.maxConcurrency;
  if (max?.value === undefined || max.bound === 'at-least' || max.bound === 'unknown') return [];
  const n = max.value;
  return [...statedWorkers(view.timeline, n, found), ...descriptors(view.timeline, n), ...defaultsOf('workers', n)];
}

/** Workers and threads that run.yaml or the server's start-up lines state. */
function statedWorkers(timeline: Timeline, n: number, found: Partial<Findings>): readonly Cause[] {
  const atOnce = flagged(timeline.runFile, 'requests-at-once');
  const settings: readonly Settings[] = [...statedSettings(timeline), { by: 'run.yaml', threads: atOnce }];
  return settings.flatMap(({ by, processes, threads }) => {
    const value = (processes ?? 1) * (threads ?? 1);
    if ((processes === undefined && threads === undefined) || value < n || value - n > Math.min(OFF_BY, n - 1))
      return [];
    const setting =
      processes !== undefined && threads !== undefined && processes > 1
        ? 'processes × threads'
        : processes !== undefined && (threads ?? 1) === 1
          ? 'processes'
          : 'threads';
    const surely = found.maxConcurrency?.bound === 'exact' && value === n;
    return [
      {
        limit: 'workers',
        value,
        explains: 'maxConcurrency' as const,
        because: say('cause.stated', { setting, value, by, explains: 'maxConcurrency' }),
        confidence: surely ? ('high' as const) : ('medium' as const),
      },
    ];
  });
}

/** Descriptors: the limit less those open at start, by what one request costs. */
function descriptors({ runFile }: Timeline, n: number): readonly Cause[] {
  const stated = runFile.limits?.nofile;
  const open = Number((runFile.recorded as { descriptorsAtStart?: unknown } | undefined)?.descriptorsAtStart);
  const { defaults } = ruleOf('nofile');
  const candidates = stated === undefined ? defaults.map(({ value }) => value) : [stated];
  for (const value of candidates) {
    for (let each = 1; each <= MOST_PER_REQUEST; each++) {
      const less = value - n * each;
      const fits = Number.isFinite(open)
        ? less >= open && less < open + each
        : less >= 3 && less <= (stated === undefined ? 8 : MOST_OPEN_AT_START) && each === 1;
      if (!fits) continue;
      const because =
        stated === undefined
          ? say('cause.coincidence', { setting: 'ulimit -n', value, result: n, explains: 'maxConcurrency' })
          : say('cause.statedLess', {
              setting: 'ulimit -n',
              value,
              less,
              of: 'descriptors',
              result: n,
              explains: 'maxConcurrency',
            });
      const confidence = stated === undefined ? 'low' : Number.isFinite(open) ? 'high' : 'medium';
      return [{ limit: 'nofile', value, explains: 'maxConcurrency', because, confidence }];
    }
  }
  return [];
}

function defaultsOf(id: string, n: number): readonly Cause[] {
  const { defaults, explains, plus = 0 } = ruleOf(id);
  return defaults.flatMap(({ value, of }) =>
    value + plus === n || (plus > 0 && value === n)
      ? [
          {
            limit: id,
            value,
            explains,
            because: say('cause.coincidence', { setting: of, value, result: n, explains }),
            confidence: 'low' as const,
          },
        ]
      : [],
  );
}

function fromBacklog({ view, found }: Facts): readonly Cause[] {
  const backlog = found.backlog;
  const n = backlog?.kernel ?? backlog?.value;
  if (backlog?.bound !== 'exact' || n === undefined || n === 0) return [];
  const { runFile, notices } = view.timeline;
  const seen = view.looks.find(({ limit, queued }) => limit !== undefined && (queued?.value ?? 0) >= n - 1)?.limit;
  const setting = notices.flatMap(({ notice }) =>
    notice.kind === 'setting' && notice.name === 'listen-backlog' ? [notice.value] : [],
  )[0];
  const limit = seen ?? runFile.limits?.listenBacklog ?? setting ?? flagged(runFile, 'listen-backlog');
  if (limit !== undefined && n - limit >= 0 && n - limit <= OFF_BY) {
    return [
      {
        limit: 'listen-backlog',
        value: limit,
        explains: 'backlog',
        because: say('cause.backlogPlusOne', { setting: 'listen backlog', value: limit, result: n, stated: true }),
        confidence: 'high',
      },
    ];
  }
  return defaultsOf('listen-backlog', n);
}

/** The log names the resource that ran out. */
function fromExceptions({ view, found }: Facts): readonly Cause[] {
  if (found.overload?.outcome !== 'server-error') return [];
  for (const { notice } of view.timeline.notices) {
    if (notice.kind !== 'exception' || notice.resource === undefined) continue;
    const { limits } = view.timeline.runFile;
    const id = notice.resource === 'descriptors' ? 'nofile' : notice.resource === 'memory' ? 'memory' : 'nproc';
    const value = id === 'nofile' ? limits?.nofile : limits?.nproc;
    return [
      {
        limit: id,
        value: value ?? found.maxConcurrency?.value ?? 0,
        explains: 'overload',
        because: say('cause.exhausted', { resource: notice.resource }),
        confidence: 'high',
      },
    ];
  }
  return [];
}

/** The surest explanation of each number by each limit. */
function unique(list: readonly Cause[]): readonly Cause[] {
  const rank = { high: 0, medium: 1, low: 2 };
  const sorted = list
    .map((cause, i) => ({ cause, i }))
    .sort((a, b) => rank[a.cause.confidence] - rank[b.cause.confidence] || a.i - b.i);
  const seen = new Set<string>();
  const kept: Cause[] = [];
  for (const { cause } of sorted) {
    const key = `${cause.limit} ${cause.explains} ${cause.value}`;
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(cause);
  }
  // A coincidence adds nothing where a stated setting explains the number.
  return kept.filter(
    (one) =>
      one.confidence !== 'low' || !kept.some((other) => other.explains === one.explains && other.confidence === 'high'),
  );
}
