import type { Reading } from '../../model/reading.js';
import type { Counts, SourceKind, Variant } from '../../model/source.js';
import type { InputFile } from '../text/input-file.js';
import { Ledger } from '../text/ledger.js';
import type { Format, Head, Recognition, RunContext } from './format.js';
import { Collector } from './snapshots/collector.js';
import { nameStamp } from './snapshots/marks.js';
import { Sections } from './snapshots/sections.js';
import { type Survey, survey } from './snapshots/survey.js';

/**
 * Files of snapshots: the output of `ss`, `netstat`, `lsof`, `ps`, `nstat` and others (the registry of commands knows
 * which), once or again and again, with or without lines between that tell the time or echo the command. One reader for three
 * kinds of source; a file is of the kind that it shows first in this order: sockets, processes, counters.
 */

/** With a header of a known command, this share of the lines has to be understood; a damaged file keeps most of them. */
const CERTAIN_SHARE = 0.5;
/** With a header, less will do to try it; without one, more is asked for. */
const LIKELY_SHARE = 0.2;
const HEADLESS_SHARE = 0.6;
/** Rows without a header, each of them known, with a time before each look: nothing else is written like this. */
const EVERY_LINE = 0.95;
const MANY_TIMES = 3;
/** Names of files that hold one number and no count of connections. */
const OTHER_NUMBER = /pid|port|limit|nofile|nproc|somaxconn|version|seed|exit|status|\brc\b|size|uptime|memory|\bcpu/i;

export const socketSnapshots: Format = {
  id: 'socket-snapshots',
  kind: 'socket-snapshots',
  recognise: (head) => recognise(head, 'socket-snapshots'),
  read: (file, context) => read(file, context, 'socket-snapshots'),
};

export const processSnapshots: Format = {
  id: 'process-snapshots',
  kind: 'process-snapshots',
  recognise: (head) => recognise(head, 'process-snapshots'),
  read: (file, context) => read(file, context, 'process-snapshots'),
};

export const kernelCounters: Format = {
  id: 'kernel-counters',
  kind: 'kernel-counters',
  recognise: (head) => recognise(head, 'kernel-counters'),
  read: (file, context) => read(file, context, 'kernel-counters'),
};

/** For the registry of formats. */
export const formats: readonly Format[] = [socketSnapshots, processSnapshots, kernelCounters];

function recognise(head: Head, kind: SourceKind): Recognition {
  const found = survey(head);
  const certainty = certaintyOf(found, head);
  if (certainty === 'no') {
    const refused = kind === 'socket-snapshots' && found.certain.size === 0 ? found.refusedAs : undefined;
    return refused === undefined ? { certainty: 'no' } : { certainty: 'refused', as: refused };
  }
  if (kindOf(found) !== kind) return { certainty: 'no' };
  return certainty === 'certain' && found.understood >= EVERY_LINE ? { certainty, alone: true } : { certainty };
}

function certaintyOf(found: Survey, head: Head): 'certain' | 'likely' | 'no' {
  if (found.certain.size > 0) {
    // Another command's rows beside them may be more, but no log has a time and a header for each look.
    const looks = found.times >= MANY_TIMES && found.understood >= LIKELY_SHARE;
    if (found.understood >= CERTAIN_SHARE || looks) return 'certain';
    return found.understood >= LIKELY_SHARE ? 'likely' : 'no';
  }
  if (found.likely.size === 0 || found.understood < HEADLESS_SHARE) return 'no';
  if (found.understood >= EVERY_LINE && found.times >= MANY_TIMES && !found.likely.has('totals')) return 'certain';
  const numbersOnly = found.likely.size === 1 && found.likely.has('totals');
  return numbersOnly && found.times === 0 && found.totals < 3 && OTHER_NUMBER.test(head.name) ? 'no' : 'likely';
}

function kindOf({ certain, likely }: Survey): SourceKind {
  const seen = (...shows: ('sockets' | 'listeners' | 'totals' | 'processes' | 'counters')[]) =>
    shows.some((one) => certain.has(one) || likely.has(one));
  if (seen('sockets', 'listeners', 'totals')) return 'socket-snapshots';
  return seen('processes') ? 'process-snapshots' : 'kernel-counters';
}

async function read(file: InputFile, context: RunContext, kind: SourceKind): Promise<Reading> {
  const ledger = new Ledger();
  const collector = new Collector(file.index, ledger, context.ports, nameStamp(file.name));
  const sections = new Sections(collector);
  let visited = 0;
  await file.eachLine((line, number) => {
    visited = number;
    sections.push(line, number);
  });
  sections.end();
  collector.finish();
  // Where reading stopped early (a gzip bomb) the lines of the last block were counted and never seen.
  if (file.lines > visited) ledger.ignore(file.lines - visited);
  const { sockets, processes, counters, from, to } = collector;
  return {
    source: {
      path: file.path,
      sha256: file.sha256,
      kind,
      format: kind,
      variant: variantOf(collector, context),
      lines: file.lines,
      used: ledger.used,
      ignored: ledger.ignored,
      skipped: ledger.skipped,
      records: sockets.length + processes.length + counters.length,
      counts: countsOf(collector, kind),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      problems: ledger.problems,
      problemCount: ledger.problemCount,
    },
    ...(sockets.length > 0 ? { sockets } : {}),
    ...(processes.length > 0 ? { processes } : {}),
    ...(counters.length > 0 ? { counters } : {}),
  };
}

function variantOf(collector: Collector, { ports, portsFrom }: RunContext): Variant {
  const isSockets = collector.sockets.some(({ shows }) => shows.connections || shows.listeners);
  return {
    commands: [...collector.commands].join(', '),
    time: collector.timedBy === 'line' ? 'lines' : collector.timedBy === 'file-name' ? 'file name' : 'none',
    ...(collector.zones.size > 0 ? { zone: [...collector.zones].sort().join(', ') } : {}),
    ...(isSockets
      ? { port: portsFrom ? `${[...ports].join(', ')} (${PORTS_FROM[portsFrom]})` : 'by the listeners' }
      : {}),
  };
}

const PORTS_FROM = {
  option: '--port',
  'run-file': 'run.yaml',
  'client-samples': 'URLs of the client samples',
} as const;

/** As the contract has them for sockets; process lists and counters are added where a file has them. */
function countsOf({ sockets, processes, counters, states }: Collector, kind: SourceKind): Counts {
  const last = counters.at(-1)?.counters;
  return {
    ...(kind === 'socket-snapshots' ? { snapshots: sockets.length, states } : {}),
    ...(processes.length > 0
      ? { processLists: processes.length, processes: processes.reduce((n, one) => n + one.processes.length, 0) }
      : {}),
    ...(last === undefined ? {} : { counterLists: counters.length, counters: queueCounters(last) }),
  };
}

/** The counters that tell of a full listen queue, as the file's last list has them. */
function queueCounters(counters: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const names = ['ListenOverflows', 'ListenDrops', 'TCPReqQFullDrop', 'TCPReqQFullDoCookies'];
  return Object.fromEntries(names.flatMap((name) => (counters[name] === undefined ? [] : [[name, counters[name]]])));
}
