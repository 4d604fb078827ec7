import { describe, expect, it } from 'vitest';
import type { Counts } from '../../../src/model/source.js';
import { corpusFound, corpusList, corpusPath, readAny } from '../../support/corpus.js';

interface LogCounts {
  readonly lines: number;
  readonly families: Readonly<Record<string, number>>;
  readonly status: Readonly<Record<string, number>>;
}

/** Lines by family; those that are requests, and the patterns here that take them. */
const FAMILIES: Readonly<Record<string, { readonly requests: boolean; readonly patterns: readonly string[] }>> = {
  clf: { requests: true, patterns: ['common-log', 'werkzeug-access'] },
  'hypercorn-access': { requests: true, patterns: ['common-log'] },
  'uvicorn-access': { requests: true, patterns: ['uvicorn-access'] },
  'php-fpm-access': { requests: true, patterns: ['php-fpm-access'] },
  'morgan-dev': { requests: true, patterns: ['morgan'] },
  'openstack-wsgi': { requests: true, patterns: ['eventlet'] },
  'haproxy-http': { requests: true, patterns: ['haproxy'] },
  'w3c-row': { requests: true, patterns: [] },
  'w3c-directive': { requests: false, patterns: ['w3c'] },
  json: { requests: false, patterns: ['json-log'] },
  'gunicorn-error': { requests: false, patterns: ['gunicorn-server'] },
  'spring-boot': { requests: false, patterns: ['spring-boot', 'jvm-server'] },
  'apache-error': { requests: false, patterns: ['apache-error'] },
  'uwsgi-queue-full': { requests: false, patterns: [] },
  'go-accept-error': { requests: false, patterns: ['go-server'] },
};

/** Requests that this program counts otherwise, and why. */
const REQUESTS: Record<string, number> = {
  // Objects with a status are requests; the collection counts lines.
  'matomo-org__matomo-log-analytics__caddy_json.log': 3,
  'matomo-org__matomo-log-analytics__nginx_json.log': 2,
  'matomo-org__matomo-log-analytics__traefik_json.log': 1,
  'tstack__lnav__logfile_caddy_log.0': 4,
  'tstack__lnav__logfile_caddy_log.1': 4,
  // Access lines without a time, in a syslog that has it.
  'tstack__lnav__logfile_syslog_with_access_log.0': 2,
};
/** Files that are no log of a server, or one line of a kind that says nothing: not read. */
const NOT_READ = new Set([
  'matomo-org__matomo-log-analytics__s3.log',
  'tstack__lnav__logfile_ansi.0',
  'tstack__lnav__logfile_ansi.1',
  'tstack__lnav__logfile_cxx.0',
  'tstack__lnav__logfile_glog.0',
]);

const files = corpusFound ? Object.entries(corpusList<Record<string, LogCounts>>('server-log-counts.json')) : [];

describe.skipIf(!corpusFound)('logs from the wild (skipped where the collection is not beside the project)', () => {
  it.each(files)('%s', async (name, { families, lines, status }) => {
    const { format, reading } = await readAny(corpusPath('server-logs', name));
    if (NOT_READ.has(name)) {
      expect(reading?.events).toBeUndefined();
      return;
    }
    expect(format).toBe('server-log');
    const { source, events, notices } = reading!;
    expect(source.used + source.ignored + source.skipped).toBe(source.lines);
    // wc counts line ends: a last line without one is not in its count
    expect(Math.abs(source.lines - lines)).toBeLessThanOrEqual(1);
    const byPattern = source.counts.byPattern as Counts;
    let requests = 0;
    for (const [family, count] of Object.entries(families)) {
      const { requests: are, patterns } = FAMILIES[family]!;
      if (are) requests += count;
      const taken = patterns.reduce((n, id) => n + ((byPattern[id] as number | undefined) ?? 0), 0);
      if (patterns.length > 0) expect([family, taken]).toEqual([family, taken < count ? count : taken]);
    }
    expect(source.counts.ends).toBe(REQUESTS[name] ?? requests);
    const full = (notices ?? []).filter(({ notice }) => notice.kind === 'queue-full').length;
    expect(full).toBe(families['uwsgi-queue-full'] ?? 0);
    const seen: Record<string, number> = {};
    for (const code of events?.status ?? []) {
      const key = code === 0 ? '-' : String(code);
      seen[key] = (seen[key] ?? 0) + 1;
    }
    if (Object.keys(status).length > 0) expect(seen).toEqual(status);
  });
});
