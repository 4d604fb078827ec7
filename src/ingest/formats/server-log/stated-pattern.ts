import { RE2JS } from 're2js';
import type { StatedLogPattern } from '../../../model/run-file.js';
import type { Problem } from '../../../model/source.js';
import { say } from '../../../words/ids.js';
import type { LogMatcher, LogRecord } from '../../logs/log-pattern.js';
import { keyedWho } from '../../logs/parts/keyed-who.js';
import { parseStamp } from '../../text/timestamps.js';

const UNIT_MS = { s: 1000, ms: 1, us: 0.001, ns: 1e-6 } as const;
const GROUPS = ['time', 'pid', 'thread', 'id', 'event', 'duration', 'status'] as const;
const BEGIN = /^(?:begin|start|processing|received|>|enter)/i;
/** Lines longer than this are not tried. */
const MAX_LINE = 65_536;

/** A pattern of run.yaml, compiled. */
export interface StatedMatcher extends LogMatcher {
  readonly id: string;
}

/**
 * Compiles the log patterns of run.yaml with a linear-time engine: no pattern can backtrack without end. It refuses look-around and
 * back-references; that is told with the reason.
 */
export function compileStated(list: readonly StatedLogPattern[]): {
  matchers: readonly StatedMatcher[];
  problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const matchers = list.flatMap((stated, i) => {
    try {
      return [matcherOf(stated, i)];
    } catch (error) {
      problems.push({
        message: say('logs.patternRefused', {
          pattern: stated.pattern.slice(0, 100),
          reason: (error as Error).message,
        }),
      });
      return [];
    }
  });
  return { matchers, problems };
}

function matcherOf(stated: StatedLogPattern, index: number): StatedMatcher {
  const compiled = RE2JS.compile(stated.pattern);
  const named = GROUPS.filter((name) => stated.pattern.includes(`<${name}>`));
  if (!named.includes('time')) throw new Error('it has no group named "time"');
  return {
    id: `run.yaml-${index + 1}`,
    match(line) {
      if (line.length > MAX_LINE) return undefined;
      const matcher = compiled.matcher(line);
      if (!matcher.find()) return undefined;
      const found: Partial<Record<(typeof GROUPS)[number], string>> = {};
      for (const name of named) {
        const text = matcher.group(name);
        if (text) found[name] = text;
      }
      return recordOf(found, stated);
    },
  };
}

function recordOf(found: Partial<Record<(typeof GROUPS)[number], string>>, stated: StatedLogPattern): LogRecord {
  const stamp = found.time === undefined ? undefined : parseStamp(found.time.trim());
  const duration =
    found.duration === undefined ? Number.NaN : Number(found.duration) * UNIT_MS[stated.durationUnit ?? 's'];
  const spans = Number.isFinite(duration) && duration >= 0;
  const says = found.event === undefined ? stated.event : BEGIN.test(found.event) ? 'begin' : 'end';
  const status = Number(found.status);
  const decimals = found.duration?.split('.')[1]?.length ?? 0;
  // A group for the worker bears the name of a thread, whatever the worker is.
  const { threadCalled: _, ...who } = keyedWho((name) =>
    name === 'pid' ? found.pid : name === 'thread' ? found.thread : undefined,
  );
  return {
    kind: spans ? 'span' : (says ?? 'end'),
    ...(stamp ? { stamp } : {}),
    ...(spans
      ? { durationMs: duration, durationResolutionMs: UNIT_MS[stated.durationUnit ?? 's'] / 10 ** decimals }
      : {}),
    ...who,
    ...(found.id === undefined ? {} : { id: found.id }),
    ...(status >= 100 && status <= 999 ? { status } : {}),
  };
}
