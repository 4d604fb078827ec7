import type { Notice } from '../../model/events.js';
import { findStampIn } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { listening } from './parts/listening.js';

const QUEUE_FULL = /uWSGI listen queue of socket .{0,200}full !!! \((\d{1,10})\/(\d{1,10})\)/;
/** A queue longer than this is a number that uWSGI read from memory that is not one (Linux' largest backlog is 65,535). */
const MAX_QUEUE = 65_536;
/** Worker, its pid, its cores. */
const SPAWNED = /^spawned uWSGI worker (\d+).{0,20}\(pid: (\d{1,10}), cores: (\d{1,6})\)/;

type Rule = readonly [RegExp, (m: RegExpExecArray) => readonly Notice[]];
const exit = (pid: string | undefined, cause: 'killed' | 'timeout' | 'recycled' | 'stopped'): readonly Notice[] => [
  { kind: 'worker-exit', pid: Number(pid), cause },
];

/** `preforking+threaded`, `async`, `single process`; modes that it does not say more of, such as `no-workers`, tell nothing. */
function unitOfMode(mode: string): readonly Notice[] {
  const unit = mode.includes('threaded')
    ? 'thread'
    : mode.includes('async')
      ? 'coroutine'
      : /preforking|single process/.test(mode)
        ? 'process'
        : undefined;
  return unit === undefined ? [] : [{ kind: 'worker-unit', unit }];
}

const RULES: readonly Rule[] = [
  [/^\*\*\* Starting uWSGI (\S+)/, (m) => [{ kind: 'server', name: 'uWSGI', version: m[1] ?? '' }]],
  [/^\*\*\* Operational MODE: (.*) \*\*\*/, (m) => unitOfMode(m[1]!)],
  [/^uWSGI https? (?:bound|router).{0,10} on (\S+) fd/, (m) => [listening(m[1] ?? '')]],
  [/^uwsgi socket \d+ (?:bound|inherited).{0,20}? (?:TCP|UNIX) address (\S+)/, (m) => [listening(m[1] ?? '')]],
  [
    /^your server socket listen backlog is limited to (\d+) connections/,
    (m) => [{ kind: 'setting', name: 'listen-backlog', value: Number(m[1]) }],
  ],
  [
    SPAWNED,
    (m) => [
      { kind: 'worker-start', pid: Number(m[2]) },
      { kind: 'setting', name: 'threads', value: Number(m[3]) },
    ],
  ],
  [/^Respawned uWSGI worker \d+ \(new pid: (\d+)\)/, (m) => [{ kind: 'worker-start', pid: Number(m[1]) }]],
  [/^DAMN ! worker \d+ \(pid: (\d+)\) died/, (m) => exit(m[1], 'killed')],
  [/^(?:\.\.\.)?[Tt]he work of process (\d+) is done/, (m) => exit(m[1], 'recycled')],
  [/HARAKIRI ON WORKER \d+ \(pid: (\d+)/, (m) => exit(m[1], 'timeout')],
  [/^worker \d+ killed successfully \(pid: (\d+)\)/, (m) => exit(m[1], 'stopped')],
  [/^(?:SIGINT\/SIG|goodbye to uWSGI)/, () => [{ kind: 'server-stop' }]],
];

const BANNER =
  /^(?:\[uWSGI\] |\*\*\* |!!! |compiled with version|os: |nodename: |machine: |clock source|pcre jit|detected |current working directory|chdir|uWSGI |your |lock engine|thunder lock|Python |python threads|mapped \d|WSGI app |spawned uWSGI|gateway |set(?:uid|gid)|initialized |Set PythonHome|dropping |building mime-types|VACUUM|worker \d+ buried|\.\.\.|adding |mounting |spooler|lazy|uwsgi socket|binary reload|gracefully (?:\(RE\))?spawned|Brutally killing|stopping gevent|main gevent|closing all non-uwsgi|found fd \d|running \/|\[DANGER\] async queue is full|error removing|- async cores|Gracefully|unable to find "application")/;

/** What uWSGI says of itself: settings, workers, a full listen queue. */
export const uwsgiServer = {
  id: 'uwsgi-server',
  specimens: [
    '*** Starting uWSGI 2.0.21-debian (64bit) on [Mon Jan  5 14:52:00 2026] ***',
    'uWSGI http bound on 127.0.0.1:8080 fd 4',
    'uwsgi socket 0 bound to TCP address 127.0.0.1:36215 (port auto-assigned) fd 3',
    'your server socket listen backlog is limited to 100 connections',
    'spawned uWSGI worker 1 (pid: 633, cores: 10)',
    'spawned uWSGI worker 1 (and the only) (pid: 633, cores: 2)',
    'DAMN ! worker 1 (pid: 633) died, killed by signal 9 :( trying respawn ...',
    'Respawned uWSGI worker 1 (new pid: 701)',
    '...The work of process 633 is done. Seeya!',
    'Mon Jan  5 14:53:02 2026 - *** uWSGI listen queue of socket "127.0.0.1:40447" (fd: 3) full !!! (101/100) ***',
    '*** Operational MODE: threaded ***',
    'found fd 3 mapped to socket 0 (127.0.0.1:8080)',
    'running /usr/bin/uwsgi-core',
    'Mon Jan  5 14:53:02 2026 - [DANGER] async queue is full !!!',
  ],
  match(line) {
    const message = withoutStamp(line);
    const code = message.text.charCodeAt(0);
    if (!STARTS.has(code) || line.length > 2000) return undefined;
    const full = message.text.includes('full !!!') ? QUEUE_FULL.exec(message.text) : null;
    if (full) return { kind: 'notice', ...message.stamp, notice: queueFull(Number(full[1]), Number(full[2])) };
    for (const [pattern, notices] of RULES) {
      const m = pattern.exec(message.text);
      if (!m) continue;
      const [notice, ...more] = notices(m);
      if (notice) return { kind: 'notice', ...message.stamp, notice, ...(more.length > 0 ? { notices: more } : {}) };
    }
    return BANNER.test(message.text) ? { kind: 'understood' } : undefined;
  },
} satisfies LogPattern;

/** First letters of all messages above. */
const STARTS: ReadonlySet<number> = new Set(
  [...'[*!condmpuUwltyPWsgSivVabeGB.DRTfr-'].map((letter) => letter.charCodeAt(0)),
);

function queueFull(queued: number, limit: number): Notice {
  if (limit > MAX_QUEUE) return { kind: 'queue-full' };
  return queued > MAX_QUEUE ? { kind: 'queue-full', limit } : { kind: 'queue-full', queued, limit };
}

/** uWSGI may write `ctime - ` before its messages (`--log-date`, and always before warnings). */
function withoutStamp(line: string): { text: string; stamp: Pick<LogRecord, 'stamp'> } {
  const dash = line.indexOf(' - ');
  if (dash !== 24) return { text: line, stamp: {} };
  const found = findStampIn(line, 0, 1);
  return found && found.end === 24
    ? { text: line.slice(27), stamp: { stamp: found.stamp } }
    : { text: line, stamp: {} };
}
