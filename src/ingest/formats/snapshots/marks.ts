import type { Stamp } from '../../../model/time.js';
import { findStamp, parseStamp } from '../../text/timestamps.js';

/** What a line between two sections says: a time, the command line that comes next, or both. */
export interface Mark {
  readonly stamp?: Stamp;
  /** The command line, as far as it can be told from decoration. */
  readonly typed?: string;
}

const COMMAND = /^(?:sudo\s+(?:-\w+\s+)*)?(?:\/\S{1,80}\/)?(\w[\w.-]{0,40})/;
const OURS =
  /^(?:ss|netstat|lsof|ps|nstat|sockstat|cat|watch|wc|grep|awk|ip|for|while|docker|kubectl|ssh|date|echo|sysctl|uptime)$/;
const READ_HERE = /\b(?:ss|netstat|lsof|ps|nstat|sockstat|net\/tcp6?|net\/netstat|net\/snmp|wc)\b/;
/** `$ ss -tan`, `# netstat -ant`, `+ ps -ef`, `==> ss.txt <==`, `--- netstat ---`, `=== … ===`, `[netstat]`. */
const DECORATION = /^(?:[$%>]|#{1,6}|\+{1,6}|={2,80}>?|-{2,80}>?|\*{2,80}|~{2,80}|<{2,8}|\[)\s*/;
const DECORATION_END = /\s*(?:[#*~\]]{1,80}|={2,80}|-{2,80}|<={1,8}|<-{1,8}|>{2,8}|:)$/;
const PROMPT =
  /^(?:\[?[\w.-]{1,60}@[^\s$#%>]{1,80}(?: [^\s$#%>]{1,80})?\]?\s?[$#%>]|(?:PS )?[A-Z]:\\[^>]{0,120}>)\s*(\S.*)$/;
/** `Every 1.0s: netstat -ant      host: Fri Feb 10 10:30:16 2023`; the first word is translated. */
const WATCH = /^\S{1,20}(?: \S{1,20})?\s\d{1,5}[.,]\d{1,3}\s?\S{1,2}:\s+(\S.*)$/;
const TIME_LABEL =
  /^(?:local ?)?(?:time(?:stamp)?|date|snapshot|sample|taken|at|@|recorded|when)\b[\s\w#]{0,20}?[\s:=@]+/i;
const SEPARATOR = /^[^\p{L}\p{N}]{2,200}$/u;
/** Lines longer than this are rows of something. */
const LONGEST_MARK = 400;

/** Reads a line that stands between sections; `undefined` for a row. */
export function markOf(line: string): Mark | undefined {
  // A command may name hundreds of processes: `$ ps -o pid,ppid,args -p 18784,19062,…`.
  if (line.length > LONGEST_MARK && !line.startsWith('$ ')) return undefined;
  const text = line.slice(0, LONGEST_MARK).trim();
  const prompt = PROMPT.exec(text);
  if (prompt) return { typed: prompt[1] as string };
  const watch = WATCH.exec(text);
  if (watch) return watchMark(watch[1] as string);
  const core = undecorated(text);
  const stamp = wholeStamp(core);
  if (stamp) return { stamp };
  if (core === text) return undefined;
  return stampedLabel(core) ?? typedLine(text, core);
}

/** A line of decoration only, or a remark of the command that it can't see everything. */
export function isNoise(line: string): boolean {
  return SEPARATOR.test(line) || NOISE.test(line);
}
const NOISE =
  /^\s*(?:\(Not all processes could be identified|will not be shown, you would have to be root|\(No info could be read for "-p"|\(Tous les processus ne peuvent|\(Es konnten nicht alle Prozesse|nicht-eigene Prozesse|ne sont pas affichées|you would have to be root)/;

/** A stamp that the line begins with, and what follows it: `2023-02-10 10:30:16 251`, or the output of `… | ts`. */
export function prefixStamp(line: string): { readonly stamp: Stamp; readonly rest: string } | undefined {
  const epoch = /^\[?(1\d{9}(?:[.,]\d{1,9})?|1\d{12})\]?[\s,;:|]+(\S.*)$/.exec(line);
  if (epoch) return { stamp: epochStamp(epoch[1] as string) as Stamp, rest: epoch[2] as string };
  const found = findStamp(line.slice(0, LONGEST_MARK));
  if (!found || found.start > 1) return undefined;
  const rest = line.slice(found.end).replace(/^[\])]?[\s,;:|-]+/, '');
  return rest === '' ? undefined : { stamp: found.stamp, rest };
}

/** Whether a command line is of a command whose output is read here. */
export function isReadHere(typed: string): boolean {
  return READ_HERE.test(typed);
}

function undecorated(text: string): string {
  let core = text;
  for (let i = 0; i < 3; i++) core = core.replace(DECORATION, '');
  if (core === text) return text;
  for (let i = 0; i < 3; i++) core = core.replace(DECORATION_END, '');
  return core.trim();
}

function wholeStamp(core: string): Stamp | undefined {
  const plain = core.replace(TIME_LABEL, '').trim();
  return epochStamp(plain) ?? parseStamp(plain) ?? (plain === core ? undefined : parseStamp(core));
}

/** `2026-11-23T20:10:46Z netstat`, `netstat 2026-11-23 20:10:46`: a stamp at either end of a decorated line. */
function stampedLabel(core: string): Mark | undefined {
  const found = findStamp(core);
  if (!found) return undefined;
  const before = core.slice(0, found.start).trim();
  const after = core.slice(found.end).trim();
  if (before !== '' && after !== '') return undefined;
  const label = `${before}${after}`.replace(/^[\s:,;|@-]+|[\s:,;|@(-]+$/g, '');
  return { stamp: found.stamp, ...(COMMAND.test(label) && isReadHere(label) ? { typed: label } : {}) };
}

/** After `$`, `+` and `==>` anything is a command line (or a file's name); after other decoration a known command only. */
function typedLine(text: string, core: string): Mark | undefined {
  const first = COMMAND.exec(core)?.[1] ?? '';
  if (core !== '' && (/^(?:[$+]|==>)/.test(text) || OURS.test(first))) return { typed: core };
  return undefined;
}

function watchMark(rest: string): Mark {
  const found = findStamp(rest);
  const typed = (found ? rest.slice(0, found.start) : rest).replace(/\s+\S{1,80}:\s*$/, '').trim();
  const tail = found?.stamp ?? parseStamp(/:\s+(\S.*)$/.exec(rest.slice(-80))?.[1] ?? '');
  return { typed, ...(tail ? { stamp: tail } : {}) };
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, by their length; years 2001 to 2033. */
function epochStamp(text: string): Stamp | undefined {
  const m = /^(1\d{9})(?:[.,](\d{1,9})|(\d{3}|\d{6}|\d{9}))?$/.exec(text);
  if (!m) return undefined;
  const digits = m[2] ?? m[3] ?? '';
  const ms = Number(m[1]) * 1000 + (digits === '' ? 0 : Number(`0.${digits}`) * 1000);
  return { ms, zoned: true, resolutionMs: 1000 / 10 ** digits.length };
}

const NAME_DATE =
  /(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)[T_\-. ]{0,3}([01]\d|2[0-3])([-_:.h]?)([0-5]\d)(?:\6|[m.])?([0-5]\d)?(?:[.,_-](\d{3}))?(Z|[+-]\d{4})?(?!\d)/;
const NAME_EPOCH = /(?<!\d)(1\d{9}|1\d{12})(?!\d)/;

/** The time in a file's name: `netstat-20230210-103016.txt`, `ss.2023-02-10T10:30:16Z`, `snap_1676024400.txt`. */
export function nameStamp(name: string): Stamp | undefined {
  const epoch = NAME_EPOCH.exec(name);
  const m = NAME_DATE.exec(name);
  if (!m) return epoch ? epochStamp(epoch[1] as string) : undefined;
  const [, year, , month, day, hour, , minute, second = '0', milli = '0', zone] = m;
  const ms = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(milli),
  );
  const date = new Date(ms);
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  const offset =
    zone === undefined || zone === 'Z'
      ? 0
      : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3)));
  return {
    ms: ms - offset * 60_000,
    zoned: zone !== undefined,
    ...(zone === undefined ? {} : { offsetMinutes: offset }),
    resolutionMs: m[9] !== undefined ? 1 : m[8] !== undefined ? 1000 : 60_000,
  };
}
